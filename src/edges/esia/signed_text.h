// The strings that client_secret signs: values of the request put together without separators, in
// an order that differs between the two schemes. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "edges/esia/types.h"

namespace edges::esia {

/// What a request says of itself.
struct SignedValues {
  std::string_view client_id;
  std::string_view scope;
  std::string_view scope_org;
  std::string_view timestamp;
  std::string_view state;
  std::string_view redirect_uri;
  std::string_view code;  ///< empty in the authorization request
};

/// kV1: scope, timestamp, client_id, state, the same for both requests.
/// kV2: client_id, scope, scope_org, timestamp, state, redirect_uri, and the code if there is one.
[[nodiscard]] std::string signed_text(Scheme scheme, const SignedValues& values);

}  // namespace edges::esia
