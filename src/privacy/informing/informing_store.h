// Tables of messages that people agreed to get: texts, and whom each goes to. Functions over an
// open unit of work; errors are those of store::UnitOfWork::run. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/rng.h"
#include "core/strong_id.h"
#include "privacy/informing/informing_text.h"
#include "store/unit_of_work.h"

namespace privacy {

/// The outbox kind of these messages.
inline constexpr std::string_view kInformingKind = "informing.message";

/// One message to one person by one channel; there is never a second one.
struct InformingKey {
  core::CitizenId citizen_id;
  core::Bytes text_digest;
  InformingChannel channel = InformingChannel::kSms;
};
/// What the outbox carries of it: whose and which, no number, no address and no word.
[[nodiscard]] core::Bytes encode_informing(const InformingKey& key);
/// Errors: kInternal "informing.malformed".
[[nodiscard]] core::Result<InformingKey> decode_informing(core::ByteView payload);

/// A message as whoever carries it finds it.
struct InformingMessage {
  InformingText text;
  core::Instant queued_at;
  std::optional<core::Instant> taken_at;
  std::optional<core::Instant> sent_at;
};

namespace sql {

/// Keeps a text with who ordered it first. @return whether it is new.
[[nodiscard]] core::Result<bool> put_informing_text(store::UnitOfWork& unit,
                                                    const InformingText& text,
                                                    std::string_view ordered_by, core::Instant now);
/// The next `rows_max` people after this one, in the order of their ids, who have a consent to the
/// topic that is neither withdrawn nor expired.
[[nodiscard]] core::Result<std::vector<core::CitizenId>> list_agreed_after(
    store::UnitOfWork& unit, ConsentPurpose topic, const core::CitizenId& after, core::Instant now,
    int rows_max);
/// Writes the message and its outbox row. False: it was written before, and nothing happened.
/// Errors: also those of store::enqueue.
[[nodiscard]] core::Result<bool> queue_informing(store::UnitOfWork& unit, const InformingKey& key,
                                                 core::Instant now, core::Rng& rng);
[[nodiscard]] core::Result<std::optional<InformingMessage>> find_informing(store::UnitOfWork& unit,
                                                                           const InformingKey& key);
/// For one attempt to send it. False: somebody has taken it, or it is sent.
[[nodiscard]] core::Result<bool> take_informing(store::UnitOfWork& unit, const InformingKey& key,
                                                core::Instant now);
/// The attempt came to nothing for certain; another one may take it.
[[nodiscard]] core::Status give_back_informing(store::UnitOfWork& unit, const InformingKey& key);
/// It will not be sent: the row goes, so that it may be written again one day.
[[nodiscard]] core::Status drop_informing(store::UnitOfWork& unit, const InformingKey& key);
/// It left: writes so, and a line of the person's history.
[[nodiscard]] core::Status note_informed(store::UnitOfWork& unit, const InformingKey& key,
                                         ConsentPurpose topic, core::Instant now, core::Rng& rng);
/// All of one person's. @return rows removed.
[[nodiscard]] core::Result<std::int64_t> erase_informing(store::UnitOfWork& unit,
                                                         const core::CitizenId& citizen_id);

}  // namespace sql
}  // namespace privacy
