#include "app/cli/party_commands.h"

#include <fmt/format.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "app/adapters/party_documents.h"
#include "app/keys/root_keys.h"
#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "crypto/system_rng.h"
#include "openid/client/party_service.h"
#include "openid/client/registration.h"

namespace app {
namespace {

constexpr std::size_t kRegistrationBytesMax = 64UL * 1024;

using Work = std::function<core::Result<std::string>(openid::PartyService&, core::Instant)>;

core::Result<std::string> with_register(const Config& config, const Work& work) {
  crypto::SystemRng rng;
  TRY(const auto data, open_store(config, config.store.data_url, false, rng, nullptr));
  TRY_VOID(store::check_schema(*data, data_migrations()));
  TRY(const auto root, open_root_keys(config.keys));
  http::Client client(FetchedPartyDocuments::bounds());
  FetchedPartyDocuments documents(client, config.server.public_url);
  openid::PartyService parties(*data, documents, rng, root->derive("client_secret"));
  return work(parties, SystemClock().now());
}

int run(const PartyOptions& options, Terminal& terminal, const Work& work) {
  const auto reading = load_config(options.config, false, terminal);
  if (!reading) return kExitFailed;
  const auto told = with_register(reading->config, work);
  if (!told) return tell(terminal, told.error());
  terminal.out << *told << "\n";
  return kExitGood;
}

core::Result<codec::Json> read_registration(const std::string& file, Terminal& terminal) {
  std::ostringstream text;
  if (file == "-") {
    text << terminal.in.rdbuf();
  } else {
    std::ifstream stream(file, std::ios::binary);
    text << stream.rdbuf();
    if (!stream) return core::fail(core::ErrorCode::kInvalidInput, "file.unreadable", file);
  }
  return codec::parse_json(text.str(), {.bytes_max = kRegistrationBytesMax});
}

codec::JsonObject party_json(const openid::RelyingParty& party) {
  codec::JsonObject json{{"client_id", party.client_id},
                         {"state", party.disabled ? "disabled" : "live"}};
  for (auto& [name, value] : openid::registration_json(party)) json[name] = value;
  return json;
}

std::string new_party_text(const openid::NewParty& made) {
  codec::JsonObject json{{"client_id", made.party->client_id}};
  if (made.client_secret) json["client_secret"] = made.client_secret->reveal();
  return codec::to_text(json);
}

int set_disabled(const PartyOptions& options, bool disabled, Terminal& terminal) {
  return run(options, terminal,
             [&](openid::PartyService& parties, core::Instant now) -> core::Result<std::string> {
               TRY(const auto party, parties.set_disabled(options.client_id, disabled, now));
               return fmt::format("{} is {} now", party->client_id, disabled ? "disabled" : "live");
             });
}

}  // namespace

int party_add_command(const PartyOptions& options, Terminal& terminal) {
  return run(options, terminal,
             [&](openid::PartyService& parties, core::Instant now) -> core::Result<std::string> {
               TRY(const auto json, read_registration(options.file, terminal));
               TRY(const auto made, parties.add(json, now));
               return new_party_text(made);
             });
}

int party_change_command(const PartyOptions& options, Terminal& terminal) {
  return run(options, terminal,
             [&](openid::PartyService& parties, core::Instant now) -> core::Result<std::string> {
               TRY(const auto json, read_registration(options.file, terminal));
               TRY(const auto party, parties.change(options.client_id, json, now));
               return codec::to_text(party_json(*party));
             });
}

int party_list_command(const PartyOptions& options, Terminal& terminal) {
  return run(options, terminal,
             [&](openid::PartyService& parties, core::Instant now) -> core::Result<std::string> {
               TRY(const auto all, parties.list(now));
               std::string text =
                   fmt::format("{} relying {}", all.size(), all.size() == 1 ? "party" : "parties");
               for (const auto& party : all) {
                 text += fmt::format("\n{}  {}  {}", party->client_id,
                                     party->disabled ? "disabled" : "live    ", party->name.en);
               }
               return text;
             });
}

int party_show_command(const PartyOptions& options, Terminal& terminal) {
  return run(options, terminal,
             [&](openid::PartyService& parties, core::Instant now) -> core::Result<std::string> {
               TRY(const auto party, parties.get(options.client_id, now));
               TRY(const auto asks, parties.refused_asks(options.client_id));
               auto json = party_json(*party);
               codec::JsonArray refused;
               for (const auto& ask : asks) {
                 refused.push_back(codec::JsonObject{{"asked", ask.what},
                                                     {"times", ask.times},
                                                     {"last_at", core::to_rfc3339(ask.last_at)}});
               }
               json["refused"] = std::move(refused);
               return codec::to_text(json);
             });
}

int party_disable_command(const PartyOptions& options, Terminal& terminal) {
  return set_disabled(options, true, terminal);
}

int party_enable_command(const PartyOptions& options, Terminal& terminal) {
  return set_disabled(options, false, terminal);
}

int party_rotate_secret_command(const PartyOptions& options, Terminal& terminal) {
  return run(options, terminal,
             [&](openid::PartyService& parties, core::Instant now) -> core::Result<std::string> {
               TRY(const auto made, parties.rotate_secret(options.client_id, now));
               return new_party_text(made);
             });
}

}  // namespace app
