#include "store/sqlite/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "store/sqlite/unit.h"
#include "store/unit_runner.h"

namespace store {
namespace {

using core::ErrorCode;

/// Makes an empty file that only this account can read: SQLite would follow the umask, and its
/// -wal and -shm files copy the mode of the main file.
core::Status make_private_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) {
    const bool denied = errno == EACCES || errno == EROFS || errno == EPERM;
    return core::fail(ErrorCode::kUnavailable,
                      denied            ? "store.read_only"
                      : errno == ENOSPC ? "store.full"
                                        : "store.io",
                      path + ": " + std::error_code(errno, std::generic_category()).message());
  }
  ::close(file);
  return {};
}

core::Status require_file(const DatabaseConfig& config, const std::string& path) {
  std::error_code error;
  const std::filesystem::path file(path);
  if (std::filesystem::is_regular_file(file, error)) return {};
  if (std::filesystem::exists(file, error)) {
    return core::fail(ErrorCode::kUnavailable, "store.missing", path + " is not a file");
  }
  if (!config.create_if_missing || config.read_only) {
    return core::fail(ErrorCode::kUnavailable, "store.missing", path + " does not exist");
  }
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  if (!std::filesystem::is_directory(folder, error)) {
    return core::fail(ErrorCode::kUnavailable, "store.missing",
                      "folder " + folder.string() + " does not exist");
  }
  return make_private_file(path);
}

}  // namespace

SqliteDatabase::SqliteDatabase(const DatabaseConfig& config, const SqliteOptions& options,
                               StoreMetrics* metrics)
    : readers_(
          {config.connections_max, config.busy_timeout},
          [options] { return SqliteConnection::open(options); }, metrics) {}

core::Result<std::unique_ptr<Database>> SqliteDatabase::open(const DatabaseConfig& config,
                                                             const std::string& path,
                                                             StoreMetrics* metrics) {
  TRY_VOID(require_file(config, path));
  SqliteOptions options{.path = path,
                        .writable = false,
                        .statement_timeout = config.statement_timeout,
                        .busy_timeout = config.busy_timeout,
                        .size_bytes_max = config.size_bytes_max,
                        .metrics = metrics};
  std::unique_ptr<SqliteDatabase> database(new SqliteDatabase(config, options, metrics));
  if (config.read_only) {
    TRY_VOID(database->readers_.acquire());  // proves that the file can be read
    return database;
  }
  options.writable = true;
  TRY(auto connection, SqliteConnection::open(options));
  database->writer_ = std::make_unique<SqliteWriter>(
      std::move(connection), config, database->announcements(), metrics,
      [idle = &database->readers_] {
        idle->visit_idle([](SqliteConnection& reader) { return reader.end_read().has_value(); });
      });
  return database;
}

core::Status SqliteDatabase::run_read(const UnitFunction& work) {
  TRY(auto reader, readers_.acquire());
  if (const core::Status begun = reader->begin_read(); !begun) {
    reader.discard();
    return begun;
  }
  SqliteUnit unit(*reader);
  core::Status status = run_unit(work, unit);
  // The snapshot stays open for whoever reads next, often the same request.
  if (status && reader->keeps_snapshots()) return status;
  if (const core::Status ended = reader->end_read(); !ended) reader.discard();
  return status;
}

core::Status SqliteDatabase::run_write(const UnitFunction& work) {
  return submit(work, WriteKind::kOrdinary);
}

core::Status SqliteDatabase::run_schema_change(const UnitFunction& work) {
  return submit(work, WriteKind::kSchemaChange);
}

void SqliteDatabase::run_write_soon(UnitFunction work) {
  if (writer_) writer_->submit_unwatched(std::move(work));
}

void SqliteDatabase::run_write_then(UnitFunction work, Done done) {
  if (writer_) return writer_->submit_watched(std::move(work), std::move(done));
  done(core::fail(ErrorCode::kUnavailable, "store.read_only", "opened read-only"));
}

core::Status SqliteDatabase::scrub() { return submit({}, WriteKind::kScrub); }

core::Status SqliteDatabase::submit(const UnitFunction& work, WriteKind kind) {
  if (!writer_) {
    return core::fail(ErrorCode::kUnavailable, "store.read_only", "opened read-only");
  }
  return writer_->submit(work, kind);
}

}  // namespace store
