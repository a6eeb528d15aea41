#include "app/cli/request_commands.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "app/cli/no_consents.h"
#include "app/keys/key_files.h"
#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "app/wiring/request_parts.h"
#include "crypto/system_rng.h"

namespace app {
namespace {

constexpr int kListMax = 1000;

core::Status write_private(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  std::error_code ignored;
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  file << text;
  file.close();
  if (file) return {};
  return core::fail(core::ErrorCode::kUnavailable, "evidence.not_written", path.string());
}

/// Of an id, or of a number as it stands on paper.
core::Result<privacy::RequestId> find_request(std::string_view text,
                                              privacy::RequestDeskService& desk) {
  if (auto id = privacy::RequestId::parse(text)) return id;
  TRY(const auto number, privacy::RequestNumber::parse(text));
  TRY(const auto found, desk.find(number));
  if (found.empty()) return core::fail(core::ErrorCode::kNotFound, "request.unknown");
  if (found.size() == 1) return found.front().id;
  std::string ids;
  for (const auto& one : found) ids += (ids.empty() ? "" : ", ") + one.id.to_string();
  return core::fail(core::ErrorCode::kConflict, "request.number_shared", std::move(ids));
}

core::Result<std::string> make_evidence(const EvidenceOptions& options, const Config& config,
                                        const Jurisdiction& jurisdiction) {
  crypto::SystemRng rng;
  const auto now = SystemClock().now();
  TRY(auto ground, open_foundation(config, jurisdiction, {rng, SystemClock().now(), nullptr}));
  NoConsents consents;
  NothingEnds ended;
  vault::Vault vault({*ground.data, *ground.keys, *ground.root, consents, rng});
  privacy::PrivacyService privacy(*ground.data, ground.editions, ended, rng);
  const wallet::TrustAuthority trust(std::move(ground.trust_root), std::move(ground.issuer_keys),
                                     config.installation.issuer_name);
  IssuerEvidenceSigner signer(trust);
  const auto rules = request_rules(jurisdiction);
  privacy::RequestDeskService desk({*ground.data, vault, privacy, rng}, rules);
  TRY(const auto id, find_request(options.request, desk));
  TRY(const auto file, desk.get(vault::Actor::staff("command_line"), id, now));
  const auto& language = file.request.language;
  TRY(const auto json,
      privacy::evidence_file(
          {file, rules, ground.editions, config.installation.name, language, now}, signer));
  const auto base =
      std::filesystem::path(options.folder) / ("request-" + rules.number_of(file.request).text());
  TRY_VOID(write_private(base.string() + ".json", codec::to_text(json) + "\n"));
  TRY_VOID(write_private(base.string() + ".html", privacy::evidence_page(json, language)));
  return base.string();
}

core::Result<std::string> list_text(const Config& config, const Jurisdiction& jurisdiction) {
  crypto::SystemRng rng;
  TRY(const auto data, open_store(config, config.store.data_url, false, rng, nullptr));
  TRY_VOID(store::check_schema(*data, data_migrations()));
  const auto rules = request_rules(jurisdiction);
  const auto now = SystemClock().now();
  TRY(const auto open, data->read([](store::UnitOfWork& unit) {
    return privacy::sql::list_desk(unit, true, {}, kListMax);
  }));
  std::string text;
  for (const auto& one : open) {
    text += fmt::format("{}  due {}  {}  {}\n", rules.number_of(one).text(),
                        one.due_day.to_string(), name_of(one.kind), one.shown_state(now));
  }
  if (open.size() == static_cast<std::size_t>(kListMax)) text += "and more\n";
  return text.empty() ? "no request is open\n" : text;
}

}  // namespace

int requests_list_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, false, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto text = list_text(reading->config, *jurisdiction);
  if (!text) return tell(terminal, text.error());
  terminal.out << *text;
  return kExitGood;
}

int requests_evidence_command(const EvidenceOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, true, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto base = make_evidence(options, reading->config, *jurisdiction);
  if (!base) return tell(terminal, base.error());
  terminal.out << *base << ".json\n" << *base << ".html\n";
  return kExitGood;
}

}  // namespace app
