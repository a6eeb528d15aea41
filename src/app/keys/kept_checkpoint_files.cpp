#include "app/keys/kept_checkpoint_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "audit/signed_note.h"
#include "crypto/private_file.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kOwn = "log-signed.checkpoint";
constexpr std::string_view kSigned = "log-signed";
constexpr std::string_view kEnded = "log-ended-";
constexpr std::string_view kSuffix = ".checkpoint";
constexpr std::size_t kFilesMax = 100;

core::Result<std::string> read_note(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(audit::kNoteBytesMax + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  if (!file.is_open() || file.bad() || text.size() > audit::kNoteBytesMax) {
    return fail(ErrorCode::kUnavailable, "log.kept_unreadable", path);
  }
  return text;
}

auto not_written(const std::string& path, const std::string& why) {
  return fail(ErrorCode::kUnavailable, "log.kept_not_written", path + ": " + why);
}

/// Renames and returns when the folder is on disk.
core::Status move_file(const std::string& folder, const std::string& from, const std::string& to) {
  std::error_code error;
  std::filesystem::rename(from, to, error);
  if (error) return not_written(to, error.message());
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return not_written(folder, "cannot be opened");
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!synced) return not_written(folder, "cannot be synced");
  return {};
}

std::string first_line(std::string_view note) {
  return std::string(note.substr(0, note.find('\n')));
}

}  // namespace

core::Status KeptCheckpointFiles::begin(core::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto own = folder_ + "/" + std::string(kOwn);
  if (!std::filesystem::exists(own)) return {};
  const auto note = read_note(own);
  // What cannot be read is for the check to refuse, not for the start to put aside.
  if (!note || !audit::SignedNote::parse(*note) || first_line(*note) == origin_) return {};
  auto moment = core::to_rfc3339(now);
  std::erase_if(moment, [](char c) { return c == '-' || c == ':'; });
  return move_file(folder_, own,
                   folder_ + "/" + std::string(kEnded) + moment + std::string(kSuffix));
}

core::Result<std::vector<audit::NamedNote>> KeptCheckpointFiles::read_all(
    std::string_view prefix) const {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(folder_, error), end; !error && at != end;
       at.increment(error)) {
    const auto name = at->path().filename().string();
    if (name.starts_with(prefix) && name.ends_with(kSuffix)) names.push_back(name);
  }
  if (error || names.size() > kFilesMax) {
    return fail(ErrorCode::kUnavailable, "log.kept_unreadable", folder_);
  }
  std::sort(names.begin(), names.end());
  std::vector<audit::NamedNote> notes;
  for (const auto& name : names) {
    TRY(auto note, read_note(folder_ + "/" + name));
    notes.push_back({name, std::move(note)});
  }
  return notes;
}

core::Result<std::vector<audit::NamedNote>> KeptCheckpointFiles::notes() {
  const std::lock_guard lock(mutex_);
  return read_all(kSigned);
}

core::Status KeptCheckpointFiles::remember(std::string_view note) {
  const std::lock_guard lock(mutex_);
  // One name per process: two servers may share the folder.
  const auto fresh = folder_ + "/log-signed.new." + std::to_string(::getpid());
  std::error_code ignored;
  std::filesystem::remove(fresh, ignored);
  const auto written = crypto::create_private_file(fresh, note);
  if (!written) return not_written(fresh, written.error().detail);
  return move_file(folder_, fresh, folder_ + "/" + std::string(kOwn));
}

std::vector<std::string> KeptCheckpointFiles::ended() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> notes;
  const auto files = read_all(kEnded);
  if (!files) return notes;
  for (const auto& one : *files) notes.push_back(one.note);
  return notes;
}

}  // namespace app
