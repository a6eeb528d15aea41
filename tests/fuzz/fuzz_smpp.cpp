#include <algorithm>

#include "edges/smpp/receipt.h"
#include "edges/smpp/session.h"
#include "fuzz/fuzz_target.h"

namespace {

using edges::smpp::Moment;

/// What a session that is bound makes of the bytes, given in pieces of this size.
struct Reaction {
  core::Bytes output;
  std::size_t receipts = 0;
  bool failed = false;

  friend bool operator==(const Reaction&, const Reaction&) = default;
};

Reaction react(core::ByteView bytes, std::size_t step) {
  const Moment now{};
  edges::smpp::Session session({}, now);
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    session.receive(bytes.subspan(at, std::min(step, bytes.size() - at)), now);
  }
  return {session.take_output(), session.take_receipts().size(), session.failure().has_value()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView bytes(data, size);
  edges::smpp::PduReader reader;
  reader.append(bytes);
  for (auto next = reader.next(); next && !next->empty(); next = reader.next()) {
    CORE_ASSERT(next->size() >= edges::smpp::kHeaderBytes &&
                next->size() <= edges::smpp::kPduBytesMax);
    const auto pdu = edges::smpp::parse_pdu(*next);
    if (!pdu) continue;
    const auto* const message = std::get_if<edges::smpp::DeliverSm>(&pdu->body);
    const auto receipt = message != nullptr ? edges::smpp::find_receipt(*message) : std::nullopt;
    if (receipt) CORE_ASSERT(!receipt->message_id.empty() && receipt->message_id.size() <= 64);
  }
  // However the stream is cut, it means the same.
  CORE_ASSERT(react(bytes, size + 1) == react(bytes, 1));
  return 0;
}
