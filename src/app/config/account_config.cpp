#include "app/config/account_config.h"

#include "app/config/config_setting.h"

namespace app {
namespace {

constexpr std::int64_t kDay = 24 * 3600;
// A day is left of the 30 for the erasing itself, should a worker have stood still.
constexpr Range kTerm{1, 29 * kDay};

const SectionOf<AccountSettings> kAccount{
    "account", [](ConfigDraft& draft) -> AccountSettings& { return draft.config.account; }};

}  // namespace

std::vector<Setting> account_settings() {
  using S = AccountSettings;
  return {
      integer(kAccount, &S::numbers_max, {1, 20}, {"numbers_max", "5"}),
      integer(kAccount, &S::lost_number_wait, {1, 30 * kDay}, {"lost_number_wait_s", "259200"}),
      integer(kAccount, &S::deletion_term, kTerm, {"deletion_term_s", "1209600"}),
      integer(kAccount, &S::inactive_after, {-1, 3650 * kDay}, {"inactive_after_s", "94608000"}),
      integer(kAccount, &S::inactive_warning, {1, 365 * kDay}, {"inactive_warning_s", "2592000"}),
  };
}

}  // namespace app
