// DeviceMarks: how a browser is recognised as one that was signed in to an account before. The mark
// is a signed cookie; it opens nothing, it only gives the browser budgets of its own, which
// strangers who know a number cannot spend. Nothing is stored. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/instant.h"
#include "core/rng.h"
#include "core/strong_id.h"
#include "crypto/key256.h"

namespace identity {

class DeviceMarks {
 public:
  /// A family's shared computer knows this many accounts; the one used longest ago is forgotten.
  static constexpr std::size_t kAccountsMax = 5;
  static constexpr std::chrono::hours kLife{24 * 180};
  /// Longest text looked at: every account's entry in base64url.
  static constexpr std::size_t kTextBytesMax = 160;

  DeviceMarks(crypto::Key256 key, core::Rng& rng) : key_(std::move(key)), rng_(rng) {}

  /// The mark a browser carries after signing in. What `mark` already knew is kept, unless it is
  /// not one of ours.
  [[nodiscard]] std::string renew(std::string_view mark, const core::CitizenId& id,
                                  core::Instant now) const;
  /// The browser's own id if the mark was given for this account and has not expired. Takes the
  /// same time for every account.
  [[nodiscard]] std::optional<core::Bytes> recognise(std::string_view mark,
                                                     const core::CitizenId& id,
                                                     core::Instant now) const;

 private:
  crypto::Key256 key_;
  core::Rng& rng_;
};

}  // namespace identity
