#include "crypto/file_key_provider.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "core/secret.h"
#include "crypto/aead.h"
#include "crypto/digest.h"
#include "crypto/system_rng.h"

namespace crypto {
namespace {

using core::ErrorCode;

constexpr std::uint8_t kWrapVersion = 1;
constexpr std::size_t kWrapHeaderBytes = 1 + sizeof(KeyId);
constexpr std::size_t kWrappedBytes = kWrapHeaderBytes + kSealOverheadBytes + Key256::kBytes;
constexpr std::size_t kFileBytes = 2 * Key256::kBytes + 1;  // hexadecimal digits and a newline

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

// Bytes on their way between file and key; wiped whatever happens.
struct FileText {
  std::array<char, kFileBytes + 1> characters{};  // one more, to notice a longer file
  std::size_t size = 0;

  FileText() = default;
  FileText(const FileText&) = delete;
  FileText& operator=(const FileText&) = delete;
  ~FileText() { core::wipe(characters.data(), characters.size()); }
};

auto system_failure(std::string_view reason, const std::string& path) {
  return core::fail(ErrorCode::kInternal, reason,
                    path + ": " + std::generic_category().message(errno));
}

core::Status check_file(int fd, const std::string& path) {
  struct stat status = {};
  if (::fstat(fd, &status) != 0) return system_failure("key.unreadable", path);
  if (!S_ISREG(status.st_mode)) {
    return core::fail(ErrorCode::kInternal, "key.not_regular_file", path);
  }
  if (status.st_uid != ::geteuid()) return core::fail(ErrorCode::kInternal, "key.not_owned", path);
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return core::fail(
        ErrorCode::kInternal, "key.permissions_too_open",
        fmt::format("{} has mode {:04o}, must be 0600 or stricter", path, status.st_mode & 07777U));
  }
  return {};
}

core::Status read_text(int fd, const std::string& path, FileText& text) {
  while (text.size < text.characters.size()) {
    const ssize_t got =
        ::read(fd, text.characters.data() + text.size, text.characters.size() - text.size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("key.unreadable", path);
    if (got == 0) break;
    text.size += static_cast<std::size_t>(got);
  }
  return {};
}

core::Result<Key256> parse_text(const FileText& text, const std::string& path) {
  const std::string_view all(text.characters.data(), text.size);
  const auto malformed = core::fail(ErrorCode::kInternal, "key.malformed",
                                    path + " must hold 64 hexadecimal digits and a newline");
  if (all.size() != kFileBytes || all.back() != '\n') return malformed;
  auto bytes = core::from_hex(all.substr(0, kFileBytes - 1));
  if (!bytes) return malformed;
  auto key = Key256::from_bytes(*bytes);
  core::wipe(bytes->data(), bytes->size());
  return key;
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

Key256 expand(core::ByteView secret, std::string_view label) {
  Bytes bytes = hkdf_sha256(secret, {}, core::as_bytes(label), Key256::kBytes);
  Key256 key(std::span<const std::uint8_t, Key256::kBytes>(bytes.data(), Key256::kBytes));
  core::wipe(bytes.data(), bytes.size());
  return key;
}

KeyId id_of(const Key256& root) {
  const Bytes bytes =
      hkdf_sha256(root.reveal(), {}, core::as_bytes("beresta root key id v1"), sizeof(KeyId));
  KeyId id{};
  std::copy(bytes.begin(), bytes.end(), id.begin());
  return id;
}

// Version and key id are authenticated together with what the caller names.
Bytes bound_aad(core::ByteView header, core::ByteView aad) {
  Bytes bound = core::to_bytes(header);
  bound.insert(bound.end(), aad.begin(), aad.end());
  return bound;
}

}  // namespace

FileKeyProvider::FileKeyProvider(const Key256& root)
    : wrapping_key_(expand(root.reveal(), "beresta key wrap v1")),
      deriving_key_(expand(root.reveal(), "beresta key derivation v1")),
      key_id_(id_of(root)) {}

core::Result<std::unique_ptr<KeyProvider>> FileKeyProvider::open(const std::string& path) {
  // O_NONBLOCK: a pipe in the file's place must not hang the start.
  const FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!fd.is_open()) {
    if (errno == ENOENT) return core::fail(ErrorCode::kNotFound, "key.file_missing", path);
    if (errno == ELOOP) return core::fail(ErrorCode::kInternal, "key.not_regular_file", path);
    return system_failure("key.unreadable", path);
  }
  TRY_VOID(check_file(fd.get(), path));
  FileText text;
  TRY_VOID(read_text(fd.get(), path, text));
  TRY(const Key256 root, parse_text(text, path));
  return std::make_unique<FileKeyProvider>(root);
}

core::Status FileKeyProvider::create(const std::string& path, core::Rng& rng) {
  const FileDescriptor fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                 S_IRUSR | S_IWUSR));
  if (!fd.is_open()) {
    if (errno == EEXIST) return core::fail(ErrorCode::kConflict, "key.file_exists", path);
    return system_failure("key.not_written", path);
  }
  const Key256 root = Key256::generate(rng);
  std::string text = core::to_hex(root.reveal()) + "\n";
  // fchmod: a strange umask may have taken the owner's own right to read.
  const bool written = ::fchmod(fd.get(), S_IRUSR | S_IWUSR) == 0 && write_all(fd.get(), text) &&
                       ::fsync(fd.get()) == 0 && sync_folder_of(path);
  const int why = errno;
  core::wipe(text.data(), text.size());
  if (written) return {};
  ::unlink(path.c_str());
  errno = why;
  return system_failure("key.not_written", path);
}

// The nonce does not come from an injected Rng: a seeded one, or a copied state, would repeat it,
// and a repeated nonce gives the wrapped keys away.
core::Result<core::Bytes> FileKeyProvider::wrap(const Key256& key, core::ByteView aad) {
  Bytes wrapped{kWrapVersion};
  wrapped.insert(wrapped.end(), key_id_.begin(), key_id_.end());
  SystemRng rng;
  const Bytes sealed = seal(wrapping_key_, bound_aad(wrapped, aad), key.reveal(), rng);
  wrapped.insert(wrapped.end(), sealed.begin(), sealed.end());
  return wrapped;
}

core::Result<Key256> FileKeyProvider::unwrap(core::ByteView wrapped, core::ByteView aad) {
  if (wrapped.size() != kWrappedBytes || wrapped[0] != kWrapVersion) {
    return core::fail(ErrorCode::kInternal, "key.wrap_malformed");
  }
  const core::ByteView header = wrapped.first(kWrapHeaderBytes);
  const core::ByteView id = header.subspan(1);
  if (!std::equal(id.begin(), id.end(), key_id_.begin())) {
    return core::fail(ErrorCode::kInternal, "key.unknown_key_id", core::to_hex(id));
  }
  TRY(core::Bytes bytes,
      ::crypto::open(wrapping_key_, bound_aad(header, aad), wrapped.subspan(kWrapHeaderBytes)));
  auto key = Key256::from_bytes(bytes);
  core::wipe(bytes.data(), bytes.size());
  return key;
}

Key256 FileKeyProvider::derive(std::string_view label) const {
  return expand(deriving_key_.reveal(), label);
}

}  // namespace crypto
