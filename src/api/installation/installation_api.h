// What this installation is, for the web client: names, languages, digits, the trust root. Constant
// while the server runs. Safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "core/bytes.h"
#include "http/route.h"

namespace api {

/// An identity provider as a button names it.
struct ProviderName {
  std::string id;
  std::string name_ru;
  std::string name_en;
};

struct Installation {
  std::string name;
  std::string issuer_name;
  std::vector<std::string> languages;
  std::string jurisdiction;
  std::string phone_region;
  std::string phone_example;
  std::vector<ProviderName> identity_providers;  ///< in the order they are offered
  int call_code_digits = 5;
  int sms_code_digits = 6;
  std::int64_t sms_fallback_after_s = 30;
  int password_characters_min = 8;
  core::Bytes trust_root;      ///< SEC1 uncompressed
  std::string demo_phone_url;  ///< empty but in a demonstration
  std::string version;
};

/// The route table's line for getConfiguration; the answer is rendered once.
[[nodiscard]] std::vector<http::Route> installation_routes(const Installation& installation);

}  // namespace api
