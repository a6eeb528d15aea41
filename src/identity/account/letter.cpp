#include "identity/account/letter.h"

#include "codec/json.h"
#include "store/outbox.h"

namespace identity {
namespace {

using LetterId = core::StrongId<struct LetterIdTag>;

std::string place_of(std::string_view id) { return "outbox|mail.letter|" + std::string(id); }

core::Result<Letter> decode(const std::string& text) {
  TRY(const auto json, codec::parse_json(text));
  TRY(auto fields, codec::JsonFields::of(json));
  Letter letter;
  TRY(auto to, fields.string("to", 254));
  letter.to = core::Secret<std::string>(std::move(to));
  TRY(letter.topic, fields.string("topic", 32));
  TRY(letter.language, fields.string("language", 8));
  TRY(auto detail, fields.string("detail", 300));
  letter.detail = core::Secret<std::string>(std::move(detail));
  return letter;
}

}  // namespace

SealedLetter seal_letter(const vault::Vault& vault, const Letter& letter, core::Instant now,
                         core::Rng& rng) {
  auto id = LetterId::make(now, rng).to_string();
  const core::Secret<std::string> text(
      codec::to_text(codec::JsonObject{{"to", letter.to.reveal()},
                                       {"topic", letter.topic},
                                       {"language", letter.language},
                                       {"detail", letter.detail.reveal()}}));
  auto sealed = vault.seal_transient(place_of(id), text);
  return {std::move(id), std::move(sealed)};
}

core::Status enqueue_letter(store::UnitOfWork& unit, const SealedLetter& letter, core::Instant now,
                            core::Rng& rng, std::string_view kind) {
  TRY_VOID(store::enqueue(unit,
                          {.kind = std::string(kind),
                           .dedup_key = letter.id,
                           .payload = letter.sealed,
                           .not_before = {}},
                          now, rng));
  return {};
}

core::Result<Letter> open_letter(const vault::Vault& vault, const SealedLetter& sealed) {
  TRY(const auto text, vault.open_transient(place_of(sealed.id), sealed.sealed));
  auto letter = decode(text.reveal());
  if (!letter) return core::fail(core::ErrorCode::kInternal, "letter.malformed");
  return letter;
}

}  // namespace identity
