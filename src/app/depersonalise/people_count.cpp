#include "app/depersonalise/people_count.h"

#include "app/depersonalise/countable_people.h"
#include "identity/account/account_list.h"

namespace app {
namespace {

// One transaction each: a server on the same SQLite file waits no longer than for this many.
constexpr int kBatch = 100;
static_assert(kBatch <= vault::DepersonalisedReading::kPeopleMax);

privacy::PeopleTable empty_table(const PeopleCountPorts& ports) {
  std::vector<privacy::Hierarchy> quasi;
  for (const auto& name : ports.columns.quasi) {
    quasi.push_back(privacy::hierarchy_of(name, ports.rules));
  }
  return {std::move(quasi), ports.columns.sensitive};
}

class Count {
 public:
  Count(const PeopleCountPorts& ports, const vault::Depersonalising& act)
      : ports_(ports),
        reading_(ports.vault, act),
        people_(ports.rules, act.now),
        result_{empty_table(ports), 0} {}

  core::Result<PeopleCount> run() {
    core::CitizenId after;
    std::int64_t seen = 0;
    for (;;) {
      TRY(const auto batch, ports_.vault.data.read([&](store::UnitOfWork& unit) {
        return identity::sql::list_accounts_after(unit, after, kBatch);
      }));
      if (batch.empty()) return std::move(result_);
      TRY_VOID(add(batch));
      after = batch.back();
      seen += static_cast<std::int64_t>(batch.size());
      if (ports_.progress) ports_.progress(seen);
    }
  }

 private:
  core::Status add(const std::vector<core::CitizenId>& batch) {
    TRY(const auto read,
        reading_.read(batch, [this](store::UnitOfWork& unit, const core::CitizenId& id) {
          return people_.may_be_read(unit, id);
        }));
    result_.left_out += static_cast<std::int64_t>(batch.size() - read.size());
    for (const auto& person : read) {
      const auto facts = people_.take(person.citizen_id, person.records);
      std::vector<std::string> words;
      for (const auto& name : ports_.columns.quasi) words.push_back(word_of(facts, name));
      for (const auto& name : ports_.columns.sensitive) words.push_back(word_of(facts, name));
      TRY_VOID(result_.table.add(words));
    }
    people_.forget_rest();
    return {};
  }

  const PeopleCountPorts& ports_;
  vault::DepersonalisedReading reading_;
  CountablePeople people_;
  PeopleCount result_;
};

}  // namespace

core::Status check_people(const PeopleCountPorts& ports, std::int64_t people_min,
                          core::Instant now) {
  CountablePeople people(ports.rules, now);
  core::CitizenId after;
  std::int64_t found = 0;
  while (found < people_min) {
    bool ended = false;
    TRY_VOID(ports.vault.data.read([&](store::UnitOfWork& unit) -> core::Status {
      TRY(const auto batch, identity::sql::list_accounts_after(unit, after, kBatch));
      for (const auto& id : batch) {
        TRY(const bool countable, people.may_be_read(unit, id));
        found += countable ? 1 : 0;
      }
      ended = batch.empty();
      if (!ended) after = batch.back();
      return {};
    }));
    people.forget_rest();
    if (ended) {
      return core::fail(core::ErrorCode::kConflict, "depersonalise.too_few_people",
                        std::to_string(found));
    }
  }
  return {};
}

core::Result<PeopleCount> count_people(const PeopleCountPorts& ports,
                                       const vault::Depersonalising& act) {
  return Count(ports, act).run();
}

}  // namespace app
