// How a person proved to be an account's owner: methods by the names of RFC 8176, and the
// authenticator assurance level of NIST SP 800-63B they make together. Value types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace identity {

/// RFC 8176 names. A sign-in vouched for by an identity provider has none of its own: what happened
/// there is not ours to claim.
enum class Amr : std::uint8_t {
  kPwd,   ///< password
  kSms,   ///< code by SMS to the account's number
  kTel,   ///< code by a telephone call to it
  kOtp,   ///< one-time code: authenticator app, or a recovery code, for which there is no name
  kHwk,   ///< passkey that cannot leave its device
  kSwk,   ///< passkey that its maker may copy between devices (backup eligible)
  kUser,  ///< the device saw somebody touch it
  kMfa,   ///< the device also checked who: a passkey with user verification
};
inline constexpr std::size_t kAmrCount = 8;
[[nodiscard]] std::string_view name_of(Amr method);

enum class Aal : std::uint8_t { kOne = 1, kTwo = 2 };

/// The methods of one session.
class AmrSet {
 public:
  constexpr AmrSet() = default;
  constexpr AmrSet(std::initializer_list<Amr> methods) {
    for (const auto method : methods) add(method);
  }
  /// From a database column; words that are no method are passed over.
  [[nodiscard]] static AmrSet from_text(std::string_view text);
  /// From bits(); unknown bits are passed over.
  [[nodiscard]] static constexpr AmrSet from_bits(std::uint8_t bits) {
    AmrSet set;
    set.bits_ = bits;
    return set;
  }

  constexpr void add(Amr method) {
    bits_ = static_cast<std::uint8_t>(bits_ | (1U << static_cast<unsigned>(method)));
  }
  constexpr void add(AmrSet other) { bits_ = static_cast<std::uint8_t>(bits_ | other.bits_); }
  [[nodiscard]] constexpr bool has(Amr method) const {
    return (bits_ & (1U << static_cast<unsigned>(method))) != 0;
  }
  [[nodiscard]] constexpr std::uint8_t bits() const { return bits_; }
  [[nodiscard]] std::vector<std::string_view> names() const;
  /// "pwd otp"
  [[nodiscard]] std::string to_text() const;
  /// Two when a passkey checked its holder, or a password came with a code or a key. A code by
  /// phone never makes two: numbers are taken over, so it stands for one factor only.
  [[nodiscard]] constexpr Aal aal() const {
    const bool holds = has(Amr::kOtp) || has(Amr::kHwk) || has(Amr::kSwk);
    return has(Amr::kMfa) || (has(Amr::kPwd) && holds) ? Aal::kTwo : Aal::kOne;
  }

  friend constexpr bool operator==(AmrSet, AmrSet) = default;

 private:
  std::uint8_t bits_ = 0;
};

}  // namespace identity
