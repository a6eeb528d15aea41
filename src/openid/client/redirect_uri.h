// Where a browser may be sent with an answer: what can be registered, and when a requested address
// is the registered one. Compared as text, never normalised: two spellings of one address are two
// addresses. Pure functions, safe from any thread.
#pragma once

#include <string_view>

#include "core/result.h"
#include "openid/types.h"

namespace openid {

inline constexpr std::size_t kUriBytesMax = 512;

/// Checks an address before it is registered: https (http for this machine alone), or an app's own
/// scheme with a dot in it when `native`.
/// Errors: kInvalidInput "relying_party.uri" with a fragment, user name, dot segment, wildcard,
///         upper case in scheme or host, another scheme, or over kUriBytesMax.
[[nodiscard]] core::Status check_registered_uri(std::string_view uri, bool native);

/// The host of a registered web address; empty for an app's own scheme.
[[nodiscard]] std::string_view host_of(std::string_view uri);

/// True if `asked` is one of the registered ones. A native app's loopback address registered
/// without a port stands for every port (RFC 8252, section 7.3).
[[nodiscard]] bool is_registered_uri(const RelyingParty& party, const Texts& registered,
                                     std::string_view asked);

}  // namespace openid
