#include "edges/esia/signed_text.h"

#include <initializer_list>

namespace edges::esia {
namespace {

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text += part;
  return text;
}

}  // namespace

std::string signed_text(Scheme scheme, const SignedValues& v) {
  if (scheme == Scheme::kV1) return joined({v.scope, v.timestamp, v.client_id, v.state});
  return joined({v.client_id, v.scope, v.scope_org, v.timestamp, v.state, v.redirect_uri, v.code});
}

}  // namespace edges::esia
