// The REST half of EsiaClient: the person and the collections that did not come with it.
#include <algorithm>

#include "edges/esia/esia_client.h"

namespace edges::esia {
namespace {

using core::ErrorCode;
using core::fail;

constexpr int kOk = 200;
constexpr int kForbidden = 403;
constexpr int kNotFound = 404;

}  // namespace

bool EsiaClient::asks_any(std::initializer_list<std::string_view> scopes) const {
  return std::any_of(scopes.begin(), scopes.end(), [&](std::string_view scope) {
    return std::find(config_.scopes.begin(), config_.scopes.end(), scope) != config_.scopes.end();
  });
}

// Empty: no right to it, or nothing there.
core::Result<std::string> EsiaClient::get(Session& session, const std::string& url) {
  if (session.calls_left-- <= 0) return fail(ErrorCode::kUnavailable, "esia.too_many_links");
  http::ClientRequest request{.url = url};
  request.fields.emplace_back("Authorization", "Bearer " + session.access_token);
  TRY(auto response, call(std::move(request)));
  if (response.status == kForbidden || response.status == kNotFound) return std::string();
  if (response.status != kOk) return fail(parse_refusal(response.status, response.body));
  return std::move(response.body);
}

core::Result<Person> EsiaClient::person(Session& session) {
  std::string url = session.person_url;
  if (config_.embed) {
    std::string embed;
    const auto add = [&](bool asked, std::string_view name) {
      if (asked) embed.append(embed.empty() ? "" : ",").append(name).append(".elements");
    };
    add(asks_any({"contacts", "email", "mobile"}), "contacts");
    add(asks_any({"addresses"}), "addresses");
    add(asks_any({"id_doc"}), "documents");
    add(asks_any({"usr_org"}), "organizations");
    if (!embed.empty()) url.append("?embed=(").append(embed).append(")");
  }
  TRY(const auto body, get(session, url));
  if (body.empty()) return fail(ErrorCode::kUnavailable, "esia.malformed", "no person");
  TRY(auto person, parse_person(body));
  TRY_VOID(complete(session, person));
  return person;
}

core::Status EsiaClient::complete(Session& session, Person& person) {
  if (asks_any({"contacts", "email", "mobile"})) {
    TRY_VOID(fetch(session, "/ctts", &parse_contacts, person.contacts));
  }
  if (asks_any({"addresses"})) {
    TRY_VOID(fetch(session, "/addrs", &parse_addresses, person.addresses));
  }
  if (asks_any({"id_doc"})) {
    TRY_VOID(fetch(session, "/docs", &parse_documents, person.documents));
  }
  if (asks_any({"usr_org"})) {
    TRY_VOID(fetch(session, "/orgs", &parse_organizations, person.organizations));
  }
  return {};
}

template <typename T>
core::Status EsiaClient::fetch(Session& session, std::string_view path,
                               core::Result<Collection<T>> (*parse)(std::string_view),
                               std::optional<Collection<T>>& into) {
  if (!into) {
    std::string url = session.person_url + std::string(path);
    if (config_.embed) url += "?embed=(elements)";
    TRY(const auto body, get(session, url));
    if (body.empty()) return {};
    TRY(into, parse(body));
  }
  return follow(session, *into);
}

// The access token goes along with a link, so it must lead to this very ESIA: a link elsewhere
// would hand it over.
template <typename T>
core::Status EsiaClient::follow(Session& session, Collection<T>& collection) {
  const std::string home = config_.base_url + "/rs/";
  for (const auto& link : collection.links) {
    if (!link.starts_with(home) || link.find("..") != std::string::npos) {
      return fail(ErrorCode::kForbidden, "esia.foreign_link");
    }
    TRY(const auto body, get(session, link));
    if (body.empty()) continue;
    TRY(const auto element, parse_element(body));
    add_element(element, collection.elements);
  }
  collection.links.clear();
  return {};
}

}  // namespace edges::esia
