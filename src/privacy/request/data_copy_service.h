// DataCopyService: what the platform holds about somebody, as one JSON object for the person
// themselves or for the officer who answers them. Made in memory for one answer and never stored.
// Safe from any thread.
#pragma once

#include "codec/json.h"
#include "core/result.h"
#include "privacy/service.h"
#include "store/database.h"
#include "vault/vault.h"

namespace privacy {

struct CopyRequest {
  core::CitizenId citizen_id;
  vault::Purpose purpose = vault::Purpose::kShowToCitizen;
  vault::Actor actor = vault::Actor::citizen();
  core::Instant now;
};

class DataCopyService {
 public:
  /// Newest accesses by others that are listed at most.
  static constexpr int kAccessesMax = 200;

  DataCopyService(store::Database& data, vault::Vault& vault, PrivacyService& privacy)
      : data_(data), vault_(vault), privacy_(privacy) {}

  /// {made_at, records: [{category, name, value, source, level, since}], consents: [...],
  /// accesses: [{at, actor, purpose, category}]}. A value that is no text is base64url, with
  /// "encoding". Errors: those of Vault::open.
  [[nodiscard]] core::Result<codec::JsonObject> make(const CopyRequest& request);

 private:
  store::Database& data_;
  vault::Vault& vault_;
  PrivacyService& privacy_;
};

}  // namespace privacy
