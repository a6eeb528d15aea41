#include "app/adapters/oidc_provider.h"

#include <array>
#include <utility>

#include "codec/identifiers.h"
#include "core/instant.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kClaimBytesMax = 200;

// Claim of the provider -> name of the attribute in the vault.
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kClaims{{
    {"family_name", "family_name"},
    {"given_name", "given_name"},
    {"middle_name", "middle_name"},
    {"birthdate", "birth_date"},
    {"gender", "sex"},
    {"snils", "snils"},
    {"inn", "inn"},
}};

/// The value as it is kept, or empty when the claim does not hold what its name says.
std::string normalise(std::string_view name, std::string_view text) {
  if (name == "snils") {
    const auto snils = codec::Snils::parse(text);
    return snils ? snils->digits() : std::string();
  }
  if (name == "inn") {
    const auto inn = codec::Inn12::parse(text);
    return inn ? inn->digits() : std::string();
  }
  if (name == "birth_date") {
    const auto date = core::Date::parse(text);
    return date ? date->to_string() : std::string();
  }
  if (name == "sex") {
    if (text == "female") return "F";
    return text == "male" ? "M" : std::string();
  }
  return std::string(text);
}

core::Error translate(const core::Error& error) {
  if (error.reason == "oidc.access_denied") {
    return {ErrorCode::kForbidden, "provider.refused_by_person", {}};
  }
  if (error.code == ErrorCode::kUnavailable) {
    return {ErrorCode::kUnavailable, "provider.unavailable", error.reason + " " + error.detail};
  }
  return {ErrorCode::kForbidden, "provider.refused_token", error.reason + " " + error.detail};
}

}  // namespace

core::Result<identity::ProviderDeparture> OidcProvider::begin(std::string_view language,
                                                              core::Instant now) {
  auto pending = party_.start(language, now);
  if (!pending) return fail(translate(pending.error()));
  return identity::ProviderDeparture{pending->authorization_url, pending->state, pending->nonce,
                                     pending->code_verifier};
}

core::Result<identity::ProvenIdentity> OidcProvider::redeem(
    const identity::ProviderReturn& back, const identity::ProviderDeparture& departure,
    core::Instant now) {
  const edges::oidc::PendingSignIn pending{.authorization_url = {},
                                           .state = departure.state,
                                           .nonce = departure.nonce,
                                           .code_verifier = departure.code_verifier};
  const auto signed_in = party_.finish({back.code, back.state, back.iss, back.error}, pending, now);
  if (!signed_in) return fail(translate(signed_in.error()));
  identity::ProvenIdentity proven;
  proven.subject = core::Secret<std::string>(signed_in->issuer + "|" + signed_in->sub);
  const auto* trusted = signed_in->claims.if_contains(trusted_claim_);
  proven.trusted = trusted != nullptr && trusted->is_bool() && trusted->as_bool();
  for (const auto& [claim, name] : kClaims) {
    const auto* value = signed_in->claims.if_contains(claim);
    if (value == nullptr || !value->is_string() || value->as_string().size() > kClaimBytesMax) {
      continue;
    }
    auto kept = normalise(name, value->as_string());
    if (kept.empty()) continue;
    proven.attributes.push_back({std::string(name), core::Secret<std::string>(std::move(kept))});
  }
  return proven;
}

}  // namespace app
