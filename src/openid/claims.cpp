#include "openid/claims.h"

#include <array>

namespace openid {
namespace {

struct CatalogueEntry {
  std::string_view claim;
  std::string_view scope;
};
constexpr std::array kCatalogue{
    CatalogueEntry{"family_name", "profile"}, CatalogueEntry{"given_name", "profile"},
    CatalogueEntry{"middle_name", "profile"}, CatalogueEntry{"birthdate", "profile"},
    CatalogueEntry{"gender", "profile"},      CatalogueEntry{"phone_number", "phone"},
    CatalogueEntry{"email", "email"},         CatalogueEntry{"address", "address"},
    CatalogueEntry{"snils", "snils"},         CatalogueEntry{"inn", "inn"},
    CatalogueEntry{"id_doc", "id_doc"},
};

}  // namespace

const Texts& all_claims() {
  static const Texts kAll = [] {
    Texts all;
    for (const auto& entry : kCatalogue) all.emplace_back(entry.claim);
    return all;
  }();
  return kAll;
}

const Texts& claim_scopes() {
  static const Texts kScopes = [] {
    Texts scopes;
    for (const auto& entry : kCatalogue) {
      if (!has(scopes, entry.scope)) scopes.emplace_back(entry.scope);
    }
    return scopes;
  }();
  return kScopes;
}

Texts claims_of_scope(std::string_view scope) {
  Texts claims;
  for (const auto& entry : kCatalogue) {
    if (entry.scope == scope) claims.emplace_back(entry.claim);
  }
  return claims;
}

}  // namespace openid
