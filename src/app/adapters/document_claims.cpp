#include "app/adapters/document_claims.h"

#include "vault/claims.h"

namespace app {
namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto space = text.find(' ');
    if (space != 0) words.emplace_back(text.substr(0, space));
    if (space == std::string_view::npos) break;
    text.remove_prefix(space + 1);
  }
  return words;
}

}  // namespace

vault::PersonalRecords claims_of(const wallet::DocumentRecord& passport,
                                 core::Instant received_at) {
  vault::PersonalRecords records;
  const vault::Provenance provenance{std::string(vault::kRegistrySource),
                                     std::string(vault::kVerifiedLevel), received_at};
  const auto add = [&](std::string_view name, const std::string& value) {
    records.push_back({std::string(name), core::Secret<std::string>(value), provenance});
  };
  if (passport.registry_status != "valid") return records;
  if (const auto* full_name = passport.find("full_name")) {
    const auto words = words_of(full_name->value);
    if (words.size() == 2 || words.size() == 3) {
      add("family_name", words[0]);
      add("given_name", words[1]);
      if (words.size() == 3) add("middle_name", words[2]);
    }
  }
  if (const auto* born = passport.find("birth_date")) add("birth_date", born->value);
  return records;
}

core::Result<vault::PersonalRecords> PassportClaims::claims(const core::CitizenId& citizen_id,
                                                            core::Instant now) {
  TRY(const auto cards, documents_.list(citizen_id, now));
  for (const auto& card : cards) {
    const bool passport = card.progress.kind == wallet::DocumentKind::kPassport;
    if (passport && card.record && card.progress.received_at) {
      return claims_of(*card.record, *card.progress.received_at);
    }
  }
  return vault::PersonalRecords();
}

}  // namespace app
