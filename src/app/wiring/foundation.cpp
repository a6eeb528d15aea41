#include "app/wiring/foundation.h"

#include <functional>
#include <thread>

#include "app/config/register_config.h"
#include "app/keys/key_files.h"
#include "app/keys/root_keys.h"
#include "privacy/edition_checks.h"
#include "store/migration.h"
#include "store/storage_place.h"

namespace app {
namespace {

using Pair = std::pair<std::string, std::string>;

std::unique_ptr<http::Client> make_client(std::chrono::milliseconds timeout,
                                          const std::string& ca_file) {
  http::ClientConfig config;
  config.total_timeout = timeout;
  config.ca_file = ca_file;
  return std::make_unique<http::Client>(config);
}

core::Result<std::vector<wallet::SigningKey>> open_issuer_keys(const std::string& folder) {
  TRY(const auto files, load_issuer_keys(folder));
  const auto listed = trust_list_keys(files, "");
  std::vector<wallet::SigningKey> keys;
  for (std::size_t i = 0; i < files.size(); ++i) {
    keys.push_back({files[i].key, listed[i].not_before, listed[i].not_after});
  }
  return keys;
}

core::Result<privacy::ProcessingRegister> open_register(const Config& config,
                                                        const Jurisdiction& jurisdiction) {
  auto processing = read_register(config, jurisdiction);
  if (processing) return std::move(*processing);
  return core::fail(core::ErrorCode::kInvalidInput, "processing.malformed",
                    to_text(processing.error()));
}

// Both databases or an error that says which of them is another country's.
core::Result<std::vector<std::string>> settle_places(std::string_view country,
                                                     store::Database& data, store::Database& keys,
                                                     core::Instant now) {
  std::vector<std::string> tagged;
  for (const auto& [name, database] :
       {std::pair{"data", std::ref(data)}, std::pair{"keys", std::ref(keys)}}) {
    auto fresh = store::settle_place(database, country, now);
    if (!fresh) {
      auto error = std::move(fresh.error());
      error.detail = std::string(name) + " database: " + error.detail;
      return core::fail(std::move(error));
    }
    if (*fresh) tagged.emplace_back(name);
  }
  return tagged;
}

}  // namespace

core::Result<std::unique_ptr<store::Database>> open_store(const Config& config,
                                                          const SecretText& url,
                                                          bool create_if_missing, core::Rng& rng,
                                                          store::StoreMetrics* metrics) {
  const auto& settings = config.store;
  store::DatabaseConfig database;
  database.url = url.reveal();
  database.create_if_missing = create_if_missing;
  database.statement_timeout = settings.statement_timeout;
  database.busy_timeout = settings.busy_timeout;
  database.connect_timeout = settings.connect_timeout;
  database.connections_max = settings.connections_max;
  database.write_queue_max = settings.write_queue_max;
  database.write_group_max = settings.write_group_max;
  return store::open_database(database, rng, metrics);
}

core::Result<Foundation> open_foundation(const Config& config, const Jurisdiction& jurisdiction,
                                         const OpeningWith& with) {
  TRY(auto processing, open_register(config, jurisdiction));
  TRY(auto data, open_store(config, config.store.data_url, false, with.rng, with.metrics));
  TRY_VOID(store::check_schema(*data, data_migrations()));
  TRY(auto keys, open_store(config, config.store.keys_url, false, with.rng, with.metrics));
  TRY_VOID(store::check_schema(*keys, key_migrations()));
  TRY(auto tagged, settle_places(jurisdiction.code, *data, *keys, with.now));
  TRY(auto root, open_root_keys(config.keys));
  TRY_VOID(check_root_keys(*root, *keys));
  TRY_VOID(check_keys_of_data(*data, *keys));
  const auto& languages = config.installation.languages.empty() ? jurisdiction.languages
                                                                : config.installation.languages;
  TRY(auto editions, privacy::EditionLibrary::load(config.installation.editions_dir, languages));
  TRY_VOID(privacy::check_notice(editions.all(), edition_notice_days(jurisdiction)));
  TRY(auto issuer_keys, open_issuer_keys(config.keys.issuer_dir));
  TRY(auto trust_root, load_trust_root(config.keys.issuer_dir));
  return Foundation{.data = std::move(data),
                    .keys = std::move(keys),
                    .root = std::move(root),
                    .editions = std::move(editions),
                    .issuer_keys = std::move(issuer_keys),
                    .trust_root = std::move(trust_root),
                    .processing = std::move(processing),
                    .tagged = std::move(tagged)};
}

core::Result<Outside> make_outside(const Config& config, core::Rng& rng) {
  Outside outside;
  const auto client = [&](std::chrono::milliseconds timeout, const std::string& ca_file) {
    outside.clients.push_back(make_client(timeout, ca_file));
    return outside.clients.back().get();
  };
  TRY(outside.esia, EsiaParts::make(config, rng));
  if (config.registry) {
    const auto& settings = *config.registry;
    edges::registry::RegistryConfig registry;
    registry.base_url = settings.base_url;
    registry.client = settings.client;
    registry.call_timeout = settings.timeout;
    registry.retry.attempts_max = settings.retries + 1;
    registry.circuit.failures_max = settings.breaker_failures;
    registry.circuit.open_for = settings.breaker_pause;
    outside.registries = std::make_unique<edges::registry::RegistryClient>(
        std::move(registry), *client(settings.timeout, settings.ca_file), rng,
        [](std::chrono::milliseconds pause) { std::this_thread::sleep_for(pause); });
  }
  return outside;
}

}  // namespace app
