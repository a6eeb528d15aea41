#include "openid/device/device_service.h"

#include "codec/base64url.h"
#include "crypto/digest.h"
#include "openid/device/device_store.h"
#include "openid/token/token.h"

namespace openid {
namespace {

using core::ErrorCode;
using core::fail;

// Consonants only: no words, nothing that looks like a digit. 20^8 codes, of which few live.
constexpr std::string_view kAlphabet = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::size_t kCodeLetters = 8;
constexpr std::size_t kTypedBytesMax = 32;

auto refuse(std::string_view what) {
  return fail(ErrorCode::kInvalidInput, "oauth." + std::string(what));
}

std::string make_letters(core::Rng& rng) {
  std::string letters;
  for (std::size_t i = 0; i < kCodeLetters; ++i) {
    letters += kAlphabet[core::random_below(rng, kAlphabet.size())];
  }
  return letters;
}

/// What was typed, without the dash, spaces and small letters people put in.
std::string normalise(std::string_view typed) {
  std::string letters;
  if (typed.size() > kTypedBytesMax) return letters;
  for (const char c : typed) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (kAlphabet.find(upper) != std::string_view::npos) letters += upper;
  }
  return letters;
}

std::int64_t seconds_of(core::Duration duration) {
  return std::chrono::duration_cast<std::chrono::seconds>(duration).count();
}

}  // namespace

core::Bytes DeviceService::tag_of(std::string_view user_code) const {
  return core::to_bytes(crypto::hmac_sha256(code_key_.reveal(), core::as_bytes(user_code)));
}

core::Result<DeviceStart> DeviceService::start(const RelyingParty& party, std::string_view scope,
                                               core::Instant now) {
  if (!party.device_grant) return refuse("unauthorized_client");
  const auto request = parse_scope_request(scope, party, now);
  if (!request) {
    if (!request.error().excess.empty()) {
      TRY_VOID(ports_.parties.note_excess(party.client_id, request.error().excess, now));
    }
    return fail(request.error().error);
  }
  auto token = make_token(now + kLife, ports_.rng);
  const auto letters = make_letters(ports_.rng);
  const sql::DeviceRow row{.key = token.key,
                           .client_id = party.client_id,
                           .scope = std::string(scope),
                           .state = "pending",
                           .polled_at = {},
                           .citizen_id = {},
                           .session_id = {},
                           .facts = {}};
  TRY_VOID(ports_.data.write(
      [&](store::UnitOfWork& unit) { return sql::insert_device(unit, row, tag_of(letters)); }));
  return DeviceStart{std::move(token.text), letters.substr(0, 4) + "-" + letters.substr(4),
                     seconds_of(kLife), seconds_of(kInterval)};
}

core::Result<std::string> DeviceService::open(std::string_view user_code, core::Instant now) {
  const auto unknown = [] { return fail(ErrorCode::kNotFound, "device.code_unknown"); };
  const auto letters = normalise(user_code);
  if (letters.size() != kCodeLetters) return unknown();
  TRY(const auto row, ports_.data.read([&](store::UnitOfWork& unit) {
    return sql::find_device_by_code(unit, tag_of(letters));
  }));
  if (!row || row->state != "pending" || expiry_of(row->key) <= now) return unknown();
  const auto party = ports_.parties.get(row->client_id, now);
  if (!party || (*party)->disabled) return unknown();
  auto request = parse_scope_request(row->scope, **party, now);
  if (!request) return unknown();
  request->device_key = codec::to_base64url(row->key);
  return ports_.authorizations.keep(*request, now);
}

core::Result<TokenAnswer> DeviceService::poll(const RelyingParty& party,
                                              std::string_view device_code, std::string_view jkt,
                                              core::Instant now) {
  const auto key = find_token_key(device_code, now);
  if (!key) return refuse("expired_token");
  TRY(const auto row,
      ports_.data.read([&](store::UnitOfWork& unit) { return sql::find_device(unit, *key); }));
  if (!row || row->client_id != party.client_id) return refuse("invalid_grant.device_code_unknown");
  if (row->state == "refused") return refuse("access_denied");
  if (row->state == "taken") return refuse("invalid_grant.device_code_used");
  if (row->state == "pending") {
    const bool early = row->polled_at && *row->polled_at + kInterval > now;
    TRY_VOID(ports_.data.write(
        [&](store::UnitOfWork& unit) { return sql::note_poll(unit, *key, now); }));
    return refuse(early ? "slow_down" : "authorization_pending");
  }
  TRY(const bool first, ports_.data.write([&](store::UnitOfWork& unit) {
    return sql::move_device(unit, *key, "agreed", "taken");
  }));
  if (!first) return refuse("invalid_grant.device_code_used");
  return ports_.tokens.begin_family(party,
                                    {.citizen_id = *row->citizen_id,
                                     .family_id = FamilyId::make(now, ports_.rng),
                                     .client_id = row->client_id,
                                     .session_id = row->session_id,
                                     .facts = row->facts,
                                     .started_at = now,
                                     .expires_at = now + TokenService::kFamilyLife},
                                    jkt, now);
}

core::Status DeviceService::decide(store::UnitOfWork& unit, std::string_view device_key,
                                   const SignedIn* who, const std::optional<std::string>& facts) {
  TRY(const auto key, codec::from_base64url(device_key));
  TRY(const bool moved,
      sql::move_device(unit, key, "pending", who == nullptr ? "refused" : "agreed"));
  if (!moved) return fail(ErrorCode::kNotFound, "device.code_unknown");
  if (who == nullptr) return {};
  return sql::put_device_facts(unit, {.key = key,
                                      .client_id = {},
                                      .scope = {},
                                      .state = {},
                                      .polled_at = {},
                                      .citizen_id = who->citizen_id,
                                      .session_id = who->session_id,
                                      .facts = facts.value_or("")});
}

core::Status DeviceService::purge(core::Instant now) {
  return ports_.data.write([&](store::UnitOfWork& unit) { return sql::purge_devices(unit, now); });
}

}  // namespace openid
