#include "app/keys/key_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>

#include "core/secret.h"
#include "wallet/digital_id_code.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kPemBytesMax = 4096;
constexpr std::string_view kIssuerPrefix = "issuer-";
constexpr std::string_view kPemSuffix = ".pem";

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

tl::unexpected<core::Error> system_failure(std::string_view reason, const std::string& path) {
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

core::Result<core::Secret<std::string>> read_private(const std::string& path) {
  // O_NONBLOCK: a pipe in the file's place must not hang the start.
  const FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!fd.is_open()) {
    if (errno == ENOENT) return fail(ErrorCode::kNotFound, "key.file_missing", path);
    if (errno == ELOOP) return fail(ErrorCode::kInternal, "key.not_regular_file", path);
    return system_failure("key.unreadable", path);
  }
  TRY_VOID(check_file(fd.get(), path));
  std::string text(kPemBytesMax + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(fd.get(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("key.unreadable", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return core::Secret(std::move(text));
}

core::Result<crypto::P256PrivateKey> load_key(const std::string& path) {
  TRY(const auto pem, read_private(path));
  auto key = crypto::P256PrivateKey::from_pkcs8_pem(pem);
  if (key) return key;
  return fail(ErrorCode::kInternal, "key.malformed",
              path + " must hold one P-256 private key (PKCS#8, PEM): " + key.error().reason);
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
bool sync_folder(const std::string& folder) {
  const FileDescriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.is_open() && ::fsync(fd.get()) == 0;
}

core::Status save_key(const std::string& folder, std::string_view name,
                      const crypto::P256PrivateKey& key) {
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return system_failure("key.not_written", folder);
  }
  const std::string path = fmt::format("{}/{}", folder, name);
  const FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                 S_IRUSR | S_IWUSR));
  if (!fd.is_open()) {
    if (errno == EEXIST) return fail(ErrorCode::kConflict, "key.file_exists", path);
    return system_failure("key.not_written", path);
  }
  const auto pem = key.to_pkcs8_pem();
  const bool written = ::fchmod(fd.get(), S_IRUSR | S_IWUSR) == 0 &&
                       write_all(fd.get(), pem.reveal()) && ::fsync(fd.get()) == 0 &&
                       sync_folder(folder);
  if (written) return {};
  const int why = errno;
  ::unlink(path.c_str());
  errno = why;
  return system_failure("key.not_written", path);
}

// "20261122T094245Z" of 2026-11-22T09:42:45Z.
std::string compact(core::Instant at) {
  std::string text = core::to_rfc3339(at);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::optional<core::Instant> from_compact(std::string_view text) {
  if (text.size() != 16) return std::nullopt;
  const auto at =
      core::from_rfc3339(fmt::format("{}-{}-{}:{}:{}", text.substr(0, 4), text.substr(4, 2),
                                     text.substr(6, 5), text.substr(11, 2), text.substr(13)));
  return at ? std::optional(*at) : std::nullopt;
}

// The names of the folder's issuer-*.pem.
core::Result<std::vector<std::string>> issuer_file_names(const std::string& issuer_dir) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(issuer_dir, error), end; !error && at != end;
       at.increment(error)) {
    const auto name = at->path().filename().string();
    if (name.starts_with(kIssuerPrefix) && name.ends_with(kPemSuffix)) names.push_back(name);
  }
  if (error == std::errc::no_such_file_or_directory) {
    return fail(ErrorCode::kNotFound, "key.file_missing", issuer_dir);
  }
  if (error) {
    return fail(ErrorCode::kInternal, "key.unreadable", issuer_dir + ": " + error.message());
  }
  return names;
}

}  // namespace

core::Result<crypto::P256PrivateKey> load_trust_root(const std::string& issuer_dir) {
  return load_key(fmt::format("{}/{}", issuer_dir, kTrustRootFile));
}

core::Result<std::vector<IssuerKeyFile>> load_issuer_keys(const std::string& issuer_dir) {
  TRY(auto names, issuer_file_names(issuer_dir));
  if (names.empty()) {
    return fail(ErrorCode::kNotFound, "key.file_missing", issuer_dir + "/issuer-*.pem");
  }
  // The names sort as their moments do.
  std::sort(names.begin(), names.end());
  if (names.size() > wallet::TrustList::kKeysMax) {
    names.erase(names.begin(),
                names.end() - static_cast<std::ptrdiff_t>(wallet::TrustList::kKeysMax));
  }
  std::vector<IssuerKeyFile> keys;
  for (const auto& name : names) {
    const std::string path = fmt::format("{}/{}", issuer_dir, name);
    const auto not_before = from_compact(std::string_view(name).substr(
        kIssuerPrefix.size(), name.size() - kIssuerPrefix.size() - kPemSuffix.size()));
    if (!not_before) {
      return fail(ErrorCode::kInternal, "key.malformed",
                  path + " must be called issuer-YYYYMMDDThhmmssZ.pem");
    }
    TRY(auto key, load_key(path));
    keys.push_back({*not_before, std::move(key)});
  }
  return keys;
}

core::Status create_trust_root(const std::string& issuer_dir, core::Rng& rng) {
  return save_key(issuer_dir, kTrustRootFile, crypto::P256PrivateKey::generate(rng));
}

core::Result<IssuerKeyFile> create_issuer_key(const std::string& issuer_dir, core::Instant now,
                                              core::Rng& rng) {
  const auto not_before = core::Instant::from_seconds(now.seconds());
  IssuerKeyFile file{not_before, crypto::P256PrivateKey::generate(rng)};
  const auto name = fmt::format("{}{}{}", kIssuerPrefix, compact(not_before), kPemSuffix);
  TRY_VOID(save_key(issuer_dir, name, file.key));
  return file;
}

core::Result<const IssuerKeyFile*> signing_key(const std::vector<IssuerKeyFile>& keys,
                                               core::Instant now) {
  const auto later = std::find_if(keys.begin(), keys.end(),
                                  [&](const auto& file) { return file.not_before > now; });
  if (later == keys.begin()) {
    return fail(ErrorCode::kUnavailable, "issuer.no_key", "no issuer key has begun");
  }
  const auto& youngest = *std::prev(later);
  if (now > youngest.not_before + kIssuerLifeMax) {
    return fail(ErrorCode::kUnavailable, "issuer.no_key",
                "the issuer key of " + core::to_rfc3339(youngest.not_before) +
                    " is over its term: `beresta keys rotate` makes another");
  }
  return &youngest;
}

std::vector<wallet::IssuerKey> trust_list_keys(const std::vector<IssuerKeyFile>& keys,
                                               std::string_view issuer_name) {
  std::vector<wallet::IssuerKey> listed;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto& file = keys[i];
    auto not_after = file.not_before + kIssuerLifeMax;
    if (i + 1 < keys.size()) {
      not_after = std::min(not_after, keys[i + 1].not_before + kIssuerOverlap);
    }
    listed.push_back({.kid = wallet::kid_of(file.key.public_key()),
                      .key = file.key.public_key(),
                      .issuer_name = std::string(issuer_name),
                      .not_before = file.not_before,
                      .not_after = not_after});
  }
  return listed;
}

}  // namespace app
