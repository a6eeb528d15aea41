#include "codec/identifiers.h"
#include "fuzz/fuzz_target.h"

namespace {

template <typename Kind>
void check(std::string_view text) {
  const auto parsed = Kind::parse(text);
  if (!parsed) return;
  CORE_ASSERT(Kind::parse(parsed->digits()) == *parsed);
  CORE_ASSERT(Kind::parse(parsed->grouped()) == *parsed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = core::as_text({data, size});
  check<codec::Snils>(text);
  check<codec::Inn12>(text);
  check<codec::Inn10>(text);
  check<codec::Ogrn>(text);
  check<codec::Ogrnip>(text);
  check<codec::OmsPolicy>(text);
  check<codec::RfPassport>(text);
  check<codec::DrivingLicence>(text);
  check<codec::KzIin>(text);
  check<codec::KgPin>(text);
  check<codec::CardPan>(text);
  return 0;
}
