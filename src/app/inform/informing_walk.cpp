#include "app/inform/informing_walk.h"

#include <algorithm>

#include "app/inform/reachable.h"
#include "privacy/informing/informing_store.h"
#include "privacy/sql_store.h"

namespace app {
namespace {

using privacy::InformingChannel;
using privacy::InformingOutcome;

/// People of one reading; it locks nobody.
constexpr int kBatch = 100;

/// What is decided for one person.
struct Decision {
  struct Line {
    InformingChannel channel = InformingChannel::kSms;
    InformingOutcome outcome = InformingOutcome::kGoing;
  };
  bool agreed = false;
  std::string language;
  std::vector<Line> lines;  ///< for each channel that was asked for and the consent names

  [[nodiscard]] bool goes() const {
    return std::any_of(lines.begin(), lines.end(),
                       [](const Line& line) { return line.outcome == InformingOutcome::kGoing; });
  }
};

struct Candidate {
  core::CitizenId citizen_id;
  Decision decision;
};

bool names(const privacy::Scope& scope, InformingChannel channel) {
  return std::find(scope.begin(), scope.end(), name_of(channel)) != scope.end();
}

class Walk {
 public:
  Walk(const InformingPorts& ports, const InformingOrder& order) : ports_(ports), order_(order) {
    report_.topic = order.topic;
    report_.channels = order.channels;
    report_.dry_run = order.dry_run;
  }

  core::Result<privacy::InformingReport> run() {
    core::CitizenId after;
    for (;;) {
      TRY(const auto batch, look(after));
      if (batch.empty()) return std::move(report_);
      for (const auto& candidate : batch) {
        TRY_VOID(settle(candidate));
      }
      after = batch.back().citizen_id;
      seen_ += static_cast<std::int64_t>(batch.size());
      if (ports_.progress) ports_.progress(seen_);
    }
  }

 private:
  /// The next people, with what would become of them: most of a second walk ends here.
  core::Result<std::vector<Candidate>> look(const core::CitizenId& after) {
    const auto now = ports_.clock();
    return ports_.data.read([&](store::UnitOfWork& unit) -> core::Result<std::vector<Candidate>> {
      TRY(const auto people,
          privacy::sql::list_agreed_after(unit, order_.topic, after, now, kBatch));
      std::vector<Candidate> batch;
      batch.reserve(people.size());
      for (const auto& citizen_id : people) {
        TRY(const auto consent, privacy::sql::check_consent(unit, citizen_id, order_.topic));
        TRY(auto decision, decide(unit, citizen_id, consent, now));
        batch.push_back({citizen_id, std::move(decision)});
      }
      return batch;
    });
  }

  core::Status settle(const Candidate& candidate) {
    auto decision = candidate.decision;
    if (!decision.agreed) return {};
    report_.people += 1;
    if (decision.goes() && !order_.dry_run) {
      TRY(auto written, write(candidate.citizen_id));
      // What was in the consent a moment ago and is no more has been withdrawn.
      for (const auto& line : decision.lines) {
        const bool still =
            std::any_of(written.lines.begin(), written.lines.end(),
                        [&](const auto& one) { return one.channel == line.channel; });
        if (!still) written.lines.push_back({line.channel, InformingOutcome::kWithdrawn});
      }
      decision = std::move(written);
    }
    for (const auto& line : decision.lines) {
      report_.add(line.channel, line.outcome, decision.language);
    }
    if (decision.lines.empty()) report_.other_channels += 1;
    return {};
  }

  core::Result<Decision> write(const core::CitizenId& citizen_id) {
    const auto now = ports_.clock();
    Decision decision;
    TRY_VOID(ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
      TRY(decision, write_within(unit, citizen_id, now));
      return {};
    }));
    return decision;
  }

  /// Decides again, with the consent held until the messages are committed, and writes them.
  core::Result<Decision> write_within(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                      core::Instant now) {
    TRY(const auto consent, privacy::sql::hold_consent(unit, citizen_id, order_.topic));
    TRY(auto decision, decide(unit, citizen_id, consent, now));
    const auto& text = privacy::text_in(order_.texts, decision.language);
    for (auto& line : decision.lines) {
      if (line.outcome != InformingOutcome::kGoing) continue;
      TRY(const bool fresh, privacy::sql::queue_informing(
                                unit, {citizen_id, text.digest(), line.channel}, now, ports_.rng));
      if (!fresh) line.outcome = InformingOutcome::kWaiting;
    }
    return decision;
  }

  core::Result<Decision> decide(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                const privacy::Consent& consent, core::Instant now) {
    Decision decision;
    decision.agreed = consent.is_live(now);
    if (!decision.agreed) return decision;
    TRY(const auto given, privacy::sql::find_consent(unit, citizen_id, order_.topic));
    // They read the consent in this language.
    decision.language = privacy::text_in(order_.texts, given.seen.language).language();
    TRY(const auto obstacle, find_obstacle(unit, citizen_id));
    for (const auto channel : order_.channels) {
      if (!names(consent.scope, channel)) continue;
      TRY(const auto outcome, outcome_of(unit, citizen_id, channel));
      decision.lines.push_back({channel, obstacle.value_or(outcome)});
    }
    return decision;
  }

  core::Result<InformingOutcome> outcome_of(store::UnitOfWork& unit,
                                            const core::CitizenId& citizen_id,
                                            InformingChannel channel) {
    // In whichever language: whoever changes theirs is not told twice.
    for (const auto& text : order_.texts) {
      TRY(const auto before,
          privacy::sql::find_informing(unit, {citizen_id, text.digest(), channel}));
      if (before) return before->sent_at ? InformingOutcome::kSent : InformingOutcome::kWaiting;
    }
    TRY(const bool reachable, has_contact(unit, citizen_id, channel));
    return reachable ? InformingOutcome::kGoing : InformingOutcome::kNoContact;
  }

  const InformingPorts& ports_;
  const InformingOrder& order_;
  privacy::InformingReport report_;
  std::int64_t seen_ = 0;
};

}  // namespace

core::Result<privacy::InformingReport> walk_informing(const InformingPorts& ports,
                                                      const InformingOrder& order) {
  return Walk(ports, order).run();
}

}  // namespace app
