// MD5, for protocols that leave no choice (the digest of SIP trunks). It protects nothing by
// itself: never use it for anything of ours. Pure function, safe from any thread.
#pragma once

#include <array>
#include <cstdint>

#include "core/bytes.h"

namespace crypto {

using Md5Digest = std::array<std::uint8_t, 16>;

/// RFC 1321.
[[nodiscard]] Md5Digest md5(core::ByteView bytes);

}  // namespace crypto
