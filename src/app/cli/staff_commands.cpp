#include "app/cli/staff_commands.h"

#include <fmt/format.h>

#include <functional>

#include "app/cli/no_consents.h"
#include "app/keys/root_keys.h"
#include "app/system_clock.h"
#include "app/wiring/foundation.h"
#include "crypto/system_rng.h"
#include "identity/account_store.h"
#include "identity/phone_number.h"
#include "identity/staff/staff_service.h"

namespace app {
namespace {

/// The account a number belongs to, found by its blind index as sign-in finds it.
core::Result<core::CitizenId> citizen_of(const StaffOptions& options, const Config& config,
                                         const Jurisdiction& jurisdiction, store::Database& data) {
  crypto::SystemRng rng;
  TRY(const auto phone, identity::PhoneNumber::parse(options.phone, jurisdiction.phone.policy));
  TRY(const auto keys, open_store(config, config.store.keys_url, false, rng, nullptr));
  TRY(const auto root, open_root_keys(config.keys));
  NoConsents consents;
  const vault::Vault vault({data, *keys, *root, consents, rng});
  const auto index = vault.blind_index(identity::sql::kPhoneLogin, phone.e164()).bytes;
  TRY(const auto found, data.read([&](store::UnitOfWork& unit) {
    return identity::sql::find_login(unit, identity::sql::kPhoneLogin, index);
  }));
  if (!found) return core::fail(core::ErrorCode::kNotFound, "citizen.unknown");
  return *found;
}

using Work = std::function<core::Status(identity::StaffService&, const core::CitizenId&,
                                        identity::StaffRole)>;

core::Status work_on(const StaffOptions& options, const Config& config,
                     const Jurisdiction& jurisdiction, const Work& work) {
  crypto::SystemRng rng;
  const auto role = identity::find_staff_role(options.role);
  if (!role) return core::fail(core::ErrorCode::kInvalidInput, "staff.role_unknown", options.role);
  TRY(const auto data, open_store(config, config.store.data_url, false, rng, nullptr));
  TRY_VOID(store::check_schema(*data, data_migrations()));
  TRY(const auto citizen_id, citizen_of(options, config, jurisdiction, *data));
  identity::StaffService staff(*data);
  return work(staff, citizen_id, *role);
}

int run(const StaffOptions& options, Terminal& terminal, const Work& work,
        std::string_view done_word) {
  const auto reading = load_config(options.config, false, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto done = work_on(options, reading->config, *jurisdiction, work);
  if (!done) return tell(terminal, done.error());
  terminal.out << fmt::format("{} {}: {}\n", done_word, options.phone, options.role);
  return kExitGood;
}

core::Result<std::string> list_text(const Config& config) {
  crypto::SystemRng rng;
  TRY(const auto data, open_store(config, config.store.data_url, false, rng, nullptr));
  TRY_VOID(store::check_schema(*data, data_migrations()));
  TRY(const auto entries, identity::StaffService(*data).list());
  std::string text;
  for (const auto& entry : entries) {
    text += fmt::format("{}  {}  since {}\n", entry.citizen_id.to_string(),
                        identity::name_of(entry.role), core::to_rfc3339(entry.granted_at));
  }
  return text.empty() ? "nobody has a role\n" : text;
}

}  // namespace

int staff_grant_command(const StaffOptions& options, Terminal& terminal) {
  return run(
      options, terminal,
      [](identity::StaffService& staff, const core::CitizenId& citizen_id,
         identity::StaffRole role) { return staff.grant(citizen_id, role, SystemClock().now()); },
      "granted to");
}

int staff_revoke_command(const StaffOptions& options, Terminal& terminal) {
  return run(
      options, terminal,
      [](identity::StaffService& staff, const core::CitizenId& citizen_id,
         identity::StaffRole role) { return staff.revoke(citizen_id, role); },
      "taken from");
}

int staff_list_command(const StaffOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, false, terminal);
  if (!reading) return kExitFailed;
  const auto text = list_text(reading->config);
  if (!text) return tell(terminal, text.error());
  terminal.out << *text;
  return kExitGood;
}

}  // namespace app
