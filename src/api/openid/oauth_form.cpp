#include "api/openid/oauth_form.h"

#include "codec/base64url.h"

namespace api {
namespace {

using core::ErrorCode;
using core::fail;

/// The rest after a scheme's name, which is compared without case (RFC 9110, section 11.1).
std::optional<std::string_view> after_scheme(std::string_view field, std::string_view scheme) {
  if (field.size() <= scheme.size() || field[scheme.size()] != ' ') return std::nullopt;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char lower =
        field[i] >= 'A' && field[i] <= 'Z' ? static_cast<char>(field[i] + 32) : field[i];
    if (lower != scheme[i]) return std::nullopt;
  }
  return field.substr(scheme.size() + 1);
}

core::Result<std::pair<std::string, core::Secret<std::string>>> basic_credentials(
    std::string_view text) {
  const auto refuse = [] {
    return fail(ErrorCode::kUnauthenticated, "oauth.invalid_client.authorization_header");
  };
  const auto bytes = codec::from_base64(text);
  if (!bytes) return refuse();
  const auto pair = core::as_text(*bytes);
  const auto colon = pair.find(':');
  if (colon == std::string_view::npos) return refuse();
  // Both are form-encoded first (RFC 6749, section 2.3.1).
  const auto id = http::percent_decode(pair.substr(0, colon), true);
  const auto secret = http::percent_decode(pair.substr(colon + 1), true);
  if (!id || !secret) return refuse();
  return std::pair(*id, core::Secret<std::string>(*secret));
}

int status_of(const core::Error& error, std::string_view code) {
  if (code == "invalid_client" || code == "invalid_token") return 401;
  if (code == "insufficient_scope") return 403;
  if (code == "temporarily_unavailable") return error.code == ErrorCode::kLimited ? 429 : 503;
  return code == "server_error" ? 500 : 400;
}

}  // namespace

http::Response oauth_error(const core::Error& error) {
  const auto code = openid::oauth_code(error);
  const auto description = openid::oauth_description(error);
  codec::JsonObject json{{"error", code}};
  if (!description.empty()) json["error_description"] = description;
  auto response = http::json_ok(json);
  response.status = status_of(error, code);
  response.with("Cache-Control", "no-store");
  if (code == "invalid_client") response.with("WWW-Authenticate", "Basic realm=\"beresta\"");
  if (code == "invalid_token" || code == "insufficient_scope") {
    const auto fault =
        error.reason == "oauth.invalid_token.missing" ? std::string() : " error=\"" + code + "\"";
    response.with("WWW-Authenticate", "Bearer" + fault);
    response.with("WWW-Authenticate", "DPoP algs=\"ES256\"" + (fault.empty() ? "" : "," + fault));
  }
  if (error.retry_after_s > 0) response.with("Retry-After", std::to_string(error.retry_after_s));
  return response;
}

core::Result<openid::Parameters> form_of(const http::Request& request) {
  TRY(const auto form, request.form());
  return form.all();
}

openid::Parameters query_of(const http::Request& request) {
  return request.query_parameters().all();
}

core::Result<openid::PresentedClient> presented_client(const http::Request& request,
                                                       const openid::Parameters& form,
                                                       const std::string& issuer) {
  openid::PresentedClient presented;
  const auto text = [&](std::string_view name) {
    return std::string(openid::find(form, name).value_or(""));
  };
  presented.client_id = text("client_id");
  presented.client_assertion = text("client_assertion");
  presented.client_assertion_type = text("client_assertion_type");
  presented.audience = issuer;
  // A secret in the body ends up in logs; the method is not offered, so it is not understood.
  if (openid::find(form, "client_secret")) {
    return fail(ErrorCode::kUnauthenticated, "oauth.invalid_client.secret_in_the_body");
  }
  const auto field = request.header("authorization");
  if (!field) return presented;
  const auto basic = after_scheme(*field, "basic");
  if (!basic) return fail(ErrorCode::kUnauthenticated, "oauth.invalid_client.authorization_header");
  TRY(presented.basic, basic_credentials(*basic));
  return presented;
}

core::Result<BearerToken> bearer_token(const http::Request& request,
                                       const openid::Parameters& form) {
  const auto in_form = openid::find(form, "access_token");
  const auto field = request.header("authorization");
  if (in_form && field) return fail(ErrorCode::kInvalidInput, "oauth.invalid_request.two_tokens");
  if (in_form) return BearerToken{std::string(*in_form), false};
  if (field) {
    if (const auto bearer = after_scheme(*field, "bearer")) {
      return BearerToken{std::string(*bearer), false};
    }
    if (const auto dpop = after_scheme(*field, "dpop")) {
      return BearerToken{std::string(*dpop), true};
    }
  }
  return fail(ErrorCode::kUnauthenticated, "oauth.invalid_token.missing");
}

}  // namespace api
