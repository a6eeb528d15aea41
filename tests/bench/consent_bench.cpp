#include <vector>

#include "bench/commands.h"
#include "crypto/system_rng.h"
#include "privacy/service.h"
#include "store/database.h"

namespace bench {
namespace {

constexpr store::Query kPeople{
    "bench.people",
    "SELECT citizen_id FROM consent WHERE purpose = 'account' ORDER BY citizen_id LIMIT $1"};
constexpr int kPeople1000 = 1000;
// The clock is looked at once in so many checks, so that looking costs nothing.
constexpr int kBetweenLooks = 256;
constexpr auto kPurpose = privacy::ConsentPurpose::kAccount;

core::Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return core::Instant::from_micros(
      std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

core::Result<std::vector<core::CitizenId>> people_in(store::Database& data) {
  TRY(auto people,
      data.read([&](store::UnitOfWork& unit) -> core::Result<std::vector<core::CitizenId>> {
        TRY(const auto rows, unit.run(kPeople, {kPeople1000}));
        std::vector<core::CitizenId> found;
        for (const auto& row : rows) found.push_back(row.id<core::CitizenId>(0));
        return found;
      }));
  if (people.size() < kPeople1000) {
    return core::fail(core::ErrorCode::kInvalidInput, "bench.people", "seed at least a thousand");
  }
  return people;
}

core::Status expect_live(const core::Result<bool>& live) {
  if (!live) return core::fail(live.error());
  if (*live) return {};
  return core::fail(core::ErrorCode::kInternal, "bench.verdict",
                    "a consent that lives was refused");
}

}  // namespace

core::Result<Work> run_consent_checks(const std::string& path, bool held, Seconds time) {
  crypto::SystemRng rng;
  TRY(const auto data, store::open_database({.url = "sqlite:" + path}, rng));
  TRY(const auto people, people_in(*data));
  const auto at = now();
  std::int64_t done = 0;
  const auto check_some = [&](store::UnitOfWork& unit) -> core::Status {
    for (int i = 0; i < kBetweenLooks; ++i, ++done) {
      const auto& id = people[static_cast<std::size_t>(done * 7) % people.size()];
      TRY_VOID(expect_live(privacy::PrivacyService::hold_live(unit, id, {kPurpose}, at)));
    }
    return {};
  };
  const auto check_apart = [&]() -> core::Status {
    for (int i = 0; i < kBetweenLooks; ++i, ++done) {
      const auto& id = people[static_cast<std::size_t>(done * 7) % people.size()];
      TRY_VOID(expect_live(data->read([&](store::UnitOfWork& unit) {
        return privacy::PrivacyService::is_live(unit, id, kPurpose, at);
      })));
    }
    return {};
  };
  // Once round all people first: what is measured is warm.
  for (int i = 0; i < kPeople1000 / kBetweenLooks + 1; ++i) {
    TRY_VOID(check_apart());
  }
  done = 0;
  const Stopwatch watch;
  while (watch.wall_s() < time.count()) {
    if (held) {
      TRY_VOID(data->write(check_some));
    } else {
      TRY_VOID(check_apart());
    }
  }
  return watch.stop(done);
}

}  // namespace bench
