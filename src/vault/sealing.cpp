#include "vault/sealing.h"

#include "crypto/aead.h"

namespace vault {
namespace {

constexpr store::Query kFindKey{
    "data_key.find", "SELECT wrapped FROM data_key WHERE citizen_id = $1 AND category = $2"};

/// A root key may be retired between reading a wrapped key and opening it; the second time the row
/// is one that its successor wrapped.
constexpr int kUnwrapAttempts = 2;

}  // namespace

std::string place_of(const core::CitizenId& citizen_id, Category category, std::string_view name) {
  std::string place = "personal_record|sealed|";
  place.append(core::as_text(citizen_id.bytes())).append("|");
  return place.append(name_of(category)).append("|").append(name);
}

std::string key_place(const core::CitizenId& citizen_id, Category category) {
  std::string place = "data_key|wrapped|";
  place.append(core::as_text(citizen_id.bytes())).append("|");
  return place.append(name_of(category));
}

core::Result<std::optional<crypto::Key256>> find_data_key(store::Database& keys,
                                                          crypto::KeyProvider& root,
                                                          const core::CitizenId& citizen_id,
                                                          Category category) {
  const auto place = key_place(citizen_id, category);
  for (int attempt = 1;; ++attempt) {
    TRY(const auto rows, keys.read([&](store::UnitOfWork& unit) {
      return unit.run(kFindKey, {citizen_id, name_of(category)});
    }));
    if (rows.empty()) return std::optional<crypto::Key256>();
    auto key = root.unwrap(rows.front().blob(0), core::as_bytes(place));
    if (key) return std::optional<crypto::Key256>(*std::move(key));
    const bool gone = key.error().reason == "key.root_retired";
    if (!gone || attempt == kUnwrapAttempts) return core::fail(std::move(key).error());
  }
}

core::Result<PersonalRecord> open_row(const store::Row& row, const core::CitizenId& citizen_id,
                                      Category category, const crypto::Key256& key) {
  const auto place = place_of(citizen_id, category, row.text(0));
  TRY(const auto plain, crypto::open(key, core::as_bytes(place), row.blob(1)));
  return PersonalRecord{
      std::string(row.text(0)), core::Secret<std::string>(std::string(core::as_text(plain))),
      Provenance{std::string(row.text(2)), std::string(row.text(3)), row.instant(4)}};
}

}  // namespace vault
