#include "store/database.h"

#include <array>
#include <string_view>

#include "store/postgresql/database.h"
#include "store/sqlite/database.h"

namespace store {
namespace {

constexpr std::string_view kSqliteScheme = "sqlite:";
constexpr std::array<std::string_view, 2> kPostgresqlSchemes{"postgresql://", "postgres://"};
constexpr std::int64_t kSizeBytesMin = 64 * 1024;  // less cannot hold any schema

core::Status check_limits(const DatabaseConfig& config) {
  const bool times = config.statement_timeout.count() > 0 && config.busy_timeout.count() > 0 &&
                     config.connect_timeout.count() > 0;
  const bool counts = config.connections_max > 0 && config.write_queue_max > 0 &&
                      config.write_group_max > 0 && config.write_attempts_max > 0;
  const bool size = config.size_bytes_max == 0 || config.size_bytes_max >= kSizeBytesMin;
  if (times && counts && size) return {};
  return core::fail(core::ErrorCode::kInvalidInput, "store.config",
                    "every limit of a database has to be positive, its size at least 64 KiB");
}

bool is_postgresql(std::string_view url) {
  return url.starts_with(kPostgresqlSchemes[0]) || url.starts_with(kPostgresqlSchemes[1]);
}

}  // namespace

core::Result<std::unique_ptr<Database>> open_database(const DatabaseConfig& config, core::Rng& rng,
                                                      StoreMetrics* metrics) {
  TRY_VOID(check_limits(config));
  const std::string_view url = config.url;
  if (url.find('\0') != std::string_view::npos) {
    return core::fail(core::ErrorCode::kInvalidInput, "store.url", "holds a zero byte");
  }
  if (url.starts_with(kSqliteScheme) && url.size() > kSqliteScheme.size()) {
    return SqliteDatabase::open(config, std::string(url.substr(kSqliteScheme.size())), metrics);
  }
  if (is_postgresql(url)) return PostgresqlDatabase::open(config, rng, metrics);
  return core::fail(core::ErrorCode::kInvalidInput, "store.url",
                    "expected sqlite:PATH or postgresql://USER@HOST/NAME");
}

}  // namespace store
