#include "app/adapters/answer_notices.h"

#include "identity/authenticator/account_notice.h"

namespace app {

core::Status AnswerNotices::tell(store::UnitOfWork& unit, const core::CitizenId& citizen_id,
                                 privacy::AnsweredThing what, core::Instant now) {
  const auto kind = what == privacy::AnsweredThing::kRequest
                        ? identity::NoticeKind::kRequestAnswered
                        : identity::NoticeKind::kDisputeAnswered;
  return identity::enqueue_notice(unit, {citizen_id, kind, {}, now}, rng_);
}

}  // namespace app
