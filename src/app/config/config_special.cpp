#include "app/config/config_special.h"

#include <fmt/format.h>

namespace app {

Setting database(const SectionOf<StoreSettings>& section, SecretText StoreSettings::*member,
                 SettingText text) {
  Setting setting{.key = section.name + "." + text.key,
                  .expected = "sqlite:FILE or postgresql://USER@HOST/NAME",
                  .example = text.example,
                  .is_secret = true,
                  .apply = {},
                  .show = {}};
  setting.apply = [member](const RawSetting& raw, const std::string& folder, ConfigDraft& draft) {
    constexpr std::string_view kSqlite = "sqlite:";
    auto url = as_text(raw);
    if (!url || !is_printable(*url)) return false;
    if (url->starts_with(kSqlite) && url->size() > kSqlite.size()) {
      url = std::string(kSqlite) + resolved(url->substr(kSqlite.size()), folder);
    } else if (!url->starts_with("postgresql://") && !url->starts_with("postgres://")) {
      return false;
    }
    draft.config.store.*member = SecretText(std::move(*url));
    return true;
  };
  setting.show = [member](ConfigDraft& draft) {
    const auto& url = (draft.config.store.*member).reveal();
    return url.starts_with("sqlite:") ? toml_text(url) : std::string("\"postgresql://(secret)\"");
  };
  return setting;
}

Setting trusted_proxies() {
  Setting setting{.key = "server.trusted_proxies",
                  .expected = "a list of addresses or blocks of them",
                  .example = "[\"10.0.0.0/8\", \"::1\"]",
                  .apply = {},
                  .show = {}};
  setting.apply = [](const RawSetting& raw, const std::string&, ConfigDraft& draft) {
    const auto texts = as_text_list(raw);
    if (!texts) return false;
    std::vector<http::AddressBlock> blocks;
    for (const auto& item : *texts) {
      const auto block = http::AddressBlock::parse(item);
      if (!block) return false;
      blocks.push_back(*block);
    }
    draft.config.server.trusted_proxies = std::move(blocks);
    draft.trusted_proxies = *texts;
    return true;
  };
  setting.show = [](ConfigDraft& draft) { return toml_list(draft.trusted_proxies); };
  return setting;
}

Setting rate_scale() {
  Setting setting{.key = "server.rate_scale",
                  .expected = "a number from 0 to 1000",
                  .example = "1.0",
                  .apply = {},
                  .show = {}};
  setting.apply = [](const RawSetting& raw, const std::string&, ConfigDraft& draft) {
    const auto value = as_decimal(raw);
    if (!value || !(*value >= 0.0 && *value <= 1000.0)) return false;  // also refuses NaN
    draft.config.server.rate_scale = *value;
    return true;
  };
  setting.show = [](ConfigDraft& draft) {
    return fmt::format("{}", draft.config.server.rate_scale);
  };
  return setting;
}

Setting log_level() {
  static const std::map<std::string, LogLevel, std::less<>> kNames{{"debug", LogLevel::kDebug},
                                                                   {"info", LogLevel::kInfo},
                                                                   {"warning", LogLevel::kWarning},
                                                                   {"error", LogLevel::kError}};
  Setting setting{.key = "log.level",
                  .expected = "debug, info, warning or error",
                  .example = "\"info\"",
                  .apply = {},
                  .show = {}};
  setting.apply = [](const RawSetting& raw, const std::string&, ConfigDraft& draft) {
    const auto name = as_text(raw);
    const auto found = name ? kNames.find(*name) : kNames.end();
    if (found == kNames.end()) return false;
    draft.config.log.level = found->second;
    return true;
  };
  setting.show = [](ConfigDraft& draft) {
    const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& row) {
      return row.second == draft.config.log.level;
    });
    return toml_text(found->first);
  };
  return setting;
}

Setting gateway_headers(const SectionOf<GatewaySettings>& section) {
  Setting setting{.key = section.name + ".headers",
                  .expected = "a table of header names and texts",
                  .example = "{ \"X-Client\" = \"beresta\" }",
                  .is_table = true,
                  .apply = {},
                  .show = {}};
  setting.apply = [get = section.get](const RawSetting& raw, const std::string&,
                                      ConfigDraft& draft) {
    auto table = as_text_table(raw);
    if (!table) return false;
    for (const auto& [name, value] : *table) {
      if (!is_word(name) || !is_printable(value)) return false;
    }
    get(draft).headers = std::move(*table);
    return true;
  };
  // A header may carry the operator's key: only names are shown.
  setting.show = [get = section.get](ConfigDraft& draft) {
    std::string rows;
    for (const auto& [name, value] : get(draft).headers) {
      rows += (rows.empty() ? "" : ", ") + toml_text(name) + " = \"(secret)\"";
    }
    return rows.empty() ? std::string("{}") : "{ " + rows + " }";
  };
  return setting;
}

Setting gateway_success(const SectionOf<GatewaySettings>& section) {
  constexpr Range kStatus{100, 599};
  Setting setting{.key = section.name + ".success_status",
                  .expected = "a list of one HTTP status",
                  .example = "[200]",
                  .apply = {},
                  .show = {}};
  setting.apply = [get = section.get, kStatus](const RawSetting& raw, const std::string&,
                                               ConfigDraft& draft) {
    auto statuses = as_integer_list(raw, kStatus);
    if (!statuses || statuses->size() != 1) return false;
    get(draft).success_status = std::move(*statuses);
    return true;
  };
  setting.show = [get = section.get](ConfigDraft& draft) {
    std::string list;
    for (const int status : get(draft).success_status) {
      list += (list.empty() ? "" : ", ") + std::to_string(status);
    }
    return "[" + list + "]";
  };
  return setting;
}

}  // namespace app
