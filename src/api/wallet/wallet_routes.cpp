#include "api/route_maker.h"
#include "api/wallet/wallet_api.h"

namespace api {

std::vector<http::Route> WalletApi::routes() {
  const RouteMaker<WalletApi> route(this);
  using Api = WalletApi;
  using http::Method;
  constexpr auto kPublic = http::AuthPolicy::kPublic;
  constexpr auto kSession = http::AuthPolicy::kSession;
  std::vector<http::Route> routes{
      route({Method::kGet, "/api/v1/documents", "listDocuments", kSession, kReading},
            &Api::list_documents),
      route({Method::kPost, "/api/v1/documents", "requestDocuments", kSession, kWriting},
            &Api::request_documents),
      route({Method::kPost, "/api/v1/documents/{kind}/refresh", "refreshDocument", kSession,
             kWriting},
            &Api::refresh_document),
      route({Method::kDelete, "/api/v1/documents/{kind}", "removeDocument", kSession, kWriting},
            &Api::remove_document),
      route(
          {Method::kGet, "/api/v1/documents/passport/portrait", "getPortrait", kSession, kReading},
          &Api::portrait),
      route({Method::kGet, "/api/v1/digital-id", "getDigitalId", kSession, kReading},
            &Api::digital_id),
      route({Method::kPost, "/api/v1/digital-id/challenge", "startDeviceProof", kSession, kWriting},
            &Api::device_challenge),
      route({Method::kPost, "/api/v1/digital-id/devices", "registerDevice", kSession, kWriting},
            &Api::register_device),
      route({Method::kDelete, "/api/v1/digital-id/devices/{device_id}", "removeDevice", kSession,
             kWriting},
            &Api::remove_device),
      route({Method::kPost, "/api/v1/digital-id/attestations", "issueAttestations", kSession,
             kWriting},
            &Api::issue_attestations),
      route({Method::kPost, "/api/v1/digital-id/verify", "verifyCodes", kPublic, kChecking},
            &Api::verify_codes),
      route({Method::kPost, "/api/v1/digital-id/portrait", "showPortrait", kPublic, kChecking},
            &Api::show_portrait),
      route({Method::kGet, "/.well-known/beresta-trust", "getTrustList", kPublic, kReading},
            &Api::trust_list),
  };
  for (auto& made : routes) {
    if (made.operation_id == "verifyCodes") made.body_bytes_max = kBatchBodyBytesMax;
  }
  return routes;
}

}  // namespace api
