// Three years of requests with a clock that jumps: people file and take back, officers work with
// stale pages, the sweep comes when it comes. A mirror that knows the law by heart says what must
// be.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "privacy/request/testing/request_world.h"

namespace privacy {
namespace {

using Text = core::Secret<std::string>;

/// Every day off of the three years, by plain enumeration.
std::set<std::string> days_off() {
  const auto rules = world::russian_days();
  std::set<std::string> off;
  for (auto day = rules.first; day <= rules.last; day = core::add_days(day, 1)) {
    if (core::weekday_of(day) >= 6) off.insert(day.to_string());
  }
  for (int year = 2025; year <= 2027; ++year) {
    for (const auto& [month, day] : rules.public_holidays) {
      off.insert(core::Date{year, month, day}.to_string());
    }
  }
  for (const auto& day : rules.moved_days_off) off.insert(day.to_string());
  for (const auto& day : rules.moved_working_days) off.erase(day.to_string());
  return off;
}

struct Known {
  core::CitizenId owner;
  RequestId id;
  RequestKind kind = RequestKind::kContest;
  std::int64_t revision = 1;
  std::vector<std::string> acts{"received"};
  core::Date due;
  bool open = true;
  bool extended = false;
};

class Simulation : public testing::Test {
 protected:
  std::uint64_t dice(std::uint64_t below) { return engine_() % below; }

  core::Date by_hand(const core::Date& from, int working, int calendar) {
    auto day = from;
    for (int left = working; left > 0;) {
      day = core::add_days(day, 1);
      if (!off_.contains(day.to_string())) --left;
    }
    day = core::add_days(day, calendar);
    while (off_.contains(day.to_string())) day = core::add_days(day, 1);
    return day;
  }

  void file() {
    constexpr std::array kinds{RequestKind::kCorrection, RequestKind::kContest,
                               RequestKind::kErasure,    RequestKind::kComplaint,
                               RequestKind::kStop,       RequestKind::kInformation};
    const auto kind = kinds.at(dice(kinds.size()));
    const auto owner = people_[dice(people_.size())];
    const auto made = world_.requests.receive(owner, {kind, "ru", {}, Text("слова")}, now_);
    if (!made) {
      ASSERT_EQ(made.error().reason, "request.too_many");
      return;
    }
    const auto today = core::date_of(now_, 180);
    const bool in_days = kind == RequestKind::kErasure || kind == RequestKind::kComplaint;
    const auto due = in_days ? by_hand(today, 0, 30)
                             : by_hand(today, kind == RequestKind::kCorrection ? 7 : 10, 0);
    ASSERT_EQ(made->request.due_day, due) << today.to_string() << name_of(kind);
    known_.push_back({owner, made->request.id, kind, 1, {"received"}, due});
  }

  /// Tries any act on any request, with a page that may be stale.
  void act() {
    if (known_.empty()) return;
    // The newest are worked on more often than the old.
    const auto back = std::min<std::size_t>(known_.size(), dice(4) == 0 ? known_.size() : 60);
    auto& one = known_[known_.size() - 1 - dice(back)];
    const bool stale = dice(10) == 0;
    const DeskAct page{officers_[dice(3)], one.id, one.revision - (stale ? 1 : 0)};
    const auto choice = dice(8);
    const auto act = choice < 3    ? RequestAct::kTake
                     : choice < 5  ? RequestAct::kAnswer
                     : choice == 5 ? RequestAct::kRefuse
                     : choice == 6 ? RequestAct::kExtend
                                   : RequestAct::kWithdraw;
    const auto done = run(act, one, page);
    const bool late = now_ >= end_of(one.due);
    const bool allowed = may(act, one, late) && !stale;
    ASSERT_EQ(done.has_value(), allowed) << (done ? "" : done.error().reason) << name_of(act);
    if (!done) return;
    if (late && one.acts.back() != "overdue" && !has(one, "overdue")) one.acts.push_back("overdue");
    one.acts.emplace_back(name_of(act));
    ++one.revision;
    one.open = act == RequestAct::kTake || act == RequestAct::kExtend;
    if (act == RequestAct::kExtend) {
      one.extended = true;
      one.due = by_hand(one.due, 5, 0);
    }
  }

  core::Result<SubjectRequest> run(RequestAct act, const Known& one, const DeskAct& page) {
    switch (act) {
      case RequestAct::kTake:
        return world_.desk.take(page, now_);
      case RequestAct::kAnswer:
        return world_.desk.answer(page, Text("ответ"), now_);
      case RequestAct::kRefuse:
        return world_.desk.refuse(page, "data_are_right", Text("отказ"), now_);
      case RequestAct::kExtend:
        return world_.desk.extend(page, Text("причины"), now_);
      default:
        return world_.requests.withdraw(one.owner, one.id, page.revision, now_);
    }
  }

  static bool has(const Known& one, std::string_view act) {
    return std::find(one.acts.begin(), one.acts.end(), act) != one.acts.end();
  }
  static bool may(RequestAct act, const Known& one, bool late) {
    if (!one.open) return false;
    const bool taken = has(one, "taken");
    if (act == RequestAct::kTake) return !taken;
    if (act == RequestAct::kWithdraw) return true;
    if (act != RequestAct::kExtend) return taken;
    const bool law = one.kind == RequestKind::kContest || one.kind == RequestKind::kStop ||
                     one.kind == RequestKind::kInformation;
    return taken && law && !one.extended && !late;
  }
  static core::Instant end_of(const core::Date& day) {
    static const auto calendar = core::WorkCalendar::make(world::russian_days()).value();
    return calendar.end_of(day);
  }

  void check(const Known& one) {
    const auto file = world_.requests.get(one.owner, one.id, now_).value();
    std::vector<std::string> acts;
    for (std::size_t i = 0; i < file.events.size(); ++i) {
      const auto& event = file.events[i];
      ASSERT_EQ(event.number, static_cast<int>(i) + 1) << "no transition is lost or doubled";
      acts.emplace_back(name_of(event.act));
      const auto* text = find_text(file.texts, event.text_id);
      if (text != nullptr) {
        ASSERT_EQ(digest_of(text->salt, text->text.reveal()), event.text_sha256);
      }
    }
    ASSERT_EQ(acts, one.acts);
    ASSERT_EQ(file.request.revision, one.revision);
    ASSERT_EQ(file.request.due_day, one.due);
    ASSERT_FALSE(off_.contains(file.request.due_day.to_string())) << "no term ends on a day off";
    ASSERT_EQ(file.request.due_at, end_of(one.due));
    ASSERT_LE(std::count(acts.begin(), acts.end(), "extended"), 1);
    const auto ended = file.request.closed_at.value_or(now_);
    ASSERT_EQ(has(one, "overdue"), ended >= file.request.due_at) << "overdue exactly when late";
    ASSERT_EQ(file.request.is_overdue(now_), ended >= file.request.due_at);
  }

  void sweep() {
    while (world_.requests.note_overdue(now_).value() > 0) {
    }
    for (auto& one : known_) {
      if (one.open && now_ >= end_of(one.due) && !has(one, "overdue"))
        one.acts.push_back("overdue");
    }
  }

  std::mt19937_64 engine_{20250101};
  std::set<std::string> off_ = days_off();
  world::RequestWorld world_;
  core::Instant now_ = core::from_rfc3339("2025-01-01T00:00:00Z").value();
  std::vector<core::CitizenId> people_;
  std::vector<core::CitizenId> officers_;
  std::vector<Known> known_;
};

TEST_F(Simulation, KeepsEveryPromiseOverThreeYears) {
  for (int i = 0; i < 300; ++i) people_.push_back(world_.vaults.person());
  for (int i = 0; i < 3; ++i) officers_.push_back(world_.vaults.person());
  const auto end = core::from_rfc3339("2027-11-01T00:00:00Z").value();
  while (now_ < end) {
    // Minutes mostly, days now and then: around midnight and over holidays alike.
    now_ = now_ + std::chrono::seconds(dice(40) == 0 ? dice(900'000) : dice(50'000));
    for (auto left = dice(3); left > 0; --left) file();
    for (auto left = dice(4); left > 0; --left) act();
    if (dice(50) == 0) sweep();
    if (HasFatalFailure()) return;
  }
  sweep();
  for (const auto& one : known_) {
    check(one);
    if (HasFatalFailure()) return;
  }
  std::size_t acts = 0;
  for (const auto& one : known_) acts += one.acts.size();
  EXPECT_EQ(
      world::number(world_.vaults.databases.data(),
                    "SELECT CAST(COUNT(*) AS BIGINT) FROM operation WHERE kind LIKE 'request.%'"),
      static_cast<std::int64_t>(acts))
      << "each transition has its line in the owner's history";
  EXPECT_GT(known_.size(), 2000U);
  EXPECT_TRUE(std::any_of(known_.begin(), known_.end(),
                          [](const auto& one) { return one.extended && has(one, "overdue"); }));
}

}  // namespace
}  // namespace privacy
