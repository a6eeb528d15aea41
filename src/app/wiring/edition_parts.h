// EditionParts: the public documents as people meet them: registration's papers, what waits to be
// accepted, the pages. Safe from any thread; what it is made of must outlive it.
#pragma once

#include "api/privacy/edition_api.h"
#include "app/adapters/room_bridges.h"

namespace app {

class EditionParts {
 public:
  EditionParts(store::Database& data, const privacy::EditionLibrary& library,
               privacy::PrivacyService& privacy, core::Rng& rng)
      : service_(data, library, rng), papers_(privacy), api_(service_) {}

  [[nodiscard]] privacy::EditionService& service() { return service_; }
  [[nodiscard]] PrivacyPapers& papers() { return papers_; }
  [[nodiscard]] std::vector<http::Route> routes() { return api_.routes(); }

 private:
  privacy::EditionService service_;
  PrivacyPapers papers_;
  api::EditionApi api_;
};

}  // namespace app
