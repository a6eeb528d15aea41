#include "app/adapters/esia_provider.h"

#include <utility>

namespace app {
namespace {

using core::ErrorCode;
using core::fail;
using edges::esia::Person;

core::Error translate(const core::Error& error) {
  if (error.reason == "esia.refused_by_person" || error.reason == "esia.consent_refused") {
    return {ErrorCode::kForbidden, "provider.refused_by_person", error.detail};
  }
  if (error.reason == "esia.account_unverified") {
    return {ErrorCode::kForbidden, "provider.account_not_trusted", error.detail};
  }
  const auto detail = error.reason + " " + error.detail;
  if (error.code == ErrorCode::kUnavailable) {
    return {ErrorCode::kUnavailable, "provider.unavailable", detail};
  }
  return {ErrorCode::kForbidden, "provider.refused_token", detail};
}

class Attributes {
 public:
  void add(std::string_view name, const core::Secret<std::string>& value) {
    if (value.reveal().empty()) return;
    all_.push_back({std::string(name), value});
  }
  void add(std::string_view name, std::string value) {
    add(name, core::Secret<std::string>(std::move(value)));
  }
  [[nodiscard]] std::vector<identity::ProvenAttribute> take() && { return std::move(all_); }

 private:
  std::vector<identity::ProvenAttribute> all_;
};

/// One line, as it is read out at a counter: series, number, when and by whom.
std::string document_line(const edges::esia::IdentityDocument& document) {
  auto line = document.series.reveal();
  if (!line.empty()) line += ' ';
  line += document.number.reveal();
  if (!document.issue_date.empty()) line += ", " + document.issue_date;
  if (!document.issued_by.reveal().empty()) line += ", " + document.issued_by.reveal();
  if (!document.issue_id.empty()) {
    line += ", " + document.issue_id.substr(0, 3) + "-" + document.issue_id.substr(3);
  }
  return line;
}

std::string organizations_line(const Person& person) {
  std::string line;
  if (!person.organizations) return line;
  for (const auto& organization : person.organizations->elements) {
    line += (line.empty() ? "" : "; ") + organization.name.reveal();
  }
  return line;
}

std::vector<identity::ProvenAttribute> attributes_of(const Person& person) {
  Attributes attributes;
  attributes.add("family_name", person.last_name);
  attributes.add("given_name", person.first_name);
  attributes.add("middle_name", person.middle_name);
  attributes.add("birth_date", person.birth_date);
  attributes.add("birth_place", person.birth_place);
  attributes.add("sex", person.sex);
  attributes.add("snils", person.snils);
  attributes.add("inn", person.inn);
  if (const auto* document = person.main_document()) {
    attributes.add("id_document", document_line(*document));
  }
  if (const auto* email = person.contact("EML")) attributes.add("email", email->value);
  if (const auto* mobile = person.contact("MBT")) attributes.add("mobile", mobile->value);
  if (const auto* address = person.address("PRG")) {
    attributes.add("registration_address", address->text);
  }
  if (const auto* address = person.address("PLV")) attributes.add("living_address", address->text);
  attributes.add("organizations", organizations_line(person));
  return std::move(attributes).take();
}

}  // namespace

core::Result<identity::ProviderDeparture> EsiaProvider::begin(std::string_view /*language*/,
                                                              core::Instant now) {
  auto pending = client_.begin(now);
  if (!pending) return fail(translate(pending.error()));
  return identity::ProviderDeparture{
      pending->authorization_url, pending->state, {}, pending->code_verifier};
}

core::Result<identity::ProvenIdentity> EsiaProvider::redeem(
    const identity::ProviderReturn& back, const identity::ProviderDeparture& departure,
    core::Instant now) {
  // ESIA does not name itself in its answers: one that names an issuer is another provider's.
  if (!back.iss.empty() && back.iss != issuer_) {
    return fail(ErrorCode::kForbidden, "provider.refused_token", "iss");
  }
  const edges::esia::PendingSignIn pending{
      .authorization_url = {}, .state = departure.state, .code_verifier = departure.code_verifier};
  const auto signed_in = client_.redeem({.code = back.code,
                                         .state = back.state,
                                         .error = back.error,
                                         .error_description = back.error_description},
                                        pending, now);
  if (!signed_in) {
    if (watcher_) watcher_(signed_in.error());
    return fail(translate(signed_in.error()));
  }
  return identity::ProvenIdentity{core::Secret<std::string>(issuer_ + "|" + signed_in->token.oid),
                                  signed_in->trusted(), attributes_of(signed_in->person)};
}

}  // namespace app
