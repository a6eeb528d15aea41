#include "edges/esia/error_table.h"
#include "edges/esia/person.h"
#include "edges/esia/token.h"
#include "edges/esia/token_response.h"
#include "fuzz/fuzz_target.h"

namespace {

using namespace edges::esia;  // NOLINT(google-build-using-namespace): one target, one room

// An RSA certificate whose private key was thrown away: no mutation signs with it.
constexpr std::string_view kCertificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIC/zCCAeegAwIBAgIUHdZL9T4rwVpKbeTByyqp4s299igwDQYJKoZIhvcNAQEL\n"
    "BQAwDzENMAsGA1UEAwwEZnV6ejAeFw0yNjExMjYwNjMyNTBaFw0zNjExMjMwNjMy\n"
    "NTBaMA8xDTALBgNVBAMMBGZ1enowggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEK\n"
    "AoIBAQDEuaZoH0eGlLP5ijqvWLXWnvG6qf2nLVKu/q3cZGjIlkS/M1aJ1g3ysnyp\n"
    "AYQJ7mCgElkbT5bE6IdRNkkkj+05j/0le6SoBk/b4myooQrBllS28dJy/2MhzIi/\n"
    "0ycNScbGA+htOjasF0pxPwwBy6Co6pHAe7UVy5jyzfOi0u1SVFvGiojKjjndSBEQ\n"
    "7RcEUrV8fllEEHqmbpm9ZQ0y1PfyyxDp9pwqBAa/KkT2y49AygLEa9FLuMlqB+m6\n"
    "jyUgqQZGRocPERdteU8yeQLIXNaY2bNWZzywIaD/XMda8Al+nLcpBPYI6R4RpQiF\n"
    "z3/rjyi9Tn6f+J1VE50PrkY3GhT/AgMBAAGjUzBRMB0GA1UdDgQWBBTt42iB+NN6\n"
    "tVwz+6IDMX8rQaC2YDAfBgNVHSMEGDAWgBTt42iB+NN6tVwz+6IDMX8rQaC2YDAP\n"
    "BgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQA8scMSxqFWGvbTYmZ2\n"
    "gJfF+ccDtcWkOgLFTVstas0OA3gWu+2LKgoEchAiH0B5tTTsyFr93UIfJk0Ws7Jl\n"
    "DbY9Y0dNAlEuaK1C/uPGHwBUBCFp65KbEz5L+Xo+aZy7x2VxSyblv4n+xCdIEbtr\n"
    "xRGuLAwGXEBsXm6lTztdaJ/rtFawmXMJsaJWHwqTJON4LS44tdYELq5QkqXTHXAn\n"
    "TZVTCrI578itmdrgeno8GwOQqJfc7wATnGQdXzHdiPZ12iWHmnuPihCInLu2oI9b\n"
    "wBbuCGb8koQ6AMCJcJ8nu+8bvuHl45aCrnG3uiObDuSL8UNeFdcZ7samr7ZCKf+f\n"
    "znHG\n"
    "-----END CERTIFICATE-----\n";

void check_person(std::string_view text) {
  const auto person = parse_person(text);
  if (!person) {
    CORE_ASSERT(person.error().reason == "esia.malformed");
    return;
  }
  const auto snils = person->snils.reveal().size();
  CORE_ASSERT(snils == 0 || snils == 11);
  const auto inn = person->inn.reveal().size();
  CORE_ASSERT(inn == 0 || inn == 12);
  const auto date = person->birth_date.reveal().size();
  CORE_ASSERT(date == 0 || date == 10);
  if (person->documents) {
    CORE_ASSERT(person->documents->elements.size() + person->documents->links.size() <=
                kElementsMax);
  }
  if (const auto* document = person->main_document()) {
    CORE_ASSERT(!document->number.reveal().empty() && document->status == CheckStatus::kVerified);
  }
}

void check_tokens(std::string_view text) {
  static const std::vector<crypto::Certificate> certificates{
      crypto::Certificate::from_pem(kCertificate).value()};
  const TokenExpectation expected{"http://esia.example/", "TESTSYS", certificates};
  const auto now = core::Instant::from_seconds(1'800'000'000);
  CORE_ASSERT(!verify_id_token(text, expected, now));
  CORE_ASSERT(!verify_access_token(text, expected, now));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = core::as_text({data, size});
  check_person(text);
  check_tokens(text);
  for (const bool read :
       {parse_contacts(text).has_value(), parse_addresses(text).has_value(),
        parse_documents(text).has_value(), parse_organizations(text).has_value()}) {
    CORE_ASSERT(!read || parse_element(text));
  }
  const auto tokens = parse_token_response(text);
  CORE_ASSERT(!tokens || tokens->id_token.size() <= kTokenBytesMax);
  CORE_ASSERT(parse_refusal(400, text).reason.starts_with("esia."));
  CORE_ASSERT(esia_error(text, text).detail.size() <= 16);
  return 0;
}
