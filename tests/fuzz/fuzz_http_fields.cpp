#include <string>
#include <vector>

#include "codec/utf8.h"
#include "fuzz/fuzz_target.h"
#include "http/client_address.h"
#include "http/cookies.h"
#include "http/language.h"
#include "http/limits.h"
#include "http/parameters.h"

namespace {

void check_parameters(std::string_view text) {
  const auto parameters = http::Parameters::parse(text);
  if (!parameters) return;
  CORE_ASSERT(parameters->all().size() <= http::kParametersMax);
  for (const auto& [name, value] : parameters->all()) {
    CORE_ASSERT(codec::is_utf8(name) && codec::is_utf8(value));
    CORE_ASSERT(parameters->find(name) == value);
    CORE_ASSERT(http::percent_decode(http::percent_encode(value), false) == value);
  }
}

void check_forwarded(std::string_view text) {
  const std::vector<http::AddressBlock> all{*http::AddressBlock::parse("0.0.0.0/0"),
                                            *http::AddressBlock::parse("::/0")};
  const auto client = http::client_behind({}, text, all);
  CORE_ASSERT(http::ClientAddress::parse(client.to_string()) == client);
  CORE_ASSERT(http::client_behind({}, text, {}) == http::ClientAddress());
}

}  // namespace

// One text, read as everything a client may put into a query, a form or one of these fields.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = core::as_text({data, size});
  check_parameters(text);
  check_forwarded(text);
  const auto cookie = http::find_cookie(text, "s");
  CORE_ASSERT(!cookie || cookie->find(';') == std::string::npos);
  static_cast<void>(http::negotiate_language(text));
  static_cast<void>(http::AddressBlock::parse(text));
  return 0;
}
