#include "app/adapters/party_documents.h"

#include "codec/jose.h"

namespace app {

using core::ErrorCode;

http::ClientConfig FetchedPartyDocuments::bounds() {
  http::ClientConfig config;
  config.connect_timeout = std::chrono::seconds(2);
  config.total_timeout = std::chrono::seconds(3);
  config.response_bytes_max = codec::kJwkSetBytesMax;
  return config;
}

core::Result<std::string> FetchedPartyDocuments::fetch(const std::string& url) {
  if (!plain_allowed_ && !url.starts_with("https://")) {
    return core::fail(ErrorCode::kUnavailable, "client.url", "plain http");
  }
  TRY(auto answer, client_.call({.url = url, .fields = {{"Accept", "application/json"}}}));
  // A redirect is not followed: the address was registered, not the one it names.
  if (answer.status != 200) {
    return core::fail(ErrorCode::kUnavailable, "client.malformed",
                      "status " + std::to_string(answer.status));
  }
  return std::move(answer.body);
}

}  // namespace app
