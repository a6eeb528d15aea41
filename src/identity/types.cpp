#include "identity/types.h"

namespace identity {
namespace {

constexpr std::array<std::string_view, 2> kLevels{"phone", "verified"};
constexpr std::array<std::string_view, 3> kFunctions{"account", "documents", "digital_id"};
constexpr std::array<std::string_view, 2> kChannels{"call", "sms"};
constexpr std::array<std::string_view, 3> kAccounts{"new", "existing", "existing_verified"};
constexpr std::array<std::string_view, 4> kSteps{"password", "agreement", "consent", "recovery"};
constexpr std::array<std::string_view, 5> kWays{"password", "registration", "recovery",
                                                "identity_provider", "passkey"};

template <typename Enum, std::size_t size>
std::optional<Enum> find_in(const std::array<std::string_view, size>& names,
                            std::string_view name) {
  for (std::size_t i = 0; i < size; ++i) {
    if (names.at(i) == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(AssuranceLevel level) {
  return kLevels.at(static_cast<std::size_t>(level));
}
AssuranceLevel assurance_level_from(std::string_view name) {
  // An unknown word in a row must never open more than the least.
  return find_in<AssuranceLevel>(kLevels, name).value_or(AssuranceLevel::kPhone);
}

std::string_view name_of(Function function) {
  return kFunctions.at(static_cast<std::size_t>(function));
}
std::optional<Function> find_function(std::string_view name) {
  return find_in<Function>(kFunctions, name);
}

std::string_view name_of(Channel channel) {
  return kChannels.at(static_cast<std::size_t>(channel));
}
std::optional<Channel> find_channel(std::string_view name) {
  return find_in<Channel>(kChannels, name);
}

std::string_view name_of(AccountState state) {
  return kAccounts.at(static_cast<std::size_t>(state));
}

std::string_view name_of(RegistrationStep step) {
  return kSteps.at(static_cast<std::size_t>(step));
}
RegistrationStep registration_step_from(std::string_view name) {
  return find_in<RegistrationStep>(kSteps, name).value_or(RegistrationStep::kPassword);
}

std::string_view name_of(SignedInBy by) { return kWays.at(static_cast<std::size_t>(by)); }
SignedInBy signed_in_by_from(std::string_view name) {
  return find_in<SignedInBy>(kWays, name).value_or(SignedInBy::kPassword);
}

}  // namespace identity
