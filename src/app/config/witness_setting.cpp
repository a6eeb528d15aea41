#include "app/config/witness_setting.h"

namespace app {

using core::ErrorCode;
using core::fail;

core::Result<WitnessSetting> WitnessSetting::parse(std::string_view text) {
  const auto space = text.find(' ');
  auto key = audit::NoteVerifier::parse(text.substr(0, space));
  if (!key || key->type() != audit::NoteKeyType::kCosignature) {
    return fail(ErrorCode::kInvalidInput, "witness.setting", "not a witness's key");
  }
  WitnessSetting setting{std::move(*key), {}};
  if (space == std::string_view::npos) return setting;
  setting.url = text.substr(space + 1);
  const bool is_web = setting.url.starts_with("https://") || setting.url.starts_with("http://");
  if (!is_web || setting.url.find(' ') != std::string::npos) {
    return fail(ErrorCode::kInvalidInput, "witness.setting", "not an address");
  }
  while (setting.url.ends_with('/')) setting.url.pop_back();
  return setting;
}

std::vector<WitnessSetting> witnesses_of(const Config& config) {
  std::vector<WitnessSetting> witnesses;
  for (const auto& one : config.transparency.witnesses) {
    if (auto setting = WitnessSetting::parse(one)) witnesses.push_back(std::move(*setting));
  }
  return witnesses;
}

}  // namespace app
