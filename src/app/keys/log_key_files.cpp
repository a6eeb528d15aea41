#include "app/keys/log_key_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/keys/dated_files.h"
#include "crypto/private_file.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kPrefix = "log-";
constexpr std::size_t kPemBytesMax = 4096;
constexpr std::size_t kKeysMax = 1000;  // they are all published for ever
constexpr core::Duration kLookAfter = std::chrono::seconds(5);

core::Result<LogKeyFile> load_key(const std::string& folder, const std::string& name) {
  const auto path = fmt::format("{}/{}", folder, name);
  const auto signs_from = moment_of_dated_file(name, kPrefix);
  if (!signs_from) {
    return fail(ErrorCode::kInternal, "key.malformed",
                fmt::format("{} must be called {}YYYYMMDDThhmmssZ.pem", path, kPrefix));
  }
  TRY(const auto pem, crypto::read_private_file(path, kPemBytesMax));
  auto key = crypto::Ed25519PrivateKey::from_pkcs8_pem(pem);
  if (!key) {
    return fail(ErrorCode::kInternal, "key.malformed",
                path + " must hold one Ed25519 private key (PKCS#8, PEM): " + key.error().reason);
  }
  return LogKeyFile{*signs_from, std::move(*key)};
}

}  // namespace

core::Result<std::vector<LogKeyFile>> load_log_keys(const std::string& folder) {
  TRY(const auto names, dated_file_names(folder, kPrefix, kKeysMax));
  std::vector<LogKeyFile> keys;
  for (const auto& name : names) {
    TRY(auto key, load_key(folder, name));
    keys.push_back(std::move(key));
  }
  return keys;
}

core::Result<LogKeyFile> create_log_key(const std::string& folder, core::Instant from,
                                        core::Rng& rng) {
  LogKeyFile file{core::Instant::from_seconds(from.seconds()),
                  crypto::Ed25519PrivateKey::generate(rng)};
  const auto path = fmt::format("{}/{}", folder, dated_file_name(kPrefix, file.signs_from));
  TRY_VOID(crypto::create_private_file(path, file.key.to_pkcs8_pem().reveal()));
  return file;
}

core::Result<std::unique_ptr<LogKeyFiles>> LogKeyFiles::open(std::string folder, std::string origin,
                                                             core::Instant now, core::Rng& rng) {
  if (!audit::is_key_name(origin)) return fail(ErrorCode::kInvalidInput, "key.origin", origin);
  TRY(auto keys, load_log_keys(folder));
  if (keys.empty()) {
    TRY(auto first, create_log_key(folder, now, rng));
    keys.push_back(std::move(first));
  }
  std::unique_ptr<LogKeyFiles> files(new LogKeyFiles(std::move(folder), std::move(origin)));
  files->keys_ = std::move(keys);
  files->looked_at_ = now;
  return files;
}

void LogKeyFiles::refresh(core::Instant now) {
  const auto age = now - looked_at_;
  if (age >= core::Duration(0) && age < kLookAfter) return;
  looked_at_ = now;
  if (auto keys = load_log_keys(folder_); keys && !keys->empty()) keys_ = std::move(*keys);
}

core::Result<std::vector<audit::NoteSignature>> LogKeyFiles::sign(std::string_view text,
                                                                  core::Instant now) {
  const std::lock_guard lock(mutex_);
  refresh(now);
  const auto later = std::find_if(keys_.begin(), keys_.end(),
                                  [&](const auto& one) { return one.signs_from > now; });
  if (later == keys_.begin()) return fail(ErrorCode::kUnavailable, "log.no_key");
  const auto newest = std::prev(later);
  std::vector<audit::NoteSignature> lines;
  if (newest != keys_.begin() && now < newest->signs_from + kLogKeyOverlap) {
    lines.push_back(audit::sign_note(text, origin_, std::prev(newest)->key));
  }
  lines.push_back(audit::sign_note(text, origin_, newest->key));
  return lines;
}

std::vector<audit::NoteVerifier> LogKeyFiles::published(core::Instant now) {
  const std::lock_guard lock(mutex_);
  refresh(now);
  std::vector<audit::NoteVerifier> verifiers;
  for (const auto& one : keys_) {
    verifiers.emplace_back(origin_, audit::NoteKeyType::kEd25519, one.key.public_key());
  }
  return verifiers;
}

std::vector<core::Instant> LogKeyFiles::beginnings(core::Instant now) {
  const std::lock_guard lock(mutex_);
  refresh(now);
  std::vector<core::Instant> moments;
  for (const auto& one : keys_) moments.push_back(one.signs_from);
  return moments;
}

}  // namespace app
