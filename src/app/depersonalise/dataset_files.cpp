#include "app/depersonalise/dataset_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "crypto/file_digest.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;
using core::fail;

auto exists(const std::string& path) {
  return fail(ErrorCode::kConflict, "depersonalise.file_exists", path);
}

auto not_written(const std::string& path) {
  return fail(ErrorCode::kUnavailable, "depersonalise.not_written", path);
}

bool is_there(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::symlink_status(path, ignored));
}

/// A new empty file that only its owner may read.
core::Status make_private(const std::string& path) {
  const int made =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (made < 0) return errno == EEXIST ? core::Status(exists(path)) : not_written(path);
  ::close(made);
  return {};
}

/// A name for a finished file; a link refuses a name that is taken, a renaming would not.
core::Status give_name(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) == 0) return {};
  return errno == EEXIST ? core::Status(exists(to)) : not_written(to);
}

}  // namespace

DatasetFiles::~DatasetFiles() {
  std::error_code ignored;
  if (claimed_) fs::remove(part(), ignored);
}

core::Status DatasetFiles::claim() {
  for (const auto& path : {rows_path(), report_path()}) {
    if (is_there(path)) return exists(path);
  }
  TRY_VOID(make_private(part()));
  claimed_ = true;
  return {};
}

core::Result<std::string> DatasetFiles::write_rows(
    const std::function<void(std::ostream&)>& write) {
  std::ofstream file(part(), std::ios::binary | std::ios::trunc);
  write(file);
  file.close();
  if (!file) return not_written(part());
  TRY(const auto digest, crypto::sha256_of_file(part()));
  return core::to_hex(digest);
}

core::Status DatasetFiles::publish(const std::string& report) {
  TRY_VOID(make_private(report_path()));
  std::ofstream file(report_path(), std::ios::binary | std::ios::trunc);
  file << report;
  file.close();
  auto named = file ? give_name(part(), rows_path()) : core::Status(not_written(report_path()));
  std::error_code ignored;
  if (!named) fs::remove(report_path(), ignored);
  return named;
}

}  // namespace app
