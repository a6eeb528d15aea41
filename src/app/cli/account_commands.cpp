#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/system_clock.h"
#include "app/wiring/account_parts.h"
#include "app/wiring/foundation.h"
#include "crypto/digest.h"
#include "crypto/system_rng.h"
#include "identity/account/deletion_store.h"
#include "identity/account/receipt_number.h"
#include "privacy/kept_consent.h"

namespace app {
namespace {

struct Found {
  std::optional<identity::sql::ReceiptRow> receipt;
  std::int64_t kept = 0;
};

core::Result<Found> look_up(const Config& config, const std::string& text) {
  TRY(const auto number, identity::ReceiptNumber::parse(text));
  crypto::SystemRng rng;
  TRY(const auto data, open_store(config, config.store.data_url, false, rng, nullptr));
  return data->read([&](store::UnitOfWork& unit) -> core::Result<Found> {
    Found found;
    TRY(found.receipt, identity::sql::find_receipt(unit, number.hash()));
    TRY(found.kept, privacy::count_kept(unit, number.hash()));
    return found;
  });
}

}  // namespace

int erasure_report_command(const ErasureReportOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, true, terminal);
  if (!reading) return kExitFailed;
  const auto found = look_up(reading->config, options.receipt);
  if (!found) return tell(terminal, found.error());
  if (!found->receipt) {
    return tell(terminal, core::Error{core::ErrorCode::kNotFound, "receipt.unknown", {}});
  }
  const auto& row = *found->receipt;
  terminal.out << fmt::format("state:      {}\nconfirmed:  {}\ndue:        {}\n", row.state,
                              core::to_rfc3339(row.confirmed_at), core::to_rfc3339(row.due_at));
  if (row.ended_at)
    terminal.out << fmt::format("ended:      {}\n", core::to_rfc3339(*row.ended_at));
  if (!row.report.empty()) {
    terminal.out << fmt::format("report:     {}\nsha256:     {}\n", row.report,
                                core::to_hex(crypto::sha256(core::as_bytes(row.report))));
  }
  terminal.out << fmt::format("kept now:   {} records of consents, nobody beside them\n",
                              found->kept);
  return kExitGood;
}

// A dry run, for whoever sets the term: the server itself does what is due.
int inactive_accounts_command(const ConfigOptions& options, Terminal& terminal) {
  const auto reading = load_config(options, true, terminal);
  if (!reading) return kExitFailed;
  const auto jurisdiction = load_jurisdiction(reading->config, terminal);
  if (!jurisdiction) return kExitFailed;
  const auto policy = inactivity_policy(reading->config, *jurisdiction);
  if (policy.after == core::Duration::zero()) {
    terminal.out << "accounts never close by themselves here\n";
    return kExitGood;
  }
  crypto::SystemRng rng;
  const auto data =
      open_store(reading->config, reading->config.store.data_url, false, rng, nullptr);
  if (!data) return tell(terminal, data.error());
  const auto outcome = identity::foresee_inactivity(**data, policy, SystemClock().now());
  if (!outcome) return tell(terminal, outcome.error());
  terminal.out << fmt::format(
      "term:            {} days\nto be warned:    {}\nwarned already:  {}\nto be closed:    {}\n",
      std::chrono::duration_cast<std::chrono::hours>(policy.after).count() / 24, outcome->warned,
      outcome->warned_again, outcome->closed);
  return kExitGood;
}

}  // namespace app
