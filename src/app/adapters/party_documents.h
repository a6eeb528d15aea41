// What relying parties keep at addresses of their own, over the http client: https alone, unless
// this installation itself is one of plain http (tests, a demonstration). Safe from any thread; the
// client must outlive it.
#pragma once

#include "http/client.h"
#include "openid/client/party_documents.h"

namespace app {

class FetchedPartyDocuments final : public openid::PartyDocuments {
 public:
  FetchedPartyDocuments(http::HttpCaller& client, const std::string& public_url)
      : client_(client), plain_allowed_(public_url.starts_with("http://")) {}

  [[nodiscard]] core::Result<std::string> fetch(const std::string& url) override;

  /// A client with the bounds of these documents.
  [[nodiscard]] static http::ClientConfig bounds();

 private:
  http::HttpCaller& client_;
  bool plain_allowed_;
};

}  // namespace app
