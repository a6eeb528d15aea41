#include "app/adapters/openid_sign_ins.h"

#include "api/identity/session_cookie.h"

namespace app {

core::Result<openid::SignedIn> OpenidSignIns::find(const core::CitizenId& citizen_id,
                                                   core::ByteView session_key,
                                                   core::Instant /*now*/) {
  const auto who = api::who(http::Subject{citizen_id, core::to_bytes(session_key)});
  TRY(const auto level, assurance_.level_of(citizen_id));
  const bool verified = level == identity::AssuranceLevel::kVerified;
  openid::SignedIn found{.citizen_id = citizen_id,
                         .session_id = core::to_bytes(who.session_id.bytes()),
                         .auth_time = who.authenticated_at,
                         .acr = std::string(verified ? openid::kAcrVerified : openid::kAcrPhone),
                         .amr = {}};
  for (const auto name : who.amr.names()) found.amr.emplace_back(name);
  return found;
}

}  // namespace app
