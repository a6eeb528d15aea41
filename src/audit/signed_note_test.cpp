// What is not a note, a key or a record: each of these would be a second spelling of something.
#include "audit/signed_note.h"

#include <gtest/gtest.h>

#include "audit/checkpoint.h"
#include "audit/log_record.h"
#include "audit/testing/databases.h"
#include "audit/testing/hand_signer.h"

namespace audit {
namespace {

class SignedNotes : public testing::Test {
 protected:
  std::string signed_text(const std::string& text) {
    return SignedNote{.text = text, .signatures = *signer_.sign(text, world::kNow)}.to_string();
  }
  world::SeededRng rng_;
  world::HandSigner signer_{rng_};
  std::string text_ = Checkpoint{signer_.origin(), {3, empty_root()}}.to_text();
};

TEST_F(SignedNotes, AreReadBackAsWritten) {
  const auto note = signed_text(text_);
  const auto parsed = SignedNote::parse(note);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text, text_);
  EXPECT_EQ(parsed->to_string(), note);
}

TEST_F(SignedNotes, HaveTheirSignaturesAfterTheLastEmptyLine) {
  const auto parsed = SignedNote::parse(signed_text("one\n\ntwo\n"));
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->text, "one\n\ntwo\n");
}

TEST_F(SignedNotes, AreRefusedWhenMalformed) {
  const auto line = to_line(signer_.sign(text_, world::kNow)->front());
  for (const auto& note :
       {std::string(), std::string("\n"), text_, text_ + "\n", text_ + line,
        text_ + "\n" + line + " ", text_ + "\n" + line.substr(0, line.size() - 1),
        text_ + "\n-" + line.substr(3), text_ + "\n" + line + "\n", "a\tb\n\n" + line,
        "\xff\n\n" + line, text_ + "\n\u2014 a+b AAAAAAA=\n",
        text_ + "\n\u2014 a\u2003b AAAAAAA=\n", text_ + "\n\u2014 name AAAA\n",
        text_ + "\n\u2014  AAAAAAA=\n", text_ + "\n\u2014 name AAAAAAB=\n",
        std::string(kNoteBytesMax + 1, 'a')}) {
    EXPECT_EQ(world::reason_of(SignedNote::parse(note)), "note.malformed") << note;
  }
  std::string many = text_ + "\n";
  for (std::size_t i = 0; i <= kNoteSignaturesMax; ++i) many += line;
  EXPECT_FALSE(SignedNote::parse(many));
}

TEST_F(SignedNotes, OpenForNobodyAfterAFlipOfAnyBit) {
  const auto note = signed_text(text_);
  const auto keys = signer_.published(world::kNow);
  ASSERT_TRUE(open_checkpoint(note, keys));
  for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
    auto altered = note;
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(open_checkpoint(altered, keys)) << bit;
  }
}

TEST_F(SignedNotes, OpenForNobodyWithAnothersKey) {
  world::HandSigner other(rng_);
  EXPECT_EQ(world::reason_of(open_checkpoint(signed_text(text_), other.published(world::kNow))),
            "checkpoint.unsigned");
  world::HandSigner named(rng_, "other.example/log");
  EXPECT_EQ(
      world::reason_of(open_checkpoint(
          SignedNote{.text = text_, .signatures = *named.sign(text_, world::kNow)}.to_string(),
          named.published(world::kNow))),
      "checkpoint.unsigned");
}

TEST(NoteVerifier, RefusesAKeyThatIsNotItsId) {
  world::SeededRng rng;
  const auto vkey = world::HandSigner(rng).published(world::kNow).front().to_string();
  ASSERT_TRUE(NoteVerifier::parse(vkey));
  auto other = vkey;
  other[other.find('+') + 1] ^= 1;
  for (const auto& text : {other, vkey + "A", vkey.substr(1), std::string("a+b"), std::string()}) {
    EXPECT_EQ(world::reason_of(NoteVerifier::parse(text)), "key.vkey_malformed") << text;
  }
}

TEST(LogRecord, HasOneSpelling) {
  world::SeededRng rng;
  const LogRecord record{.id = EntryId::make(world::kNow, rng),
                         .time = world::kNow + core::Duration(7),
                         .citizen = pseudonym_of(core::CitizenId::make(world::kNow, rng)),
                         .kind = "access",
                         .actor = "party:\"x\"\\",
                         .purpose = "p",
                         .category = "c",
                         .subject = "\n"};
  const auto text = record.to_text();
  const auto again = LogRecord::parse(text);
  ASSERT_TRUE(again) << text;
  EXPECT_EQ(again->to_text(), text);
  EXPECT_EQ(again->time, record.time);
  EXPECT_NE(text.find("12:26:40.000007Z"), std::string::npos);
  const auto with = [&](std::string_view from, std::string_view to) {
    auto altered = text;
    altered.replace(altered.find(from), from.size(), to);
    return altered;
  };
  for (const auto& altered :
       {with("{", "{ "), with("\\u000a", "\\n"), with("\"access\"", "\"a\\u0063cess\""),
        with("beresta-log-1", "beresta-log-2"), with(".000007Z", "Z"), with("}", ",\"x\":\"\"}"),
        with(",\"purpose\":\"p\"", ""), text + "\n", with("\"p\"", "1")}) {
    EXPECT_EQ(world::reason_of(LogRecord::parse(altered)), "record.malformed") << altered;
  }
}

}  // namespace
}  // namespace audit
