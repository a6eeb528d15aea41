// RequestParts: people's requests about their data: the law of the jurisdiction as the privacy room
// wants it, the services and their handlers. Safe from any thread; what it is made of must outlive
// it.
#pragma once

#include <string>

#include "api/privacy/request_desk_api.h"
#include "api/privacy/requests_api.h"
#include "app/adapters/answer_notices.h"
#include "app/config/jurisdiction.h"
#include "wallet/trust_authority.h"

namespace app {

/// The jurisdiction's terms, grounds and authority.
[[nodiscard]] privacy::RequestRules request_rules(const Jurisdiction& jurisdiction);

/// Signs evidence with the issuer's key that is in force; kid is that of the trust list, in
/// base64url.
class IssuerEvidenceSigner final : public privacy::EvidenceSigner {
 public:
  explicit IssuerEvidenceSigner(const wallet::TrustAuthority& trust) : trust_(trust) {}
  [[nodiscard]] core::Result<std::string> sign(const codec::JsonObject& claims,
                                               core::Instant now) override;

 private:
  const wallet::TrustAuthority& trust_;
};

/// Codes of the Digital ID that are out already end when the data behind them are blocked.
class WalletStops final : public privacy::ProcessingStops {
 public:
  [[nodiscard]] core::Status data_blocked(store::UnitOfWork& unit,
                                          const core::CitizenId& citizen_id,
                                          core::Instant now) override;
};

class RequestParts {
 public:
  RequestParts(const Jurisdiction& jurisdiction, privacy::RequestPorts ports,
               const privacy::EditionLibrary& editions, const wallet::TrustAuthority& trust,
               const api::LetterHead& head);

  [[nodiscard]] std::vector<http::Route> routes();
  /// Before the first request.
  void plug_my_data(privacy::MyDataService& my_data) { requests_api_.plug(my_data); }
  [[nodiscard]] privacy::RequestService& requests() { return requests_; }

 private:
  privacy::RequestRules rules_;
  WalletStops stops_;
  AnswerNotices notices_;
  privacy::RequestService requests_;
  privacy::RequestDeskService desk_;
  privacy::DataCopyService copies_;
  privacy::BlockService blocks_;
  IssuerEvidenceSigner signer_;
  identity::StaffService staff_;
  api::RequestsApi requests_api_;
  api::RequestDeskApi desk_api_;
};

}  // namespace app
