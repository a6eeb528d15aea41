#include <algorithm>

#include "edges/sip_call/flash_call.h"
#include "fuzz/fuzz_target.h"

namespace {

using edges::sip_call::FlashCall;
using edges::sip_call::Moment;

edges::sip_call::TrunkProfile make_profile() {
  edges::sip_call::TrunkProfile profile;
  profile.domain = "t";
  profile.transport = "UDP";
  profile.local = "192.0.2.1:5070";
  profile.credentials = {"beresta", core::Secret<std::string>("secret")};
  return profile;
}

/// Every line we send is one line, whatever the trunk said: nothing it says becomes a header of
/// ours.
void check_output(const std::vector<std::string>& messages) {
  for (const auto& message : messages) {
    const auto head = message.substr(0, message.find("\r\n\r\n") + 2);
    for (std::size_t at = 0; at < head.size(); ++at) {
      CORE_ASSERT(head[at] != '\n' || (at > 0 && head[at - 1] == '\r'));
      CORE_ASSERT(head[at] != '\r' || (at + 1 < head.size() && head[at + 1] == '\n'));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto profile = make_profile();
  Moment now{};
  // The seeds speak of this call: its branch, its tag and its number.
  FlashCall call(profile, {core::Secret<std::string>("+79175550142"), "+78432041736", "u"}, now);
  check_output(call.take_output());
  // A zero byte ends a message and lets a second pass, so that an order of messages can be found.
  auto rest = core::as_text({data, size});
  for (int messages = 0; messages < 16 && !rest.empty(); ++messages) {
    const auto text = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    const auto message = edges::sip_call::parse_sip(text);
    if (message) call.on_message(*message, now);
    now += std::chrono::seconds(1);
    call.tick(now);
    check_output(call.take_output());
  }
  edges::sip_call::SipStreamReader reader;
  reader.append({data, size});
  for (auto next = reader.next(); next && !next->empty(); next = reader.next()) {
    CORE_ASSERT(next->size() <= size);
  }
  return 0;
}
