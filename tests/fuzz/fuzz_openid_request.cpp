#include "fuzz/fuzz_target.h"
#include "http/parameters.h"
#include "openid/authorization/authorization_request.h"
#include "openid/authorization/redirect.h"
#include "openid/claims.h"
#include "openid/client/redirect_uri.h"

namespace {

openid::RelyingParty party_of(openid::ClientAuth auth) {
  openid::RelyingParty party;
  party.client_id = "a-party";
  party.auth = auth;
  party.redirect_uris = {"https://a.example/cb", "http://127.0.0.1/cb", "org.example:/cb"};
  party.claims = {"given_name", "phone_number"};
  party.offline_access = true;
  return party;
}

bool subset(const openid::Texts& texts, const openid::Texts& of) {
  return std::all_of(texts.begin(), texts.end(),
                     [&](const auto& text) { return openid::has(of, text); });
}

// An address that is not one of the three may only be the loopback one with a port put in.
void check_address(const openid::RelyingParty& party, const openid::Parameters& parameters) {
  const auto checked = openid::check_redirect_uri(parameters, party);
  if (!checked || openid::has(party.redirect_uris, *checked)) return;
  CORE_ASSERT(party.auth == openid::ClientAuth::kNone);
  CORE_ASSERT(checked->starts_with("http://127.0.0.1:") && checked->ends_with("/cb"));
  const auto port = std::string_view(*checked).substr(17, checked->size() - 20);
  CORE_ASSERT(!port.empty() && port.size() <= 5);
  CORE_ASSERT(port.find_first_not_of("0123456789") == std::string_view::npos);
}

void check_request(const openid::RelyingParty& party, const openid::Parameters& parameters) {
  const auto now = core::Instant::from_seconds(1'800'000'000);
  const auto request = openid::parse_authorization_request(parameters, party, now);
  if (!request) {
    CORE_ASSERT(request.error().error.reason.starts_with("oauth."));
    CORE_ASSERT(request.error().excess.size() <= 64);
    return;
  }
  // Whatever was sent, no more than the registration comes out, and only with S256.
  CORE_ASSERT(subset(request->all_claims(), party.claims));
  CORE_ASSERT(request->wants("openid") && request->code_challenge.size() == 43);
  CORE_ASSERT(request->state.size() <= openid::kStateBytesMax);
  const auto text = openid::to_text(*request);
  const auto again = openid::request_from_text(text);
  CORE_ASSERT(again && openid::to_text(*again) == text);
  // What is sent back in a redirect reads as it was sent in.
  const auto back = openid::with_query("https://a.example/cb", {{"state", request->state}});
  const auto read = http::Parameters::parse(std::string_view(back).substr(20 + (back.size() > 20)));
  CORE_ASSERT(read && read->find("state").value_or("") == request->state);
}

}  // namespace

// One byte says whose request it is; the rest is the form of the authorization and pushed
// authorization endpoints, read as they read it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const auto kApp = party_of(openid::ClientAuth::kNone);
  static const auto kSite = party_of(openid::ClientAuth::kSecretBasic);
  const auto& party = data[0] == 'n' ? kApp : kSite;
  const auto text = core::as_text({data + 1, size - 1});
  const auto form = http::Parameters::parse(text);
  if (form) {
    check_address(party, form->all());
    check_request(party, form->all());
  }
  check_address(party, {{"redirect_uri", std::string(text)}});
  if (openid::check_registered_uri(text, true)) CORE_ASSERT(text.size() <= openid::kUriBytesMax);
  (void)openid::request_from_text(text);
  return 0;
}
