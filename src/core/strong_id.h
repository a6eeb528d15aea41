// StrongId<Tag>: a 16-byte UUIDv7 that cannot be mixed up with the id of another kind.
// Time-ordered, so it clusters in an index, and ordered also within a millisecond when it is made
// with the same Rng; it is not a secret. Value type.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/rng.h"

namespace core {

using UuidBytes = std::array<std::uint8_t, 16>;

/// A new UUIDv7: 48 bits of milliseconds, a counter of 12 bits that starts at a random number in
/// its lower half, 62 random bits (RFC 9562, sections 5.7 and 6.2). Of two of one millisecond the
/// later one is greater, up to 2048 of them and as far as `rng` is the same.
[[nodiscard]] UuidBytes make_uuid_v7(Instant now, Rng& rng);
/// "018f3c2e-...": 36 characters, lower case.
[[nodiscard]] std::string uuid_to_string(const UuidBytes& bytes);
/// Errors: kInvalidInput "id.malformed" other form than 8-4-4-4-12 hexadecimal digits.
[[nodiscard]] Result<UuidBytes> uuid_from_string(std::string_view text);

template <typename Tag>
class StrongId {
 public:
  StrongId() = default;
  explicit StrongId(const UuidBytes& bytes) : bytes_(bytes) {}

  [[nodiscard]] static StrongId make(Instant now, Rng& rng) {
    return StrongId(make_uuid_v7(now, rng));
  }
  /// Errors: kInvalidInput "id.malformed".
  [[nodiscard]] static Result<StrongId> parse(std::string_view text) {
    TRY(const auto bytes, uuid_from_string(text));
    return StrongId(bytes);
  }
  /// From a database column. Errors: kInternal "id.length" not 16 bytes.
  [[nodiscard]] static Result<StrongId> from_bytes(ByteView bytes) {
    if (bytes.size() != 16) return fail(ErrorCode::kInternal, "id.length");
    UuidBytes copy{};
    for (std::size_t i = 0; i < copy.size(); ++i) copy[i] = bytes[i];
    return StrongId(copy);
  }

  [[nodiscard]] ByteView bytes() const { return bytes_; }
  [[nodiscard]] std::string to_string() const { return uuid_to_string(bytes_); }

  friend auto operator<=>(const StrongId&, const StrongId&) = default;

 private:
  UuidBytes bytes_{};
};

/// The person: the one id every room shares.
using CitizenId = StrongId<struct CitizenIdTag>;

}  // namespace core
