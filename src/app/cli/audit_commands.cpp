#include "app/cli/audit_commands.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "audit/dispute.h"
#include "audit/log_check.h"
#include "crypto/system_rng.h"
#include "http/client.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::size_t kAnswerBytesMax = 64UL * 1024 * 1024;
constexpr int kDisputesMax = 1000;

core::Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return fail(ErrorCode::kNotFound, "source.missing", path + " cannot be read");
  return text.str();
}

class FolderSource final : public audit::LogSource {
 public:
  explicit FolderSource(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] core::Result<core::Bytes> read(const std::string& path) override {
    TRY(const auto text, read_file(folder_ + "/" + path));
    return core::to_bytes(core::as_bytes(text));
  }

 private:
  std::string folder_;
};

class UrlSource final : public audit::LogSource {
 public:
  explicit UrlSource(std::string url) : url_(std::move(url)), client_(config()) {}
  [[nodiscard]] core::Result<core::Bytes> read(const std::string& path) override {
    http::ClientRequest request;
    request.url = url_ + "/" + path;
    const auto answer = client_.call(request);
    if (!answer) {
      return fail(ErrorCode::kUnavailable, "source.unreadable",
                  request.url + ": " + answer.error().reason);
    }
    if (answer->status != 200) {
      return fail(ErrorCode::kNotFound, "source.missing",
                  fmt::format("{} answers {}", request.url, answer->status));
    }
    return core::to_bytes(core::as_bytes(answer->body));
  }

 private:
  static http::ClientConfig config() {
    http::ClientConfig config;
    config.total_timeout = std::chrono::seconds(30);
    config.response_bytes_max = kAnswerBytesMax;
    return config;
  }

  std::string url_;
  http::Client client_;
};

std::unique_ptr<audit::LogSource> open_source(std::string source) {
  while (source.size() > 1 && source.ends_with('/')) source.pop_back();
  if (source.starts_with("http://") || source.starts_with("https://")) {
    return std::make_unique<UrlSource>(std::move(source));
  }
  return std::make_unique<FolderSource>(std::move(source));
}

core::Result<std::vector<audit::NoteVerifier>> read_keys(const std::vector<std::string>& given) {
  std::vector<audit::NoteVerifier> keys;
  for (const auto& one : given) {
    if (auto key = audit::NoteVerifier::parse(one)) {
      keys.push_back(std::move(*key));
      continue;
    }
    TRY(const auto text, read_file(one));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      if (line.empty()) continue;
      TRY(auto key, audit::NoteVerifier::parse(line));
      keys.push_back(std::move(key));
    }
  }
  if (keys.empty()) {
    return fail(ErrorCode::kInvalidInput, "key.vkey_malformed",
                "give the log's key by --key; its installation publishes it at "
                "/.well-known/beresta-log");
  }
  return keys;
}

void add(audit::CheckReport& to, audit::CheckReport from) {
  for (auto& line : from.holds) to.holds.push_back(std::move(line));
  for (auto& line : from.damage) to.damage.push_back(std::move(line));
  for (auto& line : from.unchecked) to.unchecked.push_back(std::move(line));
}

core::Result<audit::CheckReport> check(const AuditVerifyOptions& options) {
  TRY(const auto keys, read_keys(options.keys));
  std::vector<audit::NamedNote> earlier;
  for (const auto& file : options.earlier) {
    TRY(auto note, read_file(file));
    earlier.push_back({file, std::move(note)});
  }
  audit::CheckReport report;
  if (earlier.size() > 1 || options.source.empty()) add(report, audit::check_notes(earlier, keys));
  if (!options.source.empty()) {
    const auto source = open_source(options.source);
    add(report, audit::check_log(*source, keys, earlier));
  }
  if (!options.export_file.empty()) {
    std::optional<core::CitizenId> citizen;
    if (!options.citizen.empty()) {
      TRY(citizen, core::CitizenId::parse(options.citizen));
    }
    TRY(const auto text, read_file(options.export_file));
    add(report, audit::check_export(text, keys, citizen));
  }
  return report;
}

core::Result<std::string> disputes_text(const Config& config) {
  crypto::SystemRng rng;
  TRY(const auto data, open_store(config, config.store.data_url, false, rng, nullptr));
  TRY_VOID(store::check_schema(*data, data_migrations()));
  TRY(const auto disputes, data->read([](store::UnitOfWork& unit) {
    return audit::sql::list_disputes(unit, true, {}, kDisputesMax);
  }));
  std::string text;
  for (const auto& one : disputes) {
    text += fmt::format("{}  entry {}  by {}  {}\n", core::to_rfc3339(one.disputed_at),
                        one.entry_id.to_string(), one.citizen_id.to_string(), one.reason);
  }
  return text.empty() ? "nothing is disputed\n" : text;
}

}  // namespace

int audit_verify_command(const AuditVerifyOptions& options, Terminal& terminal) {
  if (options.source.empty() && options.export_file.empty() && options.earlier.empty()) {
    terminal.err << "beresta: nothing to verify: give a folder or an address, --export or --with\n";
    return kExitUsage;
  }
  const auto report = check(options);
  if (!report) return tell(terminal, report.error());
  for (const auto& line : report->holds) terminal.out << "holds:   " << line << "\n";
  for (const auto& line : report->damage) terminal.out << "DAMAGED: " << line << "\n";
  for (const auto& line : report->unchecked) terminal.out << "NOT CHECKED: " << line << "\n";
  if (!report->is_whole()) return kExitFailed;
  return report->unchecked.empty() ? kExitGood : kExitUnchecked;
}

int audit_disputes_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, false, terminal);
  if (!reading) return kExitFailed;
  const auto text = disputes_text(reading->config);
  if (!text) return tell(terminal, text.error());
  terminal.out << *text;
  return kExitGood;
}

}  // namespace app
