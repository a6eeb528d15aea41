// ProcessingParts: the register of processing at work: published for everybody, applied to one
// person, and carried out when terms end. Safe from any thread; what it is made of must outlive it.
#pragma once

#include "api/privacy/my_data_api.h"
#include "api/privacy/processing_api.h"
#include "app/adapters/live_parties.h"
#include "privacy/processing/history_steps.h"
#include "privacy/processing/retention_steps.h"

namespace app {

struct Foundation;

class ProcessingParts {
 public:
  /// Takes the register out of the ground.
  /// @param inactive_after  silence after which accounts close; zero = never.
  ProcessingParts(Foundation& ground, vault::Vault& vault, openid::PartyService& parties,
                  core::Duration inactive_after);

  [[nodiscard]] std::vector<http::Route> routes();
  [[nodiscard]] privacy::MyDataService& my_data() { return my_data_; }
  [[nodiscard]] privacy::RetentionService& retention() { return retention_; }

 private:
  RegisteredParties parties_;
  privacy::ProcessingService service_;
  privacy::MyDataService my_data_;
  privacy::WithdrawnConsents consents_;
  privacy::FollowedAcceptances acceptances_;
  privacy::KeptConsents kept_;
  privacy::ClosedRequests requests_;
  privacy::PastOperations operations_;
  privacy::PastAccesses accesses_;
  privacy::PastEntries entries_;
  privacy::RetentionService retention_;
  api::ProcessingApi api_;
  api::MyDataApi my_data_api_;
};

}  // namespace app
