#include "fuzz/fuzz_target.h"
#include "identity/abuse/device_mark.h"
#include "identity/abuse/work.h"

namespace {

class Zeros final : public core::Rng {
 public:
  void fill(std::span<std::uint8_t> out) override { std::fill(out.begin(), out.end(), 0); }
};

}  // namespace

// Nobody has the keys: whatever comes is no mark and no work, and a mark made after it is one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Zeros rng;
  static const identity::DeviceMarks marks(crypto::Key256::generate(rng), rng);
  static const identity::WorkDesk desk(crypto::Key256::generate(rng), rng);
  const auto now = core::Instant::from_seconds(1'780'000'000);
  const std::string text(core::as_text({data, size}));
  const core::CitizenId id;
  CORE_ASSERT(!marks.recognise(text, id, now));
  CORE_ASSERT(marks.recognise(marks.renew(text, id, now), id, now));
  CORE_ASSERT(desk.bits_of({text, 0}, id.bytes(), now) == 0);
  return 0;
}
