// Handlers of documents, Digital ID and checking. Each parses, calls one service and renders. Safe
// from any thread; the services must outlive the routes.
#pragma once

#include <vector>

#include "codec/json.h"
#include "http/route.h"
#include "privacy/service.h"
#include "wallet/digital_id_service.h"
#include "wallet/document_service.h"
#include "wallet/trust_authority.h"
#include "wallet/verification_service.h"

namespace api {

struct WalletServices {
  wallet::DocumentService& documents;
  wallet::DigitalIdService& digital_id;
  wallet::VerificationService& verification;
  const wallet::TrustAuthority& trust;
  privacy::PrivacyService& privacy;
};

class WalletApi {
 public:
  explicit WalletApi(WalletServices services) : services_(services) {}

  /// The room's part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer list_documents(const http::Request& request);
  [[nodiscard]] Answer request_documents(const http::Request& request);
  [[nodiscard]] Answer refresh_document(const http::Request& request);
  [[nodiscard]] Answer remove_document(const http::Request& request);
  [[nodiscard]] Answer portrait(const http::Request& request);
  [[nodiscard]] Answer digital_id(const http::Request& request);
  [[nodiscard]] Answer device_challenge(const http::Request& request);
  [[nodiscard]] Answer register_device(const http::Request& request);
  [[nodiscard]] Answer remove_device(const http::Request& request);
  [[nodiscard]] Answer issue_attestations(const http::Request& request);
  [[nodiscard]] Answer verify_codes(const http::Request& request);
  [[nodiscard]] Answer show_portrait(const http::Request& request);
  [[nodiscard]] Answer trust_list(const http::Request& request);
  [[nodiscard]] core::Result<codec::JsonObject> document_list(const core::CitizenId& id,
                                                              core::Instant now);

  WalletServices services_;
};

}  // namespace api
