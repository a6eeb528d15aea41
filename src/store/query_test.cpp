#include "store/query.h"

#include <gtest/gtest.h>

namespace store {
namespace {

Row sample() {
  return Row({Value(std::monostate{}), Value(std::int64_t{-7}), Value(std::string("text")),
              Value(core::Bytes(16, 3)), Value(core::Bytes{1})});
}

TEST(ARow, GivesEachColumnByItsType) {
  const Row row = sample();
  EXPECT_TRUE(row.is_null(0));
  EXPECT_EQ(row.int64(1), -7);
  EXPECT_TRUE(row.boolean(1));
  EXPECT_EQ(row.instant(1), core::Instant::from_micros(-7));
  EXPECT_EQ(row.optional_instant(0), std::nullopt);
  EXPECT_EQ(row.text(2), "text");
  EXPECT_EQ(row.id<core::CitizenId>(3), *core::CitizenId::from_bytes(core::Bytes(16, 3)));
}

TEST(ARow, EndsTheProcessWhenAskedForAnotherTypeOrColumn) {
  const Row row = sample();
  EXPECT_DEATH(static_cast<void>(row.text(1)), "text");
  EXPECT_DEATH(static_cast<void>(row.int64(0)), "number");
  EXPECT_DEATH(static_cast<void>(row.blob(2)), "bytes");
  EXPECT_DEATH(static_cast<void>(row.is_null(5)), "size");
  EXPECT_DEATH(static_cast<void>(row.id<core::CitizenId>(4)), "size");
}

TEST(AParam, IsMadeFromWhatRoomsHave) {
  const auto number = [](const Param& param) { return std::get<std::int64_t>(param.view()); };
  const auto text = [](const Param& param) { return std::get<std::string_view>(param.view()); };
  const auto size = [](const Param& param) {
    return std::get<core::ByteView>(param.view()).size();
  };
  EXPECT_EQ(number(true), 1);
  EXPECT_EQ(number(std::uint32_t{4'000'000'000}), 4'000'000'000);
  EXPECT_EQ(number(core::Instant::from_micros(5)), 5);
  EXPECT_EQ(number(std::optional<int>(3)), 3);
  EXPECT_EQ(text("literal"), "literal");
  EXPECT_EQ(text(std::string("owned")), "owned");
  EXPECT_EQ(size(core::Bytes(9)), 9U);
  EXPECT_EQ(size(core::CitizenId()), 16U);
  const auto is_null = [](const Param& param) {
    return std::holds_alternative<std::monostate>(param.view());
  };
  EXPECT_TRUE(is_null(nullptr));
  EXPECT_TRUE(is_null(std::nullopt));
  EXPECT_TRUE(is_null(std::optional<core::CitizenId>()));
}

}  // namespace
}  // namespace store
