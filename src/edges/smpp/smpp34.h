// Numbers of SMPP, the Short Message Peer-to-Peer protocol, version 3.4, as the standard names
// them. Constants.
#pragma once

#include <cstddef>
#include <cstdint>

namespace edges::smpp {

enum class CommandId : std::uint32_t {
  kGenericNack = 0x80000000,
  kSubmitSm = 0x00000004,
  kSubmitSmResp = 0x80000004,
  kDeliverSm = 0x00000005,
  kDeliverSmResp = 0x80000005,
  kUnbind = 0x00000006,
  kUnbindResp = 0x80000006,
  kBindTransceiver = 0x00000009,
  kBindTransceiverResp = 0x80000009,
  kEnquireLink = 0x00000015,
  kEnquireLinkResp = 0x80000015,
};

inline constexpr std::uint32_t kResponseBit = 0x80000000;

/// command_status. Every other value is one more way to say no.
inline constexpr std::uint32_t kEsmeRok = 0x00;
inline constexpr std::uint32_t kEsmeRinvcmdid = 0x03;
inline constexpr std::uint32_t kEsmeRsyserr = 0x08;
inline constexpr std::uint32_t kEsmeRmsgqful = 0x14;
inline constexpr std::uint32_t kEsmeRthrottled = 0x58;
/// "Temporary application error": the SMS centre tries again later.
inline constexpr std::uint32_t kEsmeRxTAppn = 0x64;

inline constexpr std::uint8_t kInterfaceVersion = 0x34;

/// Type of number and numbering plan of an address.
inline constexpr std::uint8_t kTonInternational = 0x01;
inline constexpr std::uint8_t kTonAlphanumeric = 0x05;
inline constexpr std::uint8_t kNpiUnknown = 0x00;
inline constexpr std::uint8_t kNpiIsdn = 0x01;

/// esm_class: bits of the message type, and that the text begins with a user data header.
inline constexpr std::uint8_t kEsmTypeMask = 0x3C;
inline constexpr std::uint8_t kEsmReceipt = 0x04;
inline constexpr std::uint8_t kEsmUdhi = 0x40;

inline constexpr std::uint8_t kRegisteredDeliveryFinal = 0x01;

inline constexpr std::uint8_t kDataCodingDefault = 0x00;
inline constexpr std::uint8_t kDataCodingUcs2 = 0x08;

/// Optional parameters that are read.
inline constexpr std::uint16_t kTlvReceiptedMessageId = 0x001E;
inline constexpr std::uint16_t kTlvMessagePayload = 0x0424;
inline constexpr std::uint16_t kTlvMessageState = 0x0427;

/// message_state.
inline constexpr std::uint8_t kStateEnroute = 1;
inline constexpr std::uint8_t kStateDelivered = 2;
inline constexpr std::uint8_t kStateExpired = 3;
inline constexpr std::uint8_t kStateDeleted = 4;
inline constexpr std::uint8_t kStateUndeliverable = 5;
inline constexpr std::uint8_t kStateAccepted = 6;
inline constexpr std::uint8_t kStateRejected = 8;

inline constexpr std::size_t kHeaderBytes = 16;
/// The protocol names no limit. No PDU that means anything to us is near this.
inline constexpr std::size_t kPduBytesMax = 64UL * 1024;

}  // namespace edges::smpp
