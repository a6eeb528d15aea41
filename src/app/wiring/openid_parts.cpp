#include "app/wiring/openid_parts.h"

namespace app {
namespace {

/// A party that takes longer is tried again later.
http::ClientConfig logout_client() {
  http::ClientConfig config;
  config.total_timeout = std::chrono::seconds(5);
  config.response_bytes_max = 16UL * 1024;
  return config;
}

}  // namespace

OpenidParts::OpenidParts(OpenidGround ground, std::unique_ptr<OpenidKeys> keys,
                         const std::string& public_url)
    : keys_(std::move(keys)),
      claims_(ground.vault),
      sign_ins_(ground.assurance),
      document_client_(FetchedPartyDocuments::bounds()),
      documents_(document_client_, public_url),
      parties_(ground.data, documents_, ground.rng, ground.root.derive("client_secret")),
      tokens_({ground.data, claims_, *keys_, ground.rng}, {public_url},
              ground.root.derive("pairwise_sub")),
      authorizations_({ground.data, parties_, claims_, ground.rng}, {public_url}),
      connections_(ground.data, parties_, ground.rng),
      devices_({ground.data, parties_, authorizations_, tokens_, ground.rng},
               ground.root.derive("device_user_code")),
      client_(logout_client()),
      sender_(client_),
      logouts_({ground.data, parties_, tokens_, *keys_, sender_, ground.rng}, {public_url}),
      endings_(logouts_),
      staff_(ground.data),
      endpoints_({parties_, authorizations_, tokens_, devices_, logouts_, *keys_, {public_url}}),
      connections_api_({authorizations_, connections_, sign_ins_, devices_, logouts_}),
      parties_api_({parties_, staff_}) {
  authorizations_.plug_devices(devices_);
}

std::vector<http::Route> OpenidParts::routes() {
  auto routes = endpoints_.routes();
  for (auto part : {connections_api_.routes(), parties_api_.routes()}) {
    for (auto& route : part) routes.push_back(std::move(route));
  }
  return routes;
}

core::Status OpenidParts::purge(core::Instant now) {
  TRY_VOID(devices_.purge(now));
  return tokens_.purge(now);
}

}  // namespace app
