#include "store/scrub.h"

#include "store/sqlite/database.h"

namespace store {

core::Status scrub(Database& database) {
  // By its type: a test's or a command's database may stand before the real one.
  auto* sqlite = dynamic_cast<SqliteDatabase*>(&database);
  return sqlite == nullptr ? core::Status{} : sqlite->scrub();
}

}  // namespace store
