#include "store/sql_text.h"

#include <gtest/gtest.h>

namespace store {
namespace {

TEST(SqliteParameters, KeepTheirNumbers) {
  EXPECT_EQ(to_sqlite_text("SELECT $2, $1 WHERE a=$12"), "SELECT ?2, ?1 WHERE a=?12");
}

TEST(SqliteParameters, AreNotLookedForInQuotedTextNamesAndComments) {
  EXPECT_EQ(to_sqlite_text("'$1 it''s $2' \"$3\" -- $4\n/* $5 */ $6"),
            "'$1 it''s $2' \"$3\" -- $4\n/* $5 */ ?6");
}

TEST(SqliteParameters, AreLeftAloneAfterAnUnclosedQuote) {
  EXPECT_EQ(to_sqlite_text("$1 '$2"), "?1 '$2");
  EXPECT_EQ(to_sqlite_text("$1 /* $2"), "?1 /* $2");
  EXPECT_EQ(to_sqlite_text("$1 -- $2"), "?1 -- $2");
}

TEST(SqliteParameters, NeedADigit) {
  EXPECT_EQ(to_sqlite_text("$ $a $"), "$ $a $");
  EXPECT_EQ(to_sqlite_text(""), "");
}

TEST(SqliteText, HasNoRowLocks) {
  EXPECT_EQ(to_sqlite_text("SELECT a FROM b WHERE c = $1 FOR UPDATE"),
            "SELECT a FROM b WHERE c = ?1");
  EXPECT_EQ(to_sqlite_text("SELECT ' FOR UPDATE'"), "SELECT ' FOR UPDATE'");
  EXPECT_EQ(to_sqlite_text(" FOR UPDATE, b"), " FOR UPDATE, b") << "only at the end";
}

TEST(StorableText, IsUtf8) {
  EXPECT_TRUE(is_storable_text(""));
  EXPECT_TRUE(is_storable_text("Берёста \xE2\x82\xAC \xF0\x9F\x8C\xB3"));
  EXPECT_TRUE(is_storable_text("\xF4\x8F\xBF\xBF"));  // U+10FFFF
}

TEST(StorableText, HoldsNoZero) { EXPECT_FALSE(is_storable_text(std::string_view("a\0b", 3))); }

TEST(StorableText, HoldsNoBrokenSequence) {
  for (const std::string_view text : {"\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x8C", "a\xFF", "\xC3(",
                                      "\xE2(\xAC", "\xF8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(is_storable_text(text));
  }
}

TEST(StorableText, HoldsNoOverlongFormSurrogateOrPointBeyondUnicode) {
  for (const std::string_view text : {"\xC0\xAF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF",
                                      "\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80"}) {
    EXPECT_FALSE(is_storable_text(text));
  }
}

}  // namespace
}  // namespace store
