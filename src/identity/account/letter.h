// Letter: what is to be mailed to a person, before it has words. Decided in a transaction and put
// into the outbox sealed; app/ words it and hands it to the mail server. Value type.
#pragma once

#include <string>
#include <string_view>

#include "core/instant.h"
#include "core/result.h"
#include "core/rng.h"
#include "core/secret.h"
#include "store/unit_of_work.h"
#include "vault/vault.h"

namespace identity {

/// The outbox kind of letters.
inline constexpr std::string_view kLetterKind = "mail.letter";

/// The outbox kind of the same by SMS, to a number that is not the account's primary one (any
/// more).
inline constexpr std::string_view kFormerNumberKind = "account.former_number";

struct Letter {
  core::Secret<std::string> to;
  std::string topic;                 ///< "email_code", "email_changed", "email_removed", ...
  std::string language;              ///< "ru" or "en"
  core::Secret<std::string> detail;  ///< the topic's one value: a code, a masked address, a day
};

/// A letter made ready to be enqueued: encrypting is done before a transaction opens.
struct SealedLetter {
  std::string id;  ///< the deduplication key
  core::Bytes sealed;
};
[[nodiscard]] SealedLetter seal_letter(const vault::Vault& vault, const Letter& letter,
                                       core::Instant now, core::Rng& rng);
/// Adds it to the caller's transaction. Errors: those of store::enqueue.
[[nodiscard]] core::Status enqueue_letter(store::UnitOfWork& unit, const SealedLetter& letter,
                                          core::Instant now, core::Rng& rng,
                                          std::string_view kind = kLetterKind);
/// Errors: kInternal "letter.malformed", "crypto.open_failed".
[[nodiscard]] core::Result<Letter> open_letter(const vault::Vault& vault,
                                               const SealedLetter& sealed);

}  // namespace identity
