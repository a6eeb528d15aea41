#include "app/keys/key_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "app/keys/dated_files.h"
#include "crypto/private_file.h"
#include "wallet/digital_id_code.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kPemBytesMax = 4096;
constexpr std::string_view kIssuerPrefix = "issuer-";
constexpr std::string_view kOpenidPrefix = "openid-";

core::Result<crypto::P256PrivateKey> load_key(const std::string& path) {
  TRY(const auto pem, crypto::read_private_file(path, kPemBytesMax));
  auto key = crypto::P256PrivateKey::from_pkcs8_pem(pem);
  if (key) return key;
  return fail(ErrorCode::kInternal, "key.malformed",
              path + " must hold one P-256 private key (PKCS#8, PEM): " + key.error().reason);
}

core::Status save_key(const std::string& folder, std::string_view name,
                      const crypto::P256PrivateKey& key) {
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return fail(ErrorCode::kInternal, "key.not_written",
                folder + ": " + std::generic_category().message(errno));
  }
  const auto pem = key.to_pkcs8_pem();
  return crypto::create_private_file(fmt::format("{}/{}", folder, name), pem.reveal());
}

core::Result<IssuerKeyFile> load_dated_key(const std::string& issuer_dir, const std::string& name,
                                           std::string_view prefix) {
  const std::string path = fmt::format("{}/{}", issuer_dir, name);
  const auto not_before = moment_of_dated_file(name, prefix);
  if (!not_before) {
    return fail(ErrorCode::kInternal, "key.malformed",
                fmt::format("{} must be called {}YYYYMMDDThhmmssZ.pem", path, prefix));
  }
  TRY(auto key, load_key(path));
  return IssuerKeyFile{*not_before, std::move(key)};
}

core::Result<std::vector<IssuerKeyFile>> load_dated_keys(const std::string& issuer_dir,
                                                         std::string_view prefix) {
  TRY(const auto names, dated_file_names(issuer_dir, prefix, wallet::TrustList::kKeysMax));
  std::vector<IssuerKeyFile> keys;
  for (const auto& name : names) {
    TRY(auto key, load_dated_key(issuer_dir, name, prefix));
    keys.push_back(std::move(key));
  }
  return keys;
}

core::Result<IssuerKeyFile> create_dated_key(const std::string& issuer_dir, std::string_view prefix,
                                             core::Instant from, core::Rng& rng) {
  const auto not_before = core::Instant::from_seconds(from.seconds());
  IssuerKeyFile file{not_before, crypto::P256PrivateKey::generate(rng)};
  const auto name = dated_file_name(prefix, not_before);
  TRY_VOID(save_key(issuer_dir, name, file.key));
  return file;
}

}  // namespace

core::Result<crypto::P256PrivateKey> load_trust_root(const std::string& issuer_dir) {
  return load_key(fmt::format("{}/{}", issuer_dir, kTrustRootFile));
}

core::Result<std::vector<IssuerKeyFile>> load_issuer_keys(const std::string& issuer_dir) {
  TRY(auto keys, load_dated_keys(issuer_dir, kIssuerPrefix));
  if (keys.empty()) {
    return fail(ErrorCode::kNotFound, "key.file_missing", issuer_dir + "/issuer-*.pem");
  }
  return keys;
}

core::Result<std::vector<IssuerKeyFile>> load_openid_keys(const std::string& issuer_dir) {
  return load_dated_keys(issuer_dir, kOpenidPrefix);
}

core::Result<IssuerKeyFile> create_openid_key(const std::string& issuer_dir, core::Instant from,
                                              core::Rng& rng) {
  return create_dated_key(issuer_dir, kOpenidPrefix, from, rng);
}

core::Status create_trust_root(const std::string& issuer_dir, core::Rng& rng) {
  return save_key(issuer_dir, kTrustRootFile, crypto::P256PrivateKey::generate(rng));
}

core::Result<IssuerKeyFile> create_issuer_key(const std::string& issuer_dir, core::Instant now,
                                              core::Rng& rng) {
  return create_dated_key(issuer_dir, kIssuerPrefix, now, rng);
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
