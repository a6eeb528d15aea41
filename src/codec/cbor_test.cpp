#include "codec/cbor.h"

#include "codec/cbor_writer.h"
#include "codec/vectors_test.h"

namespace codec {
namespace {

/// Writes a value again; deterministic CBOR has one spelling, so it must come out as it came in.
void rewrite(const CborValue& value, CborWriter& writer) {
  switch (value.type()) {
    case CborType::kUnsigned:
      writer.unsigned_integer(*value.as_unsigned());
      break;
    case CborType::kNegative:
      writer.integer(*value.as_int64());
      break;
    case CborType::kBytes:
      writer.bytes(*value.as_bytes());
      break;
    case CborType::kText:
      writer.text(*value.as_text());
      break;
    case CborType::kBool:
      writer.boolean(*value.as_bool());
      break;
    case CborType::kNull:
      writer.null();
      break;
    case CborType::kArray:
    case CborType::kMap:
      const auto items = *value.as_items();
      if (value.type() == CborType::kArray) {
        writer.array(items.size());
      } else {
        writer.map(items.size() / 2);
      }
      for (const CborValue item : items) rewrite(item, writer);
  }
}

TEST(CborDocument, ReadsAndRefusesTheVectors) {
  for (const auto& row : read_vectors("rfc8949/deterministic.txt", 3)) {
    const auto bytes = hex(row[0]);
    const auto document = CborDocument::decode(bytes);
    EXPECT_EQ(outcome(document), row[1] == "ok" ? "ok" : "cbor." + row[1])
        << row[0] << " " << row[2];
    // -2^64 is CBOR, but beyond what the writer takes.
    if (!document || row[0] == "3bffffffffffffffff") continue;
    CborWriter writer;
    rewrite(document->root(), writer);
    EXPECT_EQ(core::to_hex(writer.finish()), row[0]);
  }
}

TEST(CborDocument, RefusesEveryCutOfAMessage) {
  const auto good =
      hex("a301021818444142434462616283"
          "01"
          "62c3a9"
          "f6");
  ASSERT_TRUE(CborDocument::decode(good));
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(CborDocument::decode(core::ByteView(good).first(size))) << size;
  }
}

TEST(CborDocument, RefusesMoreThan64Kibibytes) {
  core::Bytes bytes = CborWriter().bytes(core::Bytes(kCborBytesMax - 5)).finish();
  EXPECT_EQ(outcome(CborDocument::decode(bytes)), "ok");
  bytes = CborWriter().bytes(core::Bytes(kCborBytesMax)).finish();
  EXPECT_EQ(outcome(CborDocument::decode(bytes)), "cbor.too_large");
}

TEST(CborDocument, TakesExactlyTheItemsItMay) {
  CborWriter writer;
  writer.array(kCborItemsMax - 1);
  for (std::size_t i = 1; i < kCborItemsMax; ++i) writer.null();
  EXPECT_EQ(outcome(CborDocument::decode(writer.finish())), "ok");
}

TEST(CborDocument, SaysWhere) {
  const auto document =
      CborDocument::decode(hex("8301021818"
                               "00"));
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().detail, "at byte 5");
}

TEST(CborDocument, DoesNotCopyStrings) {
  const auto bytes = hex("82430102036161");
  const auto document = CborDocument::decode(bytes);
  auto item = document->root().as_items()->begin();
  EXPECT_EQ((*item).as_bytes()->data(), bytes.data() + 2);
  EXPECT_EQ((*++item).as_text()->data(), reinterpret_cast<const char*>(bytes.data() + 6));
}

TEST(CborValue, FindsValuesBehindNestedOnes) {
  const auto bytes = CborWriter()
                         .map(5)
                         .integer(1)
                         .array(2)
                         .integer(7)
                         .map(1)
                         .integer(2)
                         .text("inner")
                         .integer(2)
                         .text("outer")
                         .integer(-1)
                         .array(0)
                         .integer(-7)
                         .boolean(true)
                         .text("k")
                         .null()
                         .finish();
  const auto document = CborDocument::decode(bytes);
  ASSERT_TRUE(document);
  const CborValue root = document->root();
  EXPECT_EQ(root.find(2)->as_text(), "outer");
  EXPECT_EQ(root.find(-7)->as_bool(), true);
  EXPECT_EQ(root.find("k")->type(), CborType::kNull);
  EXPECT_EQ(root.find(1)->as_items()->size(), 2U);
  EXPECT_FALSE(root.find(7));
  EXPECT_FALSE(root.find(0));
  EXPECT_FALSE(root.find("inner"));
  EXPECT_FALSE(root.find(1)->find(7)) << "an array has no keys";
}

TEST(CborValue, RefusesEveryOtherType) {
  const auto bytes = hex("8801204100616180a0f4f6");
  const auto document = CborDocument::decode(bytes);
  ASSERT_TRUE(document);
  std::size_t index = 0;
  const auto items = *document->root().as_items();
  for (const CborValue item : items) {
    EXPECT_EQ(outcome(item.as_unsigned()), index == 0 ? "ok" : "cbor.type");
    EXPECT_EQ(outcome(item.as_int64()), index <= 1 ? "ok" : "cbor.type");
    EXPECT_EQ(outcome(item.as_bytes()), index == 2 ? "ok" : "cbor.type");
    EXPECT_EQ(outcome(item.as_text()), index == 3 ? "ok" : "cbor.type");
    EXPECT_EQ(outcome(item.as_items()), index == 4 || index == 5 ? "ok" : "cbor.type");
    EXPECT_EQ(outcome(item.as_bool()), index == 6 ? "ok" : "cbor.type");
    ++index;
  }
  EXPECT_EQ(index, 8U);
}

TEST(CborValue, RefusesIntegersThatDoNotFit) {
  const auto limits =
      hex("841b7fffffffffffffff1b80000000000000003b7fffffffffffffff3b8000000000000000");
  const auto document = CborDocument::decode(limits);
  auto item = document->root().as_items()->begin();
  EXPECT_EQ((*item).as_int64(), INT64_MAX);
  EXPECT_EQ(outcome((*++item).as_int64()), "cbor.type");
  EXPECT_EQ((*++item).as_int64(), INT64_MIN);
  EXPECT_EQ(outcome((*++item).as_int64()), "cbor.type");
}

TEST(CborWriter, WritesTheOutermostIntegers) {
  EXPECT_EQ(core::to_hex(CborWriter().integer(INT64_MIN).finish()), "3b7fffffffffffffff");
  EXPECT_EQ(core::to_hex(CborWriter().unsigned_integer(UINT64_MAX).finish()), "1bffffffffffffffff");
}

TEST(CborWriterDeathTest, EndsTheProcessOnOurOwnBugs) {
  EXPECT_DEATH(CborWriter().map(2).integer(2).null().integer(1), "");
  EXPECT_DEATH(CborWriter().map(2).integer(1).null().integer(1), "");
  EXPECT_DEATH(CborWriter().map(1).boolean(true), "");
  EXPECT_DEATH(CborWriter().map(1).array(0), "");
  EXPECT_DEATH(CborWriter().integer(1).integer(2), "");
  EXPECT_DEATH(CborWriter().text("\xff"), "");
  EXPECT_DEATH((void)CborWriter().array(1).finish(), "");
  EXPECT_DEATH((void)CborWriter().finish(), "");
}

}  // namespace
}  // namespace codec
