#include "privacy/informing/informing_store.h"

#include "audit/operation_log.h"
#include "codec/json.h"
#include "store/outbox.h"

namespace privacy {
namespace {

using MessageId = core::StrongId<struct InformingMessageIdTag>;

constexpr std::size_t kDigestHex = 64;
constexpr std::size_t kIdText = 36;
constexpr std::size_t kChannelText = 8;

constexpr store::Query kPutText{
    "informing_text.put",
    "INSERT INTO informing_text (text_sha256, topic, language, body, ordered_by, ordered_at_utc)"
    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (text_sha256) DO NOTHING"};
constexpr store::Query kListAgreed{
    "consent.list_agreed_after",
    "SELECT DISTINCT citizen_id FROM consent WHERE purpose = $1 AND citizen_id > $2"
    " AND withdrawn_at_utc IS NULL AND (expires_at_utc IS NULL OR expires_at_utc > $3)"
    " ORDER BY citizen_id LIMIT $4"};
constexpr store::Query kInsertMessage{
    "informing_message.insert",
    "INSERT INTO informing_message (citizen_id, text_sha256, channel, queued_at_utc)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT (citizen_id, text_sha256, channel) DO NOTHING"};
constexpr store::Query kFindMessage{
    "informing_message.find",
    "SELECT t.topic, t.language, t.body, m.queued_at_utc, m.taken_at_utc, m.sent_at_utc"
    " FROM informing_message m JOIN informing_text t ON t.text_sha256 = m.text_sha256"
    " WHERE m.citizen_id = $1 AND m.text_sha256 = $2 AND m.channel = $3"};
constexpr store::Query kTakeMessage{
    "informing_message.take",
    "UPDATE informing_message SET taken_at_utc = $4 WHERE citizen_id = $1 AND text_sha256 = $2"
    " AND channel = $3 AND taken_at_utc IS NULL AND sent_at_utc IS NULL"};
constexpr store::Query kGiveBackMessage{
    "informing_message.give_back",
    "UPDATE informing_message SET taken_at_utc = NULL WHERE citizen_id = $1 AND text_sha256 = $2"
    " AND channel = $3 AND sent_at_utc IS NULL"};
constexpr store::Query kDropMessage{
    "informing_message.drop",
    "DELETE FROM informing_message WHERE citizen_id = $1 AND text_sha256 = $2"
    " AND channel = $3 AND sent_at_utc IS NULL"};
constexpr store::Query kNoteSent{
    "informing_message.note_sent",
    "UPDATE informing_message SET sent_at_utc = $4 WHERE citizen_id = $1 AND text_sha256 = $2"
    " AND channel = $3 AND sent_at_utc IS NULL"};
constexpr store::Query kEraseMessages{"informing_message.erase",
                                      "DELETE FROM informing_message WHERE citizen_id = $1"};

core::Result<InformingKey> decoded(std::string_view text) {
  TRY(const auto json, codec::parse_json(text));
  TRY(auto fields, codec::JsonFields::of(json));
  TRY(const auto citizen, fields.string("citizen_id", kIdText));
  TRY(const auto digest, fields.string("text_sha256", kDigestHex));
  TRY(const auto name, fields.string("channel", kChannelText));
  InformingKey key;
  TRY(key.citizen_id, core::CitizenId::parse(citizen));
  TRY(key.text_digest, core::from_hex(digest));
  const auto channel = find_informing_channel(name);
  if (!channel) return core::fail(core::ErrorCode::kInternal, "informing.malformed");
  key.channel = *channel;
  return key;
}

}  // namespace

core::Bytes encode_informing(const InformingKey& key) {
  const auto text = codec::to_text(codec::JsonObject{{"citizen_id", key.citizen_id.to_string()},
                                                     {"text_sha256", core::to_hex(key.text_digest)},
                                                     {"channel", name_of(key.channel)}});
  return core::to_bytes(core::as_bytes(text));
}

core::Result<InformingKey> decode_informing(core::ByteView payload) {
  auto key = decoded(core::as_text(payload));
  if (key) return key;
  return core::fail(core::ErrorCode::kInternal, "informing.malformed", key.error().reason);
}

namespace sql {

core::Result<bool> put_informing_text(store::UnitOfWork& unit, const InformingText& text,
                                      std::string_view ordered_by, core::Instant now) {
  TRY(const auto rows, unit.run(kPutText, {text.digest(), name_of(text.topic()), text.language(),
                                           text.text(), ordered_by, now}));
  return rows.affected() == 1;
}

core::Result<std::vector<core::CitizenId>> list_agreed_after(store::UnitOfWork& unit,
                                                             ConsentPurpose topic,
                                                             const core::CitizenId& after,
                                                             core::Instant now, int rows_max) {
  TRY(const auto rows, unit.run(kListAgreed, {name_of(topic), after, now, rows_max}));
  std::vector<core::CitizenId> people;
  people.reserve(rows.size());
  for (const auto& row : rows) people.push_back(row.id<core::CitizenId>(0));
  return people;
}

core::Result<bool> queue_informing(store::UnitOfWork& unit, const InformingKey& key,
                                   core::Instant now, core::Rng& rng) {
  TRY(const auto rows,
      unit.run(kInsertMessage, {key.citizen_id, key.text_digest, name_of(key.channel), now}));
  if (rows.affected() == 0) return false;
  TRY_VOID(store::enqueue(unit,
                          {.kind = std::string(kInformingKind),
                           .dedup_key = MessageId::make(now, rng).to_string(),
                           .payload = encode_informing(key),
                           .not_before = {}},
                          now, rng));
  return true;
}

core::Result<std::optional<InformingMessage>> find_informing(store::UnitOfWork& unit,
                                                             const InformingKey& key) {
  TRY(const auto rows,
      unit.run(kFindMessage, {key.citizen_id, key.text_digest, name_of(key.channel)}));
  if (rows.empty()) return std::optional<InformingMessage>();
  const auto& row = rows.front();
  const auto topic = find_consent_purpose(row.text(0));
  if (!topic) return std::optional<InformingMessage>();
  return std::optional(
      InformingMessage{InformingText(*topic, std::string(row.text(1)), std::string(row.text(2))),
                       row.instant(3), row.optional_instant(4), row.optional_instant(5)});
}

core::Result<bool> take_informing(store::UnitOfWork& unit, const InformingKey& key,
                                  core::Instant now) {
  TRY(const auto rows,
      unit.run(kTakeMessage, {key.citizen_id, key.text_digest, name_of(key.channel), now}));
  return rows.affected() == 1;
}

core::Status give_back_informing(store::UnitOfWork& unit, const InformingKey& key) {
  TRY_VOID(unit.run(kGiveBackMessage, {key.citizen_id, key.text_digest, name_of(key.channel)}));
  return {};
}

core::Status drop_informing(store::UnitOfWork& unit, const InformingKey& key) {
  TRY_VOID(unit.run(kDropMessage, {key.citizen_id, key.text_digest, name_of(key.channel)}));
  return {};
}

core::Status note_informed(store::UnitOfWork& unit, const InformingKey& key, ConsentPurpose topic,
                           core::Instant now, core::Rng& rng) {
  TRY(const auto rows,
      unit.run(kNoteSent, {key.citizen_id, key.text_digest, name_of(key.channel), now}));
  if (rows.affected() == 0) return {};
  const auto subject = std::string(name_of(topic)) + " " + std::string(name_of(key.channel));
  return audit::record_operation(
      unit, {key.citizen_id, "informing.sent", subject, "platform:informing"}, now, rng);
}

core::Result<std::int64_t> erase_informing(store::UnitOfWork& unit,
                                           const core::CitizenId& citizen_id) {
  TRY(const auto rows, unit.run(kEraseMessages, {citizen_id}));
  return rows.affected();
}

}  // namespace sql
}  // namespace privacy
