#include "edges/sip_call/sip_message.h"

#include <gtest/gtest.h>

#include "edges/sip_call/digest.h"

namespace edges::sip_call {
namespace {

const std::string kRinging =
    "SIP/2.0 180 Ringing\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKabc;rport=5070\r\n"
    "From: \"a;tag=x\" <sip:+78432041736@t.example;user=phone>;tag=ours\r\n"
    "To: <sip:+79175550142@t.example;tag=uri>;tag=theirs\r\n"
    "Call-ID: c1@t.example\r\n"
    "CSeq: 1 INVITE\r\n"
    "Contact: \"Phone\" <sip:p@192.0.2.9>;expires=60\r\n"
    "Content-Length: 0\r\n\r\n";

core::Result<SipMessage> parse(std::string text) { return parse_sip(text); }

std::string replaced(std::string_view what, std::string_view by) {
  auto text = kRinging;
  text.replace(text.find(what), what.size(), by);
  return text;
}

TEST(ParseSip, ReadsAnAnswer) {
  const auto message = parse(kRinging);
  ASSERT_TRUE(message);
  const auto& response = std::get<SipResponse>(*message);
  EXPECT_EQ(response.status, 180);
  EXPECT_EQ(response.headers.branch, "z9hG4bKabc");
  EXPECT_EQ(response.headers.to_tag, "theirs") << "not the parameter of the address";
  EXPECT_EQ(response.headers.call_id, "c1@t.example");
  EXPECT_EQ(response.headers.cseq, 1U);
  EXPECT_EQ(response.headers.cseq_method, "INVITE");
  EXPECT_EQ(response.contact, "sip:p@192.0.2.9");
}

TEST(ParseSip, ReadsShortNamesAnyCaseFoldedLinesAndBareLineEnds) {
  const auto message = parse(
      "SIP/2.0 200 OK\nv: SIP/2.0/UDP h;\n branch=b1\nF: <sip:a>;tag=1\nt: <sip:b>\nI: c\n"
      "cseq:\t7  INVITE\nm: <sip:c>\n\n");
  ASSERT_TRUE(message);
  const auto& response = std::get<SipResponse>(*message);
  EXPECT_EQ(response.headers.branch, "b1");
  EXPECT_EQ(response.headers.cseq, 7U);
  EXPECT_EQ(response.headers.to_tag, "");
  EXPECT_EQ(response.contact, "sip:c");
}

TEST(ParseSip, ReadsARequest) {
  const auto message = parse(replaced("SIP/2.0 180 Ringing", "OPTIONS sip:us SIP/2.0"));
  ASSERT_TRUE(message);
  EXPECT_EQ(std::get<SipRequest>(*message).method, "OPTIONS");
}

TEST(ParseSip, RefusesWhatIsNone) {
  for (const auto& text : {std::string(),
                           std::string("\r\n\r\n"),
                           std::string("GET / HTTP/1.1\r\n\r\n"),
                           replaced("180", "99"),
                           replaced("180", "700"),
                           replaced("180 ", "1800 "),
                           replaced("180", "abc"),
                           replaced("SIP/2.0 180", "SIP/2.0180"),
                           replaced("SIP/2.0", "SIP/3.0"),
                           replaced("CSeq: 1 INVITE", "CSeq: x INVITE"),
                           replaced("CSeq: 1 INVITE", "CSeq: 1"),
                           replaced("CSeq: 1 INVITE", "CSeq: 99999999999 INVITE"),
                           replaced("CSeq:", "Other:"),
                           replaced("Via:", "Other:"),
                           replaced("From:", "Other:"),
                           replaced("Call-ID:", "Other:"),
                           replaced("To: ", "To "),
                           replaced("Contact: ", "Con tact: "),
                           replaced("\"Phone\"", std::string("\x01", 1)),
                           std::string(kMessageBytesMax + 1, 'x')}) {
    EXPECT_FALSE(parse(text)) << text.substr(0, 80);
  }
}

TEST(ParseSip, BoundsTheHeaders) {
  std::string many;
  for (std::size_t i = 0; i <= kHeadersMax; ++i) many += "X-Many: 1\r\n";
  EXPECT_FALSE(parse(replaced("Content-Length: 0\r\n", many)));
}

TEST(SipStreamReader, FindsEveryMessageHoweverTheStreamIsCut) {
  auto with_body = kRinging;
  with_body.replace(with_body.find("Content-Length: 0"), 17, "Content-Length: 5") += "v=0\r\n";
  const std::string stream = "\r\n\r\n" + with_body + "\r\n" + kRinging;
  for (std::size_t step = 1; step <= stream.size(); step += step < 40 ? 1 : 37) {
    SipStreamReader reader;
    std::vector<std::string> found;
    for (std::size_t at = 0; at < stream.size(); at += step) {
      reader.append(core::as_bytes(std::string_view(stream).substr(at, step)));
      for (auto next = reader.next(); next && !next->empty(); next = reader.next()) {
        found.push_back(*next);
      }
    }
    ASSERT_EQ(found.size(), 2U) << step;
    EXPECT_EQ(found[0], with_body);
  }
}

TEST(SipStreamReader, RefusesLengthsThatCannotBe) {
  for (const auto* length : {"-1", "65537", "x", "", "99999999999999999999"}) {
    SipStreamReader reader;
    reader.append(
        core::as_bytes(replaced("Content-Length: 0", "Content-Length: " + std::string(length))));
    EXPECT_FALSE(reader.next()) << length;
  }
  SipStreamReader endless;
  endless.append(core::as_bytes(std::string(kMessageBytesMax + 1, 'x')));
  EXPECT_FALSE(endless.next());
}

DigestChallenge challenge(std::string value) {
  return choose_challenge({{false, std::move(value)}}).value();
}

// The example of RFC 7616, section 3.9.1, in both algorithms.
TEST(Digest, AnswersTheExampleOfTheStandard) {
  const Credentials mufasa{"Mufasa", core::Secret<std::string>("Circle of Life")};
  const DigestTarget target{"GET", "/dir/index.html"};
  const std::string cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  const std::string rest =
      "realm=\"http-auth@example.org\", qop=\"auth, auth-int\","
      " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
      " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
  const auto md5 =
      answer_challenge(challenge("Digest " + rest + ", algorithm=MD5"), mufasa, target, cnonce);
  EXPECT_NE(md5.find("response=\"8ca523f5e9506fed4657c9700eebdbec\""), std::string::npos) << md5;
  const auto sha =
      answer_challenge(challenge("Digest " + rest + ", algorithm=SHA-256"), mufasa, target, cnonce);
  EXPECT_NE(
      sha.find("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\""),
      std::string::npos)
      << sha;
  EXPECT_TRUE(sha.starts_with("Authorization: Digest username=\"Mufasa\""));
}

TEST(Digest, PrefersTheStrongerChallenge) {
  const auto chosen =
      choose_challenge({{true, "Digest realm=\"r\", nonce=\"1\", algorithm=MD5"},
                        {true, "Digest realm=\"r\", nonce=\"2\", algorithm=SHA-256"},
                        {true, "Digest realm=\"r\", nonce=\"3\", algorithm=MD5-sess"}});
  EXPECT_EQ(chosen->nonce, "2");
  EXPECT_TRUE(chosen->proxy);
}

TEST(Digest, AnswersNoChallengeItCannot) {
  for (const auto* value :
       {"", "Basic realm=\"r\"", "Digest", "Digest realm=\"r\"",
        "Digest nonce=\"n\", algorithm=SHA-512", "Digest nonce=\"n\", qop=\"auth-int\"",
        "Digest nonce=\"", "Digest =", "Digest nonce"}) {
    const auto chosen = choose_challenge({{false, value}});
    EXPECT_TRUE(!chosen || !chosen->nonce.empty()) << value;
    if (std::string_view(value) != "Digest nonce=\"") {
      EXPECT_FALSE(chosen) << value;
    }
  }
}

TEST(Digest, LetsNoValueStepOutOfItsQuotes) {
  const auto line =
      answer_challenge(challenge("Digest realm=\"a\\\"b\\\\\", nonce=\"n\""),
                       {"u", core::Secret<std::string>("p")}, {"INVITE", "sip:x"}, "c");
  EXPECT_NE(line.find("realm=\"a\\\"b\\\\\", nonce=\"n\""), std::string::npos) << line;
}

}  // namespace
}  // namespace edges::sip_call
