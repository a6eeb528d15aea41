#include "edges/smpp/pdu.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace edges::smpp {
namespace {

constexpr std::size_t kShortMessageBytesMax = 254;

auto malformed(std::string_view what) {
  return core::fail(core::ErrorCode::kInvalidInput, "smpp.malformed", std::string(what));
}

std::uint32_t number_at(core::ByteView bytes, std::size_t at) {
  return (std::uint32_t{bytes[at]} << 24U) | (std::uint32_t{bytes[at + 1]} << 16U) |
         (std::uint32_t{bytes[at + 2]} << 8U) | std::uint32_t{bytes[at + 3]};
}

// Reads fields one after another; once one goes beyond the end, all that follow are empty.
class FieldReader {
 public:
  explicit FieldReader(core::ByteView bytes) : rest_(bytes) {}

  std::uint8_t octet() {
    const auto one = octets(1);
    return one.empty() ? std::uint8_t{0} : one[0];
  }
  std::uint16_t short_number() {
    const auto two = octets(2);
    if (two.empty()) return 0;
    return static_cast<std::uint16_t>((std::uint32_t{two[0]} << 8U) | two[1]);
  }
  /// A C-octet string of at most `size_max` octets, its zero included.
  std::string text(std::size_t size_max) {
    const auto visible = rest_.first(std::min(size_max, rest_.size()));
    const auto zero = std::find(visible.begin(), visible.end(), std::uint8_t{0});
    if (zero == visible.end()) {
      broken_ = true;
      return {};
    }
    const auto size = static_cast<std::size_t>(zero - visible.begin());
    std::string value(core::as_text(rest_.first(size)));
    rest_ = rest_.subspan(size + 1);
    return value;
  }
  core::ByteView octets(std::size_t size) {
    if (broken_ || size > rest_.size()) {
      broken_ = true;
      return {};
    }
    const auto taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  [[nodiscard]] bool broken() const { return broken_; }
  [[nodiscard]] bool at_end() const { return broken_ || rest_.empty(); }

 private:
  core::ByteView rest_;
  bool broken_ = false;
};

std::string without_zero(core::ByteView bytes) {
  while (!bytes.empty() && bytes.back() == 0) bytes = bytes.first(bytes.size() - 1);
  return std::string(core::as_text(bytes));
}

core::Result<DeliverSm> parse_deliver_sm(core::ByteView body) {
  FieldReader in(body);
  DeliverSm message;
  in.text(6);  // service_type
  for (int address = 0; address < 2; ++address) {
    in.octets(2);  // type of number, numbering plan
    in.text(21);
  }
  message.esm_class = in.octet();
  in.octets(2);  // protocol_id, priority_flag
  in.text(17);   // schedule_delivery_time
  in.text(17);   // validity_period
  in.octets(4);  // registered_delivery, replace_if_present_flag, data_coding, sm_default_msg_id
  const std::size_t size = in.octet();
  std::string text(core::as_text(in.octets(size)));
  while (!in.at_end()) {
    const auto tag = in.short_number();
    const auto value = in.octets(in.short_number());
    if (in.broken()) break;
    if (tag == kTlvReceiptedMessageId) message.receipted_message_id = without_zero(value);
    if (tag == kTlvMessageState && value.size() == 1) message.message_state = value[0];
    if (tag == kTlvMessagePayload && text.empty()) text = core::as_text(value);
  }
  if (in.broken()) return malformed("deliver_sm");
  message.short_message = core::Secret<std::string>(std::move(text));
  return message;
}

core::Result<SubmitSmResp> parse_submit_sm_resp(core::ByteView body) {
  // Without a body when the status is an error, and some SMS centres send an empty id then.
  if (body.empty()) return SubmitSmResp{};
  FieldReader in(body);
  SubmitSmResp response{in.text(65)};
  if (in.broken()) return malformed("submit_sm_resp");
  return response;
}

class PduWriter {
 public:
  PduWriter(CommandId command, std::uint32_t status, std::uint32_t sequence) {
    number(0);  // the length, once it is known
    number(static_cast<std::uint32_t>(command));
    number(status);
    number(sequence);
  }
  void octet(std::uint8_t value) { bytes_.push_back(value); }
  void number(std::uint32_t value) {
    for (unsigned shift = 32; shift > 0; shift -= 8) {
      bytes_.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
    }
  }
  void text(std::string_view value, std::size_t size_max) {
    octets(core::as_bytes(value.substr(0, size_max - 1)));
    octet(0);
  }
  void octets(core::ByteView value) { bytes_.insert(bytes_.end(), value.begin(), value.end()); }
  core::Bytes finish() {
    const auto size = static_cast<std::uint32_t>(bytes_.size());
    for (unsigned i = 0; i < 4; ++i) bytes_[i] = static_cast<std::uint8_t>(size >> (24 - 8 * i));
    return std::move(bytes_);
  }

 private:
  core::Bytes bytes_;
};

bool is_number(std::string_view source) {
  const auto digits = source.substr(source.starts_with('+') ? 1 : 0);
  return !digits.empty() &&
         std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void write_address(PduWriter& out, std::string_view address) {
  const bool number = is_number(address);
  out.octet(number ? kTonInternational : kTonAlphanumeric);
  out.octet(number ? kNpiIsdn : kNpiUnknown);
  out.text(number && address.starts_with('+') ? address.substr(1) : address, 21);
}

}  // namespace

core::Result<Pdu> parse_pdu(core::ByteView bytes, PduHeader* header) {
  if (bytes.size() < kHeaderBytes || number_at(bytes, 0) != bytes.size())
    return malformed("length");
  Pdu pdu;
  pdu.header = {number_at(bytes, 4), number_at(bytes, 8), number_at(bytes, 12)};
  if (header != nullptr) *header = pdu.header;
  const auto body = bytes.subspan(kHeaderBytes);
  switch (static_cast<CommandId>(pdu.header.command_id)) {
    case CommandId::kBindTransceiverResp:
      pdu.body = BindTransceiverResp{};
      break;
    case CommandId::kSubmitSmResp: {
      TRY(pdu.body, parse_submit_sm_resp(body));
      break;
    }
    case CommandId::kDeliverSm: {
      TRY(pdu.body, parse_deliver_sm(body));
      break;
    }
    case CommandId::kEnquireLink:
      pdu.body = EnquireLink{};
      break;
    case CommandId::kEnquireLinkResp:
      pdu.body = EnquireLinkResp{};
      break;
    case CommandId::kUnbind:
      pdu.body = Unbind{};
      break;
    case CommandId::kUnbindResp:
      pdu.body = UnbindResp{};
      break;
    case CommandId::kGenericNack:
      pdu.body = GenericNack{};
      break;
    default:
      pdu.body = UnknownCommand{};
  }
  return pdu;
}

void PduReader::append(core::ByteView bytes) {
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(start_));
  start_ = 0;
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
}

core::Result<core::ByteView> PduReader::next() {
  const auto rest = core::ByteView(buffer_).subspan(start_);
  if (rest.size() < 4) return core::ByteView{};
  const std::size_t size = number_at(rest, 0);
  if (size < kHeaderBytes || size > kPduBytesMax) {
    return core::fail(core::ErrorCode::kInvalidInput, "smpp.length", std::to_string(size));
  }
  if (rest.size() < size) return core::ByteView{};
  start_ += size;
  return rest.first(size);
}

core::Bytes bind_transceiver(const BindRequest& request, std::uint32_t sequence) {
  PduWriter out(CommandId::kBindTransceiver, kEsmeRok, sequence);
  out.text(request.system_id, 16);
  out.text(request.password.reveal(), 9);
  out.text(request.system_type, 13);
  out.octet(kInterfaceVersion);
  out.octet(0);  // addr_ton
  out.octet(0);  // addr_npi
  out.text("", 41);
  return out.finish();
}

core::Bytes submit_sm(const SubmitRequest& request, std::uint32_t sequence) {
  PduWriter out(CommandId::kSubmitSm, kEsmeRok, sequence);
  out.text("", 6);  // service_type
  write_address(out, request.source);
  write_address(out, request.destination.reveal());
  out.octet(request.has_header ? kEsmUdhi : std::uint8_t{0});
  out.octet(0);  // protocol_id
  out.octet(1);  // priority_flag: somebody waits for it
  out.text("", 17);
  out.text("", 17);
  out.octet(kRegisteredDeliveryFinal);
  out.octet(0);  // replace_if_present_flag
  out.octet(request.data_coding);
  out.octet(0);  // sm_default_msg_id
  const core::ByteView text(request.short_message.reveal());
  const auto sent = text.first(std::min(text.size(), kShortMessageBytesMax));
  out.octet(static_cast<std::uint8_t>(sent.size()));
  out.octets(sent);
  return out.finish();
}

core::Bytes bare_pdu(CommandId command, std::uint32_t status, std::uint32_t sequence) {
  return PduWriter(command, status, sequence).finish();
}

core::Bytes deliver_sm_resp(std::uint32_t status, std::uint32_t sequence) {
  PduWriter out(CommandId::kDeliverSmResp, status, sequence);
  out.text("", 1);  // message_id, unused
  return out.finish();
}

}  // namespace edges::smpp
