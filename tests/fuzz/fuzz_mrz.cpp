#include "codec/mrz.h"
#include "fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto mrz = codec::Mrz::parse(core::as_text({data, size}));
  if (!mrz) return 0;
  const core::Date today{.year = 2026, .month = 11, .day = 22};
  const auto birth = mrz->birth.as_birth(today);
  CORE_ASSERT(!birth || *birth <= today);
  const auto expiry = mrz->expiry.as_expiry(today);
  CORE_ASSERT(!expiry || (expiry->year >= 1976 && expiry->year <= 2075));
  CORE_ASSERT(!mrz->surname.empty() && !mrz->document_number.empty());
  return 0;
}
