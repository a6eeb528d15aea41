// A consent as the HTTP interface shows it, for the privacy pages and for the wallet's.
// Pure function; safe from any thread.
#pragma once

#include "api/wire.h"
#include "privacy/types.h"

namespace api {

[[nodiscard]] inline codec::JsonObject to_json(const privacy::Consent& consent) {
  const auto* state = consent.is_live() ? "granted" : consent.granted_at ? "withdrawn" : "absent";
  codec::JsonObject json{{"purpose", privacy::name_of(consent.purpose)}, {"state", state}};
  put_moment(json, "granted_at", consent.granted_at);
  put_moment(json, "withdrawn_at", consent.withdrawn_at);
  if (consent.granted_at) {
    json["edition_kind"] = privacy::name_of(consent.seen.kind);
    json["edition_number"] = consent.seen.number;
    json["edition_language"] = consent.seen.language;
  }
  return json;
}

}  // namespace api
