#include "app/wiring/esia_parts.h"

#include "app/keys/esia_keys.h"

namespace app {
namespace {

http::ClientConfig calls_of(const EsiaSettings& settings) {
  http::ClientConfig calls;
  calls.total_timeout = settings.timeout;
  calls.ca_file = settings.ca_file;
  return calls;
}

edges::esia::EsiaConfig config_of(const EsiaSettings& settings) {
  edges::esia::EsiaConfig esia;
  esia.scheme = settings.scheme == "v1" ? edges::esia::Scheme::kV1 : edges::esia::Scheme::kV2;
  esia.base_url = settings.base_url;
  esia.issuer = settings.issuer;
  esia.client_id = settings.client_id;
  esia.redirect_uri = settings.redirect_uri;
  esia.scopes = settings.scopes;
  esia.org_scopes = settings.org_scopes;
  esia.paths = edges::esia::EsiaPaths::of(esia.scheme);
  if (!settings.authorize_path.empty()) esia.paths.authorize = settings.authorize_path;
  if (!settings.token_path.empty()) esia.paths.token = settings.token_path;
  esia.embed = settings.embed == "yes";
  esia.pkce = settings.pkce == "yes";
  esia.call_timeout = settings.timeout;
  return esia;
}

}  // namespace

EsiaParts::EsiaParts(const Config& config, edges::esia::ClientSigner signer,
                     std::vector<crypto::Certificate> certificates, core::Rng& rng)
    : http_(calls_of(*config.esia)),
      client_(config_of(*config.esia), std::move(signer), std::move(certificates), http_, rng),
      provider_(client_, config.esia->issuer, config.server.public_url + "/") {}

core::Result<std::unique_ptr<EsiaParts>> EsiaParts::make(const Config& config, core::Rng& rng) {
  if (!config.esia) return std::unique_ptr<EsiaParts>();
  TRY(auto signer, load_esia_signer(*config.esia));
  TRY(auto certificates, load_esia_certificates(config.esia->esia_certificate));
  return std::unique_ptr<EsiaParts>(
      new EsiaParts(config, std::move(signer), std::move(certificates), rng));
}

}  // namespace app
