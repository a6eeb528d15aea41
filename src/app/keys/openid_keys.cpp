#include "app/keys/openid_keys.h"

#include "codec/jose.h"

namespace app {
namespace {

constexpr core::Duration kLookAfter = std::chrono::seconds(5);

std::vector<openid::SigningKey> named(const std::vector<IssuerKeyFile>& files) {
  std::vector<openid::SigningKey> keys;
  for (const auto& file : files) {
    keys.push_back({codec::thumbprint(file.key.public_key()), file.key, file.not_before});
  }
  return keys;
}

}  // namespace

core::Result<std::unique_ptr<OpenidKeys>> OpenidKeys::open(std::string issuer_dir,
                                                           core::Instant now, core::Rng& rng) {
  TRY(auto files, load_openid_keys(issuer_dir));
  if (files.empty()) {
    TRY(auto first, create_openid_key(issuer_dir, now, rng));
    files.push_back(std::move(first));
  }
  std::unique_ptr<OpenidKeys> keys(new OpenidKeys(std::move(issuer_dir)));
  keys->keys_ = named(files);
  keys->looked_at_ = now;
  return keys;
}

void OpenidKeys::refresh(core::Instant now) {
  const auto age = now - looked_at_;
  if (age >= core::Duration(0) && age < kLookAfter) return;
  looked_at_ = now;
  if (const auto files = load_openid_keys(issuer_dir_); files && !files->empty()) {
    keys_ = named(*files);
  }
}

core::Result<openid::SigningKey> OpenidKeys::current(core::Instant now) {
  const std::lock_guard lock(mutex_);
  refresh(now);
  const openid::SigningKey* current = nullptr;
  for (const auto& key : keys_) {
    if (key.signs_from <= now) current = &key;
  }
  if (current == nullptr) return core::fail(core::ErrorCode::kUnavailable, "openid.no_key");
  return *current;
}

core::Result<codec::JsonObject> OpenidKeys::published(core::Instant now) {
  const std::lock_guard lock(mutex_);
  refresh(now);
  codec::JsonArray set;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const bool over = i + 1 < keys_.size() && keys_[i + 1].signs_from + kOpenidKeyTrail < now;
    if (!over) set.push_back(codec::to_jwk(keys_[i].key.public_key(), keys_[i].kid));
  }
  return codec::JsonObject{{"keys", std::move(set)}};
}

}  // namespace app
