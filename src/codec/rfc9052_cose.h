// Constants of COSE (RFC 9052) and its algorithms (RFC 9053) that Beresta uses, under the names the
// standards give them. For cose.cpp and for whoever writes vectors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace codec::cose {

/// Common header parameters. Source: RFC 9052, section 3.1.
inline constexpr std::int64_t kHeaderAlg = 1;
inline constexpr std::int64_t kHeaderKid = 4;

/// ECDSA with SHA-256. Source: RFC 9053, section 2.1.
inline constexpr std::int64_t kAlgEs256 = -7;

/// Context of the Sig_structure of COSE_Sign1. Source: RFC 9052, section 4.4.
inline constexpr std::string_view kContextSignature1 = "Signature1";

/// r and s of P-256, 32 bytes each. Source: RFC 9053, section 2.1.
inline constexpr std::size_t kEs256SignatureBytes = 64;

/// Our own bound on a key identifier.
inline constexpr std::size_t kKidBytesMax = 64;

}  // namespace codec::cose
