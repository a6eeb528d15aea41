// The OpenID room on real databases, with claims, documents and a session that a test scripts. For
// tests only.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "audit/testing/databases.h"
#include "codec/base64url.h"
#include "crypto/digest.h"
#include "openid/authorization/authorization_service.h"
#include "openid/client/party_service.h"
#include "openid/device/device_service.h"
#include "openid/logout/logout_service.h"
#include "openid/token/token_service.h"

namespace world {

inline constexpr std::string_view kIssuer = "https://id.example";
inline constexpr std::string_view kCallback = "https://shop.example/cb";
inline constexpr std::string_view kVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
inline constexpr std::string_view kChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A registration that works, with `changes` over it.
inline codec::JsonObject registration(const codec::JsonObject& changes = {}) {
  codec::JsonObject json{{"name_ru", "Магазин"},
                         {"name_en", "Shop"},
                         {"purpose_ru", "Вход"},
                         {"purpose_en", "Sign-in"},
                         {"token_endpoint_auth_method", "client_secret_basic"},
                         {"redirect_uris", codec::JsonArray{kCallback}},
                         {"claims", codec::JsonArray{"given_name", "phone_number"}}};
  for (const auto& [name, value] : changes) {
    if (value.is_null()) {
      json.erase(name);
    } else {
      json[name] = value;
    }
  }
  return json;
}

/// An authorization request that works, with `changes` over it; "" takes a parameter away.
inline openid::Parameters parameters(const std::map<std::string, std::string>& changes = {}) {
  std::map<std::string, std::string> all{{"response_type", "code"},
                                         {"client_id", "shop"},
                                         {"redirect_uri", std::string(kCallback)},
                                         {"scope", "openid profile"},
                                         {"state", "s"},
                                         {"nonce", "n"},
                                         {"code_challenge", std::string(kChallenge)},
                                         {"code_challenge_method", "S256"}};
  for (const auto& [name, value] : changes) all[name] = value;
  return {all.begin(), all.end()};
}

/// Claims by hand; counts the readings by parties.
class HandClaims final : public openid::ClaimsSource {
 public:
  core::Result<openid::ClaimValues> preview(const core::CitizenId& /*id*/,
                                            const openid::Texts& claims,
                                            core::Instant /*now*/) override {
    return values(claims);
  }
  core::Result<openid::ClaimValues> release(const core::CitizenId& /*id*/,
                                            std::string_view /*client_id*/,
                                            const openid::Texts& claims,
                                            core::Instant /*now*/) override {
    ++released;
    return values(claims);
  }
  void release_later(const core::CitizenId& id, std::string_view client_id,
                     const openid::Texts& claims, core::Instant now,
                     openid::Released done) override {
    done([read = release(id, client_id, claims, now).value()] { return read; });
  }

  int released = 0;

 private:
  static openid::ClaimValues values(const openid::Texts& claims) {
    openid::ClaimValues all;
    for (const auto& claim : claims) {
      all.push_back({claim, core::Secret<std::string>("\"" + claim + " of somebody\"")});
    }
    return all;
  }
};

class HandKeys final : public openid::SigningKeys {
 public:
  explicit HandKeys(core::Rng& rng)
      : key_{.kid = "k", .key = crypto::P256PrivateKey::generate(rng), .signs_from = {}} {}
  core::Result<openid::SigningKey> current(core::Instant /*now*/) override { return key_; }
  core::Result<codec::JsonObject> published(core::Instant /*now*/) override {
    return codec::JsonObject{
        {"keys", codec::JsonArray{codec::to_jwk(key_.key.public_key(), key_.kid)}}};
  }

 private:
  openid::SigningKey key_;
};

/// Pages of parties: what is in the map answers.
class HandDocuments final : public openid::PartyDocuments {
 public:
  core::Result<std::string> fetch(const std::string& url) override {
    ++asked;
    const auto found = pages.find(url);
    if (found == pages.end()) {
      return core::fail(core::ErrorCode::kUnavailable, "client.unreachable");
    }
    return found->second;
  }

  std::map<std::string, std::string> pages;
  int asked = 0;
};

class HandSender final : public openid::LogoutSender {
 public:
  core::Result<int> post_form(const std::string& url, const openid::Parameters& form) override {
    sent.emplace_back(url, form.front().second);
    return status;
  }

  std::vector<std::pair<std::string, std::string>> sent;
  int status = 200;
};

class OpenidWorld {
 public:
  OpenidWorld() { authorizations.plug_devices(devices); }

  [[nodiscard]] openid::PartyPtr add(const codec::JsonObject& changes = {}) {
    return parties.add(registration(changes), kNow).value().party;
  }

  /// Somebody agrees to what the party asks for. @return the code.
  [[nodiscard]] std::string code_for(const openid::RelyingParty& party,
                                     std::map<std::string, std::string> changes = {}) {
    changes["client_id"] = party.client_id;
    const auto page = authorizations.begin(parameters(changes), kNow).value().location;
    const auto id = page.substr(page.find('=') + 1);
    const auto back = agree(id, kNow).value().location;
    const auto from = back.find("code=") + 5;
    return back.substr(from, back.find('&', from) - from);
  }
  /// Reads what is asked for and says yes to it.
  [[nodiscard]] core::Result<openid::Destination> agree(const std::string& id, core::Instant now) {
    TRY(const auto view, authorizations.view(id, {who}, now));
    const auto sha256 = view.document ? view.document->sha256 : std::string();
    return authorizations.decide(id, {openid::Decision::kAgree, sha256}, who, now);
  }
  [[nodiscard]] core::Result<openid::TokenAnswer> exchange(const openid::RelyingParty& party,
                                                           const std::string& code,
                                                           core::Instant now = kNow) {
    return tokens.exchange_code(party, {code, std::string(kCallback), std::string(kVerifier)}, {},
                                now);
  }
  [[nodiscard]] codec::JsonObject claims_of(std::string_view jwt) {
    const auto set = codec::JwkSet::parse(codec::to_text(keys.published(kNow).value())).value();
    return codec::verify_jws(jwt, set).value().claims;
  }
  [[nodiscard]] bool is_active(const openid::RelyingParty& party, std::string_view token,
                               core::Instant now = kNow) {
    return tokens.introspect(party, token, now).value().has_value();
  }

  Databases databases;
  HandClaims claims;
  HandKeys keys{databases.rng()};
  HandDocuments documents;
  HandSender sender;
  openid::ProviderAddress address{std::string(kIssuer)};
  openid::PartyService parties{databases.data(), documents, databases.rng(),
                               crypto::Key256::generate(databases.rng())};
  openid::TokenService tokens{{databases.data(), claims, keys, databases.rng()},
                              address,
                              crypto::Key256::generate(databases.rng())};
  openid::AuthorizationService authorizations{{databases.data(), parties, claims, databases.rng()},
                                              address};
  openid::DeviceService devices{
      {databases.data(), parties, authorizations, tokens, databases.rng()},
      crypto::Key256::generate(databases.rng())};
  openid::LogoutService logouts{{databases.data(), parties, tokens, keys, sender, databases.rng()},
                                address};
  openid::SignedIn who{.citizen_id = core::CitizenId::make(kNow, databases.rng()),
                       .session_id = core::random_bytes(databases.rng(), 16),
                       .auth_time = kNow,
                       .acr = std::string(openid::kAcrPhone),
                       .amr = {"pwd"}};
};

}  // namespace world
