#include "api/openid/oauth_form.h"
#include "fuzz/fuzz_target.h"

// A party's call: its Authorization field up to a line's end, then the form. What comes out says
// either who asks, with one credential, or what is wrong in OAuth's form.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = core::as_text({data, size});
  const auto line = std::min(text.find('\n'), text.size());
  http::RequestParts parts;
  parts.method = http::Method::kPost;
  parts.fields = {{"content-type", "application/x-www-form-urlencoded"}};
  if (line > 0) parts.fields.emplace_back("authorization", std::string(text.substr(0, line)));
  parts.body = std::string(text.substr(std::min(line + 1, text.size())));
  const http::Request request(std::move(parts));
  const auto form = api::form_of(request);
  if (!form) {
    CORE_ASSERT(api::oauth_error(form.error()).status == 400);
    return 0;
  }
  const auto client = api::presented_client(request, *form, "https://id.example");
  if (!client) CORE_ASSERT(api::oauth_error(client.error()).status == 401);
  if (client && client->basic) CORE_ASSERT(line > 0);
  const auto token = api::bearer_token(request, *form);
  if (!token) {
    const auto status = api::oauth_error(token.error()).status;
    CORE_ASSERT(status == 401 || status == 400);
  }
  if (token && token->with_dpop) CORE_ASSERT(line >= 5 && token->token.size() == line - 5);
  return 0;
}
