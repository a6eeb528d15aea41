#include "codec/json.h"

#include "codec/vectors_test.h"

namespace codec {
namespace {

std::string unescape(const std::string& column) {
  if (!column.starts_with("hex:")) return column;
  const auto bytes = hex(column.substr(4));
  return std::string(core::as_text(bytes));
}

Json parsed(std::string_view text) {
  auto value = parse_json(text);
  EXPECT_TRUE(value.has_value()) << text;
  return value.value_or(Json());
}

TEST(ParseJson, ReadsAndRefusesTheVectors) {
  for (const auto& row : read_vectors("rfc8259/json.txt", 2)) {
    EXPECT_EQ(outcome(parse_json(unescape(row[1]))), row[0]) << row[1];
  }
}

TEST(ParseJson, ReturnsWhatItRead) {
  constexpr std::string_view kText = R"({"a":[1,-2,true,null,"\"я"],"b":{"c":{},"d":[]},"":1.5E0})";
  EXPECT_EQ(to_text(parsed(kText)), kText);
}

TEST(ParseJson, KeepsWholeNumbersExact) {
  const Json numbers = parsed("[9223372036854775807,-9223372036854775808,18446744073709551615]");
  EXPECT_EQ(numbers.at(0).as_int64(), INT64_MAX);
  EXPECT_EQ(numbers.at(1).as_int64(), INT64_MIN);
  EXPECT_EQ(numbers.at(2).as_uint64(), UINT64_MAX);
}

TEST(ParseJson, SaysWhereButNotWhat) {
  const auto value = parse_json(R"({"password":"s3cret" oops})");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().detail.find("s3cret"), std::string::npos);
  EXPECT_EQ(value.error().detail, "at byte 21");
}

TEST(ParseJson, HoldsEveryLimit) {
  EXPECT_EQ(outcome(parse_json("[1,2]", {.bytes_max = 4})), "json.too_large");
  EXPECT_EQ(outcome(parse_json("[[1]]", {.depth_max = 1})), "json.too_deep");
  EXPECT_EQ(outcome(parse_json("[1,2,3]", {.values_max = 3})), "json.too_large");
  EXPECT_EQ(outcome(parse_json("[1,2]", {.values_max = 3})), "ok");
  EXPECT_EQ(outcome(parse_json(R"(["abcd"])", {.string_max = 3})), "json.too_large");
  EXPECT_EQ(outcome(parse_json(R"({"abcd":1})", {.string_max = 3})), "json.too_large");
  EXPECT_EQ(outcome(parse_json(R"({"a":1,"b":2})", {.object_members_max = 1})), "json.too_large");
}

TEST(JsonFields, ReadsWhatIsThere) {
  const Json value = parsed(R"({"s":"text","n":-5,"b":true,"o":{"x":1},"a":[1,2],"e":""})");
  auto fields = *JsonFields::of(value);
  EXPECT_EQ(fields.string("s", 4), "text");
  EXPECT_EQ(*fields.optional_string("e", 4), "");
  EXPECT_EQ(*fields.optional_string("absent", 4), std::nullopt);
  EXPECT_EQ(fields.int64("n", -5, 5), -5);
  EXPECT_EQ(*fields.optional_int64("n", -5, 5), -5);
  EXPECT_EQ(*fields.optional_int64("absent", 0, 5), std::nullopt);
  EXPECT_EQ(fields.boolean("b"), true);
  EXPECT_EQ((*fields.object("o"))->size(), 1U);
  EXPECT_EQ((*fields.array("a", 2))->size(), 2U);
  EXPECT_TRUE(fields.finish());
}

TEST(JsonFields, NamesTheMissingMember) {
  const Json value = parsed("{}");
  auto fields = *JsonFields::of(value);
  const auto missing = fields.string("login", 10);
  EXPECT_EQ(outcome(missing), "json.member_missing");
  EXPECT_EQ(missing.error().detail, "login");
  EXPECT_EQ(outcome(fields.int64("n", 0, 1)), "json.member_missing");
  EXPECT_EQ(outcome(fields.boolean("b")), "json.member_missing");
  EXPECT_EQ(outcome(fields.object("o")), "json.member_missing");
  EXPECT_EQ(outcome(fields.array("a", 1)), "json.member_missing");
}

TEST(JsonFields, RefusesEveryOtherType) {
  const Json value = parsed(R"({"s":"1","n":1,"d":1.0,"z":null,"t":true})");
  auto fields = *JsonFields::of(value);
  EXPECT_EQ(outcome(fields.string("n", 9)), "json.member_type");
  EXPECT_EQ(outcome(fields.string("z", 9)), "json.member_type");
  EXPECT_EQ(outcome(fields.optional_string("z", 9)), "json.member_type");
  EXPECT_EQ(outcome(fields.int64("s", 0, 9)), "json.member_type");
  EXPECT_EQ(outcome(fields.int64("d", 0, 9)), "json.member_type");
  EXPECT_EQ(outcome(fields.int64("t", 0, 9)), "json.member_type");
  EXPECT_EQ(outcome(fields.optional_int64("z", 0, 9)), "json.member_type");
  EXPECT_EQ(outcome(fields.boolean("n")), "json.member_type");
  EXPECT_EQ(outcome(fields.object("s")), "json.member_type");
  EXPECT_EQ(outcome(fields.array("s", 9)), "json.member_type");
}

TEST(JsonFields, HoldsLengthsAndRanges) {
  const Json value = parsed(R"({"s":"abc","n":7,"u":9223372036854775808,"a":[1,2]})");
  auto fields = *JsonFields::of(value);
  EXPECT_EQ(outcome(fields.string("s", 2)), "json.member_too_long");
  EXPECT_EQ(outcome(fields.optional_string("s", 2)), "json.member_too_long");
  EXPECT_EQ(outcome(fields.int64("n", 8, 9)), "json.member_range");
  EXPECT_EQ(outcome(fields.int64("n", 0, 6)), "json.member_range");
  EXPECT_EQ(outcome(fields.optional_int64("n", 0, 6)), "json.member_range");
  EXPECT_EQ(outcome(fields.int64("u", 0, INT64_MAX)), "json.member_range");
  EXPECT_EQ(outcome(fields.array("a", 1)), "json.member_too_long");
}

TEST(JsonFields, RefusesUnknownMembersWithoutRepeatingThem) {
  const Json value = parsed(R"({"s":"abc","hostile":1})");
  auto fields = *JsonFields::of(value);
  ASSERT_TRUE(fields.string("s", 9));
  EXPECT_TRUE(fields.string("s", 9)) << "asking twice does not count for another member";
  const auto status = fields.finish();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().reason, "json.unknown_member");
  EXPECT_EQ(status.error().detail, "1 unknown members");
  EXPECT_NE(fields.find("hostile"), nullptr);
  EXPECT_TRUE(fields.finish());
}

TEST(JsonFields, RefusesWhatIsNoObject) {
  EXPECT_EQ(outcome(JsonFields::of(parsed("[]"))), "json.not_object");
  EXPECT_EQ(outcome(JsonFields::of(parsed("null"))), "json.not_object");
}

}  // namespace
}  // namespace codec
