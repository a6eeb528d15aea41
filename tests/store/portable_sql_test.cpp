// Every SQL constant of the server is understood by both engines over the migrated schema. The
// constants are read from the sources, so a new one is covered without a line here.
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <vector>

#include "store/harness.h"

namespace store_test {
namespace {

struct FoundQuery {
  std::string file;
  std::string name;
  std::string sql;
};

std::string read_file(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// The text of adjacent C++ string literals ("a" "b"), escapes resolved as far as SQL needs them.
std::string join_literals(const std::string& source) {
  static const std::regex literal(R"re("((?:[^"\\]|\\.)*)")re");
  std::string joined;
  for (std::sregex_iterator part(source.begin(), source.end(), literal), end; part != end; ++part) {
    joined += std::regex_replace((*part)[1].str(), std::regex(R"(\\(["\\]))"), "$1");
  }
  return joined;
}

/// `Query kName{"name", "sql" "sql"}`.
std::vector<FoundQuery> queries_in(const std::filesystem::path& path) {
  static const std::regex constant(
      R"re(\bQuery\s+k\w+\s*\{\s*"([^"]*)"\s*,\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\})re");
  const std::string source = read_file(path);
  std::vector<FoundQuery> found;
  for (std::sregex_iterator it(source.begin(), source.end(), constant), end; it != end; ++it) {
    found.push_back({path.string(), (*it)[1].str(), join_literals((*it)[2].str())});
  }
  return found;
}

/// The drivers' own statements are for one engine each.
bool is_portable_source(const std::filesystem::path& path) {
  const std::string text = path.string();
  return path.extension() == ".cpp" && !text.ends_with("_test.cpp") &&
         text.find("/store/sqlite/") == std::string::npos &&
         text.find("/store/postgresql/") == std::string::npos;
}

std::vector<FoundQuery> all_queries() {
  std::vector<FoundQuery> all;
  const std::filesystem::path sources = std::filesystem::path(BERESTA_SOURCE_DIR) / "src";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(sources)) {
    if (!entry.is_regular_file() || !is_portable_source(entry.path())) continue;
    for (FoundQuery& query : queries_in(entry.path())) all.push_back(std::move(query));
  }
  return all;
}

class PortableSql : public StoreContract {};
INSTANTIATE_ON_BOTH_ENGINES(PortableSql);

core::Status check_in(store::Database& database, const FoundQuery& query) {
  return database.read([&](store::UnitOfWork& unit) {
    return unit.check({query.name, query.sql});
  });
}

TEST_P(PortableSql, IsUnderstoodByThisEngine) {
  constexpr auto kNow = core::Instant::from_seconds(1);
  const Place key_place(GetParam());
  const auto keys = must_open(key_place.config(), rng);
  ASSERT_TRUE(store::migrate(*database, app_migrations(), kNow));
  ASSERT_TRUE(store::migrate(*keys, key_migrations(), kNow));
  const std::vector<FoundQuery> queries = all_queries();
  ASSERT_GE(queries.size(), 10U) << "the constants are not found any more";
  for (const FoundQuery& query : queries) {
    // migration.table_exists is the one question each engine is asked in its own words.
    if (query.name == "migration.table_exists") continue;
    const core::Status checked = check_in(*database, query);
    if (checked || check_in(*keys, query)) continue;
    ADD_FAILURE() << query.file << ": " << checked.error().detail;
  }
}

/// How SQLite would find the rows of a statement, one line a table.
std::string plan_of(store::Database& database, const FoundQuery& query) {
  const std::string name = query.name + ".plan";
  const std::string sql =
      "EXPLAIN QUERY PLAN " + std::regex_replace(query.sql, std::regex(R"(\$\d+)"), "1");
  const auto rows = database.read([&](store::UnitOfWork& unit) {
    return unit.run({name, sql}, {});
  });
  EXPECT_TRUE(rows) << query.sql;
  std::string plan;
  for (const auto& row : *rows) plan.append(row.text(3)).append("\n");
  return plan;
}

TEST_P(PortableSql, FindsHistoryPastItsTermWithoutWalkingThroughTables) {
  if (GetParam() != store::Engine::kSqlite) GTEST_SKIP() << "PostgreSQL plans by what tables hold";
  ASSERT_TRUE(store::migrate(*database, app_migrations(), core::Instant::from_seconds(1)));
  static const std::regex history(R"((operation|access_record|log_entry)\.\w+_past_term)");
  int found = 0;
  for (const FoundQuery& query : all_queries()) {
    if (!std::regex_match(query.name, history)) continue;
    const auto plan = plan_of(*database, query);
    EXPECT_EQ(plan.find("SCAN"), std::string::npos) << query.name << "\n" << plan;
    ++found;
  }
  EXPECT_EQ(found, 6);
}

TEST_P(PortableSql, ThatIsNotPortableIsFound) {
  const FoundQuery wrong{"here", "test.wrong", "SELECT sum(1) OVER FROM outbox WHERE $1"};
  EXPECT_FALSE(check_in(*database, wrong));
}

}  // namespace
}  // namespace store_test
