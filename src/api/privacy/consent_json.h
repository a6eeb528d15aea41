// A consent as the HTTP interface shows it, for the privacy pages and for the wallet's.
// Pure function; safe from any thread.
#pragma once

#include "api/wire.h"
#include "privacy/types.h"

namespace api {

[[nodiscard]] inline codec::JsonObject to_json(const privacy::Consent& consent, core::Instant now) {
  codec::JsonObject json{{"purpose", privacy::name_of(consent.purpose)},
                         {"state", privacy::name_of(consent.state(now))}};
  put_moment(json, "granted_at", consent.granted_at);
  put_moment(json, "withdrawn_at", consent.withdrawn_at);
  put_moment(json, "expires_at", consent.expires_at);
  put_moment(json, "narrowed_at", consent.narrowed_at);
  if (!consent.granted_scope.empty()) {
    json["scope"] = codec::JsonArray(consent.scope.begin(), consent.scope.end());
    json["granted_scope"] =
        codec::JsonArray(consent.granted_scope.begin(), consent.granted_scope.end());
  }
  if (consent.granted_at) {
    json["edition_kind"] = privacy::name_of(consent.seen.kind);
    json["edition_number"] = consent.seen.number;
    json["edition_language"] = consent.seen.language;
    json["edition_sha256"] = consent.seen.sha256;
  }
  return json;
}

}  // namespace api
