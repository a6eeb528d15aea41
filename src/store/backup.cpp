#include "store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "store/postgresql/archive.h"
#include "store/sqlite/copy.h"

namespace store {
namespace {

constexpr std::string_view kSqliteScheme = "sqlite:";
constexpr int kOwnerOnly = 0600;

core::Status flush(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (done) return {};
  return core::fail(core::ErrorCode::kUnavailable, "store.io", path);
}

core::Status flush_file_and_folder(const std::string& file) {
  TRY_VOID(flush(file, O_RDONLY));
  const auto folder = std::filesystem::path(file).parent_path();
  return flush(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

/// An empty file that nobody else can read, so that what is written into it never could be.
core::Status make_file(const std::string& file) {
  const int descriptor =
      ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, kOwnerOnly);
  if (descriptor >= 0) {
    ::close(descriptor);
    return {};
  }
  if (errno == EEXIST) return core::fail(core::ErrorCode::kConflict, "backup.file_exists", file);
  return core::fail(core::ErrorCode::kUnavailable, "store.io", file);
}

}  // namespace

std::string_view name_of(Engine engine) {
  return engine == Engine::kSqlite ? "sqlite" : "postgresql";
}

core::Result<Engine> engine_of(std::string_view url) {
  if (url.starts_with(kSqliteScheme)) return Engine::kSqlite;
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    return Engine::kPostgresql;
  }
  return core::fail(core::ErrorCode::kInvalidInput, "store.url");
}

core::Status copy_out(const std::string& url, const std::string& file) {
  TRY(const auto engine, engine_of(url));
  TRY_VOID(make_file(file));
  auto copied = engine == Engine::kSqlite ? copy_sqlite(url.substr(kSqliteScheme.size()), file)
                                          : dump_postgresql(url, file);
  if (copied) copied = flush_file_and_folder(file);
  std::error_code ignored;
  if (!copied) std::filesystem::remove(file, ignored);
  return copied;
}

core::Status copy_in(const std::string& url, const std::string& file) {
  TRY(const auto engine, engine_of(url));
  std::error_code failed;
  if (!std::filesystem::is_regular_file(file, failed)) {
    return core::fail(core::ErrorCode::kNotFound, "backup.file_missing", file);
  }
  if (engine == Engine::kPostgresql) return restore_postgresql(url, file);
  const auto target = url.substr(kSqliteScheme.size());
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    if (std::filesystem::exists(target + suffix, failed)) {
      return core::fail(core::ErrorCode::kConflict, "backup.target_not_empty", target + suffix);
    }
  }
  TRY_VOID(make_file(target));
  auto copied = copy_sqlite(file, target);
  if (copied) copied = flush_file_and_folder(target);
  if (!copied) std::filesystem::remove(target, failed);
  return copied;
}

}  // namespace store
