#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "app/cli/command_line.h"
#include "app/test_folder.h"
#include "codec/base64url.h"
#include "codec/json.h"

namespace app {
namespace {

const std::map<std::string, int> kExitCodes{
    {"yes", 0},       {"no", 1},           {"expired", 3}, {"forged", 4}, {"unknown_issuer", 5},
    {"malformed", 6}, {"not_yet_valid", 7}};

/// What a command wrote and how it ended.
struct Ended {
  int code = 0;
  std::string out;
  std::string err;
};

Ended run(const std::vector<std::string>& arguments, const std::string& input = "") {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal{in, out, err};
  const int code = run_command_line(arguments, terminal);
  return {code, out.str(), err.str()};
}

/// The vectors of the specification, with the trust list and the root key in files.
class QrVerify : public testing::Test {
 protected:
  QrVerify() {
    std::ostringstream text;
    text << std::ifstream(BERESTA_SOURCE_DIR "/docs/spec/digital-id-qr-vectors.json").rdbuf();
    json = codec::parse_json(text.str(), {.bytes_max = 1024UL * 1024}).value();
    const auto list = codec::from_base64url(at("trust_list")).value();
    folder.write("trust.cbor", core::as_text(list));
    folder.write("root.txt", at("trust_root") + "\n");
  }

  std::string at(std::string_view name) { return std::string(json.at(name).as_string()); }

  Ended verify(const std::string& input, std::int64_t moment, std::vector<std::string> more = {},
               const std::string& standard_input = "") {
    std::vector<std::string> arguments{"qr",      "verify",
                                       "--trust", folder / "trust.cbor",
                                       "--root",  folder / "root.txt",
                                       "--at",    std::to_string(moment),
                                       input};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments, standard_input);
  }

  /// The first vector with this verdict.
  codec::JsonObject vector_with(std::string_view verdict) {
    for (const auto& vector : json.at("vectors").as_array()) {
      if (vector.at("verdict").as_string() == verdict) return vector.as_object();
    }
    ADD_FAILURE() << "no vector says " << verdict;
    return {};
  }
  static std::string text_of(const codec::JsonObject& vector) {
    return std::string(vector.at("text").as_string());
  }
  static std::int64_t moment_of(const codec::JsonObject& vector) {
    return vector.at("checked_at").as_int64();
  }

  TestFolder folder;
  codec::Json json;
};

TEST_F(QrVerify, EndsWithTheCodeOfEachVectorsVerdict) {
  const auto& vectors = json.at("vectors").as_array();
  ASSERT_GE(vectors.size(), 12U);
  for (const auto& vector : vectors) {
    const auto& row = vector.as_object();
    const auto ended = verify(text_of(row), moment_of(row));
    EXPECT_EQ(kExitCodes.at(std::string(row.at("verdict").as_string())), ended.code)
        << row.at("name").as_string() << ": " << ended.out << ended.err;
    EXPECT_FALSE(ended.out.empty()) << row.at("name").as_string();
  }
}

TEST_F(QrVerify, ReadsThePictureThatShowMakes) {
  const auto vector = vector_with("yes");
  ASSERT_EQ(0, run({"qr", "show", text_of(vector), "--png", folder / "code.png"}).code);
  const auto ended = verify(folder / "code.png", moment_of(vector));
  EXPECT_EQ(0, ended.code) << ended.err;
}

TEST_F(QrVerify, ReadsTextAndPicturesFromStandardInput) {
  const auto vector = vector_with("no");
  EXPECT_EQ(1, verify("-", moment_of(vector), {}, text_of(vector) + "\n").code);
  ASSERT_EQ(0, run({"qr", "show", "-", "--png", folder / "code.png"}, text_of(vector)).code);
  std::ostringstream png;
  png << std::ifstream(folder / "code.png", std::ios::binary).rdbuf();
  EXPECT_EQ(1, verify("-", moment_of(vector), {}, png.str()).code);
}

TEST_F(QrVerify, AnswersAsJson) {
  const auto vector = vector_with("yes");
  const auto ended = verify(text_of(vector), moment_of(vector), {"--json"});
  const auto answer = codec::parse_json(ended.out);
  ASSERT_TRUE(answer) << ended.out;
  EXPECT_EQ("yes", answer->at("verdict").as_string());
  EXPECT_EQ(vector.at("question"), answer->at("question"));
}

TEST_F(QrVerify, SpeaksBothLanguages) {
  const auto vector = vector_with("forged");
  EXPECT_NE(std::string::npos,
            verify(text_of(vector), moment_of(vector), {"--lang", "ru"}).out.find("подделан"));
  EXPECT_NE(std::string::npos,
            verify(text_of(vector), moment_of(vector), {"--lang", "en"}).out.find("forged"));
}

TEST_F(QrVerify, GivesNoVerdictWithoutAUsableTrustList) {
  const auto vector = vector_with("yes");
  const std::string text = text_of(vector);
  const std::string now = std::to_string(moment_of(vector));
  const std::string list = folder / "trust.cbor";
  const std::string other_root =
      "BL0xH6ODKIgpZEz2IAu_IJKfmGajmvSumayLiZyDKu-S3jTRdmhlovv5MMwse"
      "oEdblFL0VPTGkLt2aHeYgxHgzw";
  const auto code = [&](const std::string& trust, const std::string& root,
                        const std::string& moment) {
    const auto ended =
        run({"qr", "verify", "--trust", trust, "--root", root, "--at", moment, text});
    EXPECT_TRUE(ended.out.empty()) << ended.out;
    EXPECT_FALSE(ended.err.empty());
    return ended.code;
  };
  EXPECT_EQ(2, code(list, other_root, now));
  EXPECT_EQ(2, code(list, "short", now));
  EXPECT_EQ(2, code(folder / "absent", at("trust_root"), now));
  EXPECT_EQ(2, code(folder / "root.txt", at("trust_root"), now));
  EXPECT_EQ(2, code(list, at("trust_root"), "4000000000"));
  EXPECT_EQ(2, code(list, at("trust_root"), "1000000000"));
}

TEST_F(QrVerify, CallsPicturesAndFilesItCannotReadMalformed) {
  EXPECT_EQ(6, verify(folder / "absent.png", 1'800'000'000).code);
  folder.write("broken.png", "\x89PNG\r\n\x1a\nbroken");
  EXPECT_EQ(6, verify(folder / "broken.png", 1'800'000'000).code);
  folder.write("note.txt", "hello");
  EXPECT_EQ(6, verify(folder / "note.txt", 1'800'000'000).code);
}

TEST(QrShow, DrawsInTheTerminalAndIntoFiles) {
  const TestFolder folder;
  EXPECT_NE(std::string::npos, run({"qr", "show", "HELLO"}).out.find("█"));
  EXPECT_EQ(0, run({"qr", "show", "HELLO", "--svg", folder / "a.svg"}).code);
  std::ostringstream svg;
  svg << std::ifstream(folder / "a.svg").rdbuf();
  EXPECT_NE(std::string::npos, svg.str().find("<svg"));
}

TEST(QrShow, RefusesWhatACodeCannotHold) {
  const auto small = run({"qr", "show", "hello"});
  EXPECT_EQ(1, small.code);
  EXPECT_NE(std::string::npos, small.err.find("capital letters"));
  EXPECT_EQ(1, run({"qr", "show", std::string(601, 'A')}).code);
  EXPECT_EQ(1, run({"qr", "show", "A", "--png", "/nonexistent/a.png"}).code);
  EXPECT_EQ(2, run({"qr", "show", "A", "--scale", "3"}).code);
}

}  // namespace
}  // namespace app
