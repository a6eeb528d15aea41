// Handlers of "my requests": a person asks about their own data and watches the clock. Safe from
// any thread; the services must outlive the routes.
#pragma once

#include <string>
#include <vector>

#include "http/route.h"
#include "privacy/processing/my_data_service.h"
#include "privacy/request/block_service.h"
#include "privacy/request/data_copy_service.h"
#include "privacy/request/evidence.h"
#include "privacy/request/request_letter.h"
#include "privacy/request/request_service.h"

namespace api {

struct RequestsServices {
  privacy::RequestService& requests;
  privacy::DataCopyService& copies;
  privacy::BlockService& blocks;
  const privacy::EditionLibrary& editions;
  privacy::EvidenceSigner& signer;
};

/// Whose platform this is, as letters name it.
struct LetterHead {
  std::string installation;
  std::string public_url;
  int utc_offset_minutes = 0;  ///< of the region
  privacy::ProviderNames providers = {};
};

class RequestsApi {
 public:
  RequestsApi(RequestsServices services, LetterHead head)
      : services_(services), head_(std::move(head)) {}

  /// Before the first request: what is held about a person besides records of the vault.
  void plug(privacy::MyDataService& my_data) { my_data_ = &my_data; }
  /// The part of the route table; handlers hold a pointer to this object.
  [[nodiscard]] std::vector<http::Route> routes();

 private:
  using Answer = core::Result<http::Response>;
  [[nodiscard]] Answer list(const http::Request& request);
  [[nodiscard]] Answer create(const http::Request& request);
  [[nodiscard]] Answer get(const http::Request& request);
  [[nodiscard]] Answer withdraw(const http::Request& request);
  [[nodiscard]] Answer data(const http::Request& request);
  [[nodiscard]] Answer list_blocks(const http::Request& request);
  [[nodiscard]] Answer block(const http::Request& request);
  [[nodiscard]] Answer lift_block(const http::Request& request);
  [[nodiscard]] Answer letter(const http::Request& request);
  [[nodiscard]] Answer evidence(const http::Request& request);
  [[nodiscard]] core::Result<privacy::RequestFile> mine(const http::Request& request);
  [[nodiscard]] privacy::LetterParts parts_of(const privacy::RequestFile& file,
                                              const http::Request& request) const;

  RequestsServices services_;
  LetterHead head_;
  privacy::MyDataService* my_data_ = nullptr;
};

}  // namespace api
