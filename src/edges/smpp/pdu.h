// PDUs of SMPP 3.4: what the SMS centre sends, parsed once into types, and what we send, as bytes.
// Every length is checked against what is there; unknown parameters are skipped, unknown commands
// are told apart from broken bytes. Value types and pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/bytes.h"
#include "core/result.h"
#include "core/secret.h"
#include "edges/smpp/smpp34.h"

namespace edges::smpp {

struct PduHeader {
  std::uint32_t command_id = 0;
  std::uint32_t command_status = 0;
  std::uint32_t sequence_number = 0;
};

struct BindTransceiverResp {};
struct SubmitSmResp {
  std::string message_id;  ///< empty when the status is not ROK
};
/// A message from the network: to us only receipts are of interest.
struct DeliverSm {
  std::uint8_t esm_class = 0;
  core::Secret<std::string> short_message;  ///< message_payload if that was sent instead
  std::string receipted_message_id;         ///< empty if absent
  std::uint8_t message_state = 0;           ///< 0 if absent
};
struct EnquireLink {};
struct EnquireLinkResp {};
struct Unbind {};
struct UnbindResp {};
struct GenericNack {};
struct UnknownCommand {};

struct Pdu {
  PduHeader header;
  std::variant<UnknownCommand, BindTransceiverResp, SubmitSmResp, DeliverSm, EnquireLink,
               EnquireLinkResp, Unbind, UnbindResp, GenericNack>
      body;
};

/// Reads one whole PDU, its command_length included.
/// Errors: kInvalidInput "smpp.malformed" a field goes beyond the end or is not ended; the header
/// was
///         read if `header` was given, so that the sender can be told.
[[nodiscard]] core::Result<Pdu> parse_pdu(core::ByteView bytes, PduHeader* header = nullptr);

/// PDUs out of a stream that may be cut anywhere. Not safe from several threads.
class PduReader {
 public:
  /// Adds what was received.
  void append(core::ByteView bytes);
  /// The next whole PDU, or empty if there is none yet. The view is good until the next call.
  /// Errors: kInvalidInput "smpp.length" a command_length below kHeaderBytes or above kPduBytesMax:
  ///         nothing after it can be understood.
  [[nodiscard]] core::Result<core::ByteView> next();

 private:
  core::Bytes buffer_;
  std::size_t start_ = 0;
};

struct BindRequest {
  std::string system_id;
  core::Secret<std::string> password;
  std::string system_type;
};

struct SubmitRequest {
  std::string source;
  core::Secret<std::string> destination;  ///< E.164, with or without its plus
  std::uint8_t data_coding = kDataCodingDefault;
  bool has_header = false;  ///< the text begins with a user data header
  core::Secret<core::Bytes> short_message;
};

[[nodiscard]] core::Bytes bind_transceiver(const BindRequest& request, std::uint32_t sequence);
[[nodiscard]] core::Bytes submit_sm(const SubmitRequest& request, std::uint32_t sequence);
/// A PDU of a header alone, as most requests and answers are.
[[nodiscard]] core::Bytes bare_pdu(CommandId command, std::uint32_t status, std::uint32_t sequence);
[[nodiscard]] core::Bytes deliver_sm_resp(std::uint32_t status, std::uint32_t sequence);

}  // namespace edges::smpp
