#include <fmt/format.h>

#include "app/config/config_faults.h"
#include "app/config/operator_schema.h"
#include "edges/sip_call/number_pool.h"

namespace app {
namespace {

/// The ledger of guesses reckons with as many endings as five digits give: of fewer numbers a
/// stranger would guess the calling one too easily.
constexpr std::size_t kPoolCodesMin = 100'000;

class OperatorCheck {
 public:
  OperatorCheck(std::string name, Faults& faults)
      : section_("operator." + std::move(name)), faults_(faults) {}

  void check_http(const OperatorSettings& settings) {
    require("url", settings.gateway.url, "\"https://operator.example/send\"");
    const std::string everything = settings.gateway.url + settings.gateway.body;
    const std::string told = settings.channel == "call" ? "{code}" : "{text}";
    for (const auto& name : {std::string("{to}"), told}) {
      if (everything.find(name) != std::string::npos) continue;
      faults_.refuse(section_ + ".body", fmt::format("{}.body does not say {}", section_, name),
                     "a body or url with the number and what to tell it",
                     fmt::format("body = '{{\"to\":\"{{to}}\",\"text\":\"{}\"}}'", told));
    }
  }

  void check_smpp(const SmppSettings& settings) {
    require("host", settings.host, "\"smsc.example\"");
    require("system_id", settings.system_id, "\"beresta\"");
    require("source", settings.source, "\"Beresta\"");
    // SMPP 3.4 keeps eight letters of a password and the zero after them.
    if (settings.password.reveal().size() > 8) {
      faults_.refuse(section_ + ".password", fmt::format("{}.password is too long", section_),
                     "at most 8 characters, as the protocol has it", "");
    }
  }

  void check_sip(const SipSettings& settings) {
    require("host", settings.host, "\"sip.example\"");
    const auto pool = edges::sip_call::NumberPool::parse(settings.pool);
    if (!pool) {
      faults_.refuse(section_ + ".pool", fmt::format("{}.pool: {}", section_, pool.error().detail),
                     "the numbers that are ours to ring from",
                     "pool = [\"+78432000000-+78432099999\"]");
    } else if (pool->codes() < kPoolCodesMin) {
      faults_.refuse(section_ + ".pool",
                     fmt::format("{}.pool gives {} different endings of {} digits", section_,
                                 pool->codes(), edges::sip_call::NumberPool::kCodeDigits),
                     fmt::format("at least {}, or a code could be guessed", kPoolCodesMin),
                     "pool = [\"+78432000000-+78432099999\"]");
    }
  }

 private:
  void require(const std::string& name, const std::string& value, const std::string& example) {
    faults_.require({section_, name, example}, value);
  }

  std::string section_;
  Faults& faults_;
};

}  // namespace

void complete_operators(ConfigDraft& draft, ConfigProblems& problems) {
  for (auto& [name, settings] : draft.config.operators) {
    const auto& file = draft.operator_secrets[name];
    const std::string section = "operator." + name;
    auto& gateway = settings.gateway;
    if (settings.kind == "http") {
      read_secret(section + ".token", file, gateway.token, problems);
      if (!gateway.body.empty() || gateway.method == "GET") continue;
      gateway.body = settings.channel == "call" ? R"({"id":"{id}","to":"{to}","code":"{code}"})"
                                                : R"({"id":"{id}","to":"{to}","text":"{text}"})";
    } else if (settings.kind == "smpp") {
      read_secret(section + ".password", file, settings.smpp.password, problems);
    } else if (settings.kind == "sip") {
      read_secret(section + ".password", file, settings.sip.password, problems);
      if (settings.sip.domain.empty()) settings.sip.domain = settings.sip.host;
    }
  }
}

void check_operators(const CheckedParts& parts, ConfigProblems& problems) {
  Faults faults(parts, problems);
  for (const auto& [name, settings] : parts.draft.config.operators) {
    OperatorCheck check(name, faults);
    if (settings.kind == "http") check.check_http(settings);
    if (settings.kind == "smpp") check.check_smpp(settings.smpp);
    if (settings.kind == "sip") check.check_sip(settings.sip);
  }
}

}  // namespace app
