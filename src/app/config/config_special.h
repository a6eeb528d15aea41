// Settings that are more than a number or a text: database addresses, blocks of proxies, levels,
// headers. For config_schema.cpp only; pure functions.
#pragma once

#include "app/config/config_setting.h"

namespace app {

/// A database's address; the file of a sqlite: one becomes absolute. Never shown with a password.
[[nodiscard]] Setting database(const SectionOf<StoreSettings>& section,
                               SecretText StoreSettings::*member, SettingText text);
/// server.trusted_proxies.
[[nodiscard]] Setting trusted_proxies();
/// server.rate_scale.
[[nodiscard]] Setting rate_scale();
/// log.level.
[[nodiscard]] Setting log_level();
/// headers of a gateway: names are shown, values are not, since one may be the operator's key.
[[nodiscard]] Setting gateway_headers(const SectionOf<GatewaySettings>& section);
/// success_status of a gateway.
[[nodiscard]] Setting gateway_success(const SectionOf<GatewaySettings>& section);

}  // namespace app
