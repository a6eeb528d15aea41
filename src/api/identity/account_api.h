// Handlers of an account's life: taking it along, leaving it, and what a receipt number tells
// afterwards. Each parses, calls one service and renders. Safe from any thread; the services must
// outlive the routes.
#pragma once

#include <string>
#include <vector>

#include "http/route.h"
#include "identity/account/deletion_service.h"
#include "identity/account/export_service.h"

namespace api {

struct AccountServices {
  identity::DeletionService& deletions;
  identity::ExportService& exports;
  identity::ChallengeService& challenges;  ///< names the browser
  std::string installation;                ///< its name
  int utc_offset_minutes = 0;              ///< of the region
};

class AccountApi {
 public:
  explicit AccountApi(AccountServices services) : services_(std::move(services)) {}

  /// The routes; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer export_account(const http::Request& request);
  [[nodiscard]] Answer written(const codec::JsonObject& all, std::string_view format,
                               const http::Request& request) const;
  [[nodiscard]] Answer deletion(const http::Request& request);
  [[nodiscard]] Answer ask_deletion(const http::Request& request);
  [[nodiscard]] Answer prepare_deletion_work(const http::Request& request);
  [[nodiscard]] Answer confirm_deletion(const http::Request& request);
  [[nodiscard]] Answer cancel_deletion(const http::Request& request);
  [[nodiscard]] Answer look_up_receipt(const http::Request& request);

  AccountServices services_;
};

}  // namespace api
