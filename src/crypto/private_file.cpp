#include "crypto/private_file.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace crypto {
namespace {

using core::ErrorCode;
using core::fail;

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }

 private:
  int fd_;
};

auto system_failure(std::string_view reason, const std::string& path) {
  return fail(ErrorCode::kInternal, reason, path + ": " + std::generic_category().message(errno));
}

core::Status check_file(int fd, const std::string& path) {
  struct stat status = {};
  if (::fstat(fd, &status) != 0) return system_failure("key.unreadable", path);
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::kInternal, "key.not_regular_file", path);
  if (status.st_uid != ::geteuid()) return fail(ErrorCode::kInternal, "key.not_owned", path);
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(
        ErrorCode::kInternal, "key.permissions_too_open",
        fmt::format("{} has mode {:04o}, must be 0600 or stricter", path, status.st_mode & 07777U));
  }
  return {};
}

// As many bytes as `text` has room for; false if the system refuses.
bool read_text(int fd, std::string& text) {
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(fd, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return true;
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(fd, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

// A new file is only sure to be found after a power cut once its folder is on disk too.
bool sync_folder_of(const std::string& path) {
  auto folder = std::filesystem::path(path).parent_path();
  if (folder.empty()) folder = ".";
  const FileDescriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.is_open() && ::fsync(fd.get()) == 0;
}

}  // namespace

core::Result<core::Secret<std::string>> read_private_file(const std::string& path,
                                                          std::size_t bytes_max) {
  // O_NONBLOCK: a pipe in the file's place must not hang the start.
  const FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!fd.is_open()) {
    if (errno == ENOENT) return fail(ErrorCode::kNotFound, "key.file_missing", path);
    if (errno == ELOOP) return fail(ErrorCode::kInternal, "key.not_regular_file", path);
    return system_failure("key.unreadable", path);
  }
  TRY_VOID(check_file(fd.get(), path));
  std::string text(bytes_max + 1, '\0');
  if (!read_text(fd.get(), text)) return system_failure("key.unreadable", path);
  return core::Secret(std::move(text));
}

core::Status create_private_file(const std::string& path, std::string_view text) {
  const FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                 S_IRUSR | S_IWUSR));
  if (!fd.is_open()) {
    if (errno == EEXIST) return fail(ErrorCode::kConflict, "key.file_exists", path);
    return system_failure("key.not_written", path);
  }
  // fchmod: a strange umask may have taken the owner's own right to read.
  const bool written = ::fchmod(fd.get(), S_IRUSR | S_IWUSR) == 0 && write_all(fd.get(), text) &&
                       ::fsync(fd.get()) == 0 && sync_folder_of(path);
  if (written) return {};
  const int why = errno;
  ::unlink(path.c_str());
  errno = why;
  return system_failure("key.not_written", path);
}

core::Status replace_private_file(const std::string& path, std::string_view text) {
  const std::string fresh = path + ".new";
  if (::unlink(fresh.c_str()) != 0 && errno != ENOENT) {
    return system_failure("key.not_written", fresh);
  }
  TRY_VOID(create_private_file(fresh, text));
  if (::rename(fresh.c_str(), path.c_str()) == 0 && sync_folder_of(path)) return {};
  const int why = errno;
  ::unlink(fresh.c_str());
  errno = why;
  return system_failure("key.not_written", path);
}

}  // namespace crypto
