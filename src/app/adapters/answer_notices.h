// AnswerNotices: an answer about somebody's data becomes a notice of their account, by SMS and by
// e-mail, without a word of what was answered. Safe from any thread.
#pragma once

#include "core/rng.h"
#include "privacy/request/answer_notice.h"

namespace app {

class AnswerNotices final : public privacy::AnswerNotice {
 public:
  explicit AnswerNotices(core::Rng& rng) : rng_(rng) {}

  [[nodiscard]] core::Status tell(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                  privacy::AnsweredThing what, core::Instant now) override;

 private:
  core::Rng& rng_;
};

}  // namespace app
