#include "store/storage_place.h"

#include <fmt/format.h>

namespace store {
namespace {

constexpr Query kFind{"storage_place.find", "SELECT country FROM storage_place WHERE place_id = 1"};
// Two processes that start at once: one of them writes.
constexpr Query kInsert{"storage_place.insert",
                        "INSERT INTO storage_place (place_id, country, tagged_at_utc)"
                        " VALUES (1, $1, $2) ON CONFLICT (place_id) DO NOTHING"};

core::Result<std::string> find_in(UnitOfWork& unit) {
  TRY(const Rows rows, unit.run(kFind));
  return rows.empty() ? std::string() : std::string(rows.front().text(0));
}

core::Status check(std::string_view found, std::string_view country) {
  if (found == country) return {};
  return core::fail(core::ErrorCode::kConflict, "store.place_differs",
                    fmt::format("this storage is tagged \"{}\" and the server is set up for \"{}\" "
                                "(installation.jurisdiction): take the storage of \"{}\", or set "
                                "the jurisdiction back",
                                found, country, country));
}

}  // namespace

core::Result<std::string> find_place(Database& database) {
  return database.read([](UnitOfWork& unit) { return find_in(unit); });
}

core::Result<bool> settle_place(Database& database, std::string_view country, core::Instant now) {
  TRY(const auto found, find_place(database));
  if (!found.empty()) {
    TRY_VOID(check(found, country));
    return false;
  }
  TRY(const bool ours, database.write([&](UnitOfWork& unit) -> core::Result<bool> {
    TRY(const Rows inserted, unit.run(kInsert, {country, now.micros()}));
    return inserted.affected() == 1;
  }));
  TRY(const auto settled, find_place(database));
  TRY_VOID(check(settled, country));
  return ours;
}

}  // namespace store
