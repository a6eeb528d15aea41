#include "edges/smpp/pdu.h"

#include <gtest/gtest.h>

#include "edges/smpp/receipt.h"
#include "edges/smpp/testing/centre.h"

namespace edges::smpp {
namespace {

using testing::deliver_body;
using testing::pdu;
using testing::text_body;

constexpr auto kSubmitResp = static_cast<std::uint32_t>(CommandId::kSubmitSmResp);
constexpr auto kDeliver = static_cast<std::uint32_t>(CommandId::kDeliverSm);
const std::string kReceiptText =
    "id:7f3a sub:001 dlvrd:001 submit date:2611260600 done date:2611260601 stat:DELIVRD err:000 "
    "text:";

TEST(PduReader, FindsEveryPduHoweverTheStreamIsCut) {
  core::Bytes stream = pdu(kSubmitResp, 0, 1, text_body("id-1"));
  const auto second = pdu(kDeliver, 0, 2, deliver_body(kEsmReceipt, kReceiptText));
  const auto third = pdu(0x15, 0, 3);
  stream.insert(stream.end(), second.begin(), second.end());
  stream.insert(stream.end(), third.begin(), third.end());
  for (std::size_t step = 1; step <= stream.size(); ++step) {
    PduReader reader;
    std::vector<core::Bytes> found;
    for (std::size_t at = 0; at < stream.size(); at += step) {
      reader.append(core::ByteView(stream).subspan(at, std::min(step, stream.size() - at)));
      for (;;) {
        const auto next = reader.next();
        ASSERT_TRUE(next);
        if (next->empty()) break;
        found.push_back(core::to_bytes(*next));
      }
    }
    ASSERT_EQ(found.size(), 3U) << "step " << step;
    EXPECT_EQ(found[1], second);
  }
}

TEST(PduReader, RefusesLengthsThatCannotBe) {
  for (const std::uint32_t length : {0U, 1U, 15U, 65'537U, 0x7FFFFFFFU, 0xFFFFFFFFU}) {
    core::Bytes bytes;
    testing::add_number(bytes, length);
    PduReader reader;
    reader.append(bytes);
    const auto next = reader.next();
    ASSERT_FALSE(next) << length;
    EXPECT_EQ(next.error().reason, "smpp.length");
  }
}

TEST(PduReader, WaitsForTheRestOfALongLie) {
  PduReader reader;
  reader.append(pdu(0x15, 0, 3, {}, 60'000));
  EXPECT_TRUE(reader.next()->empty())
      << "it may still come; the session asks whether anybody is there";
}

TEST(ParsePdu, ReadsAnAnswerToASubmission) {
  const auto parsed = parse_pdu(pdu(kSubmitResp, 0, 9, text_body("7f3a")));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->header.sequence_number, 9U);
  EXPECT_EQ(std::get<SubmitSmResp>(parsed->body).message_id, "7f3a");
}

TEST(ParsePdu, ReadsARefusalWithAndWithoutABody) {
  EXPECT_TRUE(parse_pdu(pdu(kSubmitResp, kEsmeRthrottled, 9)));
  const auto with = parse_pdu(pdu(kSubmitResp, kEsmeRthrottled, 9, text_body("")));
  ASSERT_TRUE(with);
  EXPECT_EQ(with->header.command_status, 0x58U);
}

TEST(ParsePdu, RefusesALyingLengthAtEveryField) {
  const auto whole = pdu(kDeliver, 0, 2, deliver_body(kEsmReceipt, kReceiptText, {{0x1E, "7f3a"}}));
  const std::size_t without_tlv = whole.size() - 4 - 4;
  for (std::size_t size = kHeaderBytes; size < whole.size(); ++size) {
    auto cut = core::Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    cut[2] = static_cast<std::uint8_t>(size >> 8U);
    cut[3] = static_cast<std::uint8_t>(size);
    PduHeader header;
    const auto parsed = parse_pdu(cut, &header);
    EXPECT_EQ(parsed.has_value(), size == without_tlv) << size;
    EXPECT_EQ(header.sequence_number, 2U) << "so that the sender can be told";
  }
}

TEST(ParsePdu, RefusesWhatIsNoWholePdu) {
  EXPECT_FALSE(parse_pdu({}));
  EXPECT_FALSE(parse_pdu(core::Bytes(15)));
  EXPECT_FALSE(parse_pdu(pdu(0x15, 0, 1, {}, 17)));
  EXPECT_FALSE(parse_pdu(pdu(0x15, 0, 1, {1, 2}, 16)));
}

TEST(ParsePdu, RefusesAnIdThatDoesNotEnd) {
  EXPECT_FALSE(parse_pdu(pdu(kSubmitResp, 0, 9, {'a', 'b'})));
  EXPECT_FALSE(parse_pdu(pdu(kSubmitResp, 0, 9, text_body(std::string(65, 'x')))));
}

TEST(ParsePdu, SkipsParametersItDoesNotKnow) {
  const auto body = deliver_body(kEsmReceipt, "",
                                 {{0x1400, "vendor"},
                                  {0x0005, ""},
                                  {kTlvReceiptedMessageId, std::string("7f3a\0", 5)},
                                  {kTlvMessageState, "\x02"},
                                  {0xFFFF, std::string(300, 'x')}});
  const auto parsed = parse_pdu(pdu(kDeliver, 0, 2, body));
  ASSERT_TRUE(parsed);
  const auto& message = std::get<DeliverSm>(parsed->body);
  EXPECT_EQ(message.receipted_message_id, "7f3a");
  EXPECT_EQ(message.message_state, kStateDelivered);
}

TEST(ParsePdu, ReadsALongTextFromItsParameter) {
  const auto body = deliver_body(kEsmReceipt, "", {{kTlvMessagePayload, kReceiptText}});
  const auto parsed = parse_pdu(pdu(kDeliver, 0, 2, body));
  EXPECT_EQ(std::get<DeliverSm>(parsed->body).short_message.reveal(), kReceiptText);
}

TEST(ParsePdu, TellsUnknownCommandsFromBrokenOnes) {
  const auto parsed = parse_pdu(pdu(0x00000103, 0, 2, {1, 2, 3}));
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(std::holds_alternative<UnknownCommand>(parsed->body));
}

TEST(WritePdu, BindsAsTheProtocolHasIt) {
  const auto bytes =
      bind_transceiver({"beresta", core::Secret<std::string>("secret99-and-more"), ""}, 1);
  core::Bytes body = text_body("beresta");
  for (const auto& part : {text_body("secret99"), text_body("")}) {
    body.insert(body.end(), part.begin(), part.end());
  }
  body.insert(body.end(), {0x34, 0, 0, 0});
  EXPECT_EQ(bytes, pdu(9, 0, 1, body));
}

TEST(WritePdu, SubmitsToAnInternationalNumberAndAsksForAReceipt) {
  const auto bytes = submit_sm({.source = "Beresta",
                                .destination = core::Secret<std::string>("+79175550142"),
                                .data_coding = kDataCodingUcs2,
                                .has_header = true,
                                .short_message = core::Secret<core::Bytes>({1, 2, 3})},
                               7);
  core::Bytes body{0, 5, 0};
  const auto source = text_body("Beresta");
  body.insert(body.end(), source.begin(), source.end());
  body.insert(body.end(), {1, 1});
  const auto destination = text_body("79175550142");
  body.insert(body.end(), destination.begin(), destination.end());
  body.insert(body.end(), {0x40, 0, 1, 0, 0, 1, 0, 8, 0, 3, 1, 2, 3});
  EXPECT_EQ(bytes, pdu(4, 0, 7, body));
}

std::string receipt(std::string_view text, std::vector<testing::Tlv> tlvs = {},
                    std::uint8_t esm_class = kEsmReceipt) {
  const auto parsed = parse_pdu(pdu(kDeliver, 0, 2, deliver_body(esm_class, text, tlvs)));
  if (!parsed) return "malformed";
  const auto found = find_receipt(std::get<DeliverSm>(parsed->body));
  if (!found) return "none";
  return found->message_id + (found->delivered ? " delivered" : " lost");
}

TEST(Receipt, IsReadFromItsText) {
  EXPECT_EQ(receipt(kReceiptText), "7f3a delivered");
  EXPECT_EQ(receipt("ID:7f3a stat:DELIVRD"), "7f3a delivered") << "some centres shout";
  EXPECT_EQ(receipt("id:7f3a stat:UNDELIV err:011"), "7f3a lost");
  for (const auto* lost : {"EXPIRED", "DELETED", "REJECTD"}) {
    EXPECT_EQ(receipt("id:7f3a stat:" + std::string(lost)), "7f3a lost");
  }
}

TEST(Receipt, BelievesParametersRatherThanText) {
  EXPECT_EQ(receipt(kReceiptText, {{kTlvReceiptedMessageId, "beef"}, {kTlvMessageState, "\x05"}}),
            "beef lost");
}

TEST(Receipt, IsNoneWhenItIsNotFinalOrSaysNothing) {
  for (const auto* text : {"id:7f3a stat:ACCEPTD", "id:7f3a stat:ENROUTE", "id:7f3a stat:UNKNOWN",
                           "id:7f3a", "stat:DELIVRD", "id: stat:DELIVRD", "", "hello",
                           "grid:7f3a stat:DELIVRD", "id:7f3a stat:delivered"}) {
    EXPECT_EQ(receipt(text), "none") << text;
  }
  EXPECT_EQ(receipt(kReceiptText, {{kTlvMessageState, "\x01"}}), "none") << "on its way";
  EXPECT_EQ(receipt(kReceiptText, {}, 0), "none") << "a message from a person";
  EXPECT_EQ(receipt("id:" + std::string(65, '7') + " stat:DELIVRD"), "none");
}

}  // namespace
}  // namespace edges::smpp
