#include "wallet/document_record.h"

#include <gtest/gtest.h>

#include "codec/json.h"
#include "wallet/testing/wallet_world.h"

namespace wallet {
namespace {

using codec::JsonObject;

JsonObject object_of(std::string_view text) { return codec::parse_json(text)->as_object(); }

/// A good answer of each kind.
JsonObject good(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kPassport:
      return object_of(world::kPassportAnswer);
    case DocumentKind::kDrivingLicence:
      return object_of(R"({"series":"9912","number":"345678","categories":["B","C1"],)"
                       R"("issue_date":"2015-03-04","issued_by":"ГИБДД",)"
                       R"("valid_until":"2025-03-04","status":"expired"})");
    case DocumentKind::kSnils:
      return object_of(world::kSnilsAnswer);
    case DocumentKind::kOms:
      return object_of(R"({"number":"1600990000123459","insurer":"АК БАРС-Мед",)"
                       R"("issue_date":"2012-01-31","status":"valid"})");
    case DocumentKind::kInn:
      return object_of(R"({"inn":"500100732259","issue_date":"2004-02-29","status":"valid"})");
    case DocumentKind::kStatuses:
      return object_of(world::kStatusesAnswer);
  }
  return {};
}

std::string parse(DocumentKind kind, const JsonObject& answer) {
  return world::reason_of(parse_registry_answer(kind, codec::to_text(answer)));
}
/// What parsing says when one member is another value.
std::string with(DocumentKind kind, std::string_view member, codec::Json value) {
  auto answer = good(kind);
  answer[member] = std::move(value);
  return parse(kind, answer);
}

constexpr std::array kKinds{DocumentKind::kPassport, DocumentKind::kDrivingLicence,
                            DocumentKind::kSnils,    DocumentKind::kOms,
                            DocumentKind::kInn,      DocumentKind::kStatuses};
constexpr std::string_view kMalformed = "registry.malformed";

TEST(RegistryAnswer, OfEveryKindIsRead) {
  for (const auto kind : kKinds) EXPECT_EQ(parse(kind, good(kind)), "ok") << name_of(kind);
}

TEST(RegistryAnswer, OfAPassportBecomesACard) {
  const auto record =
      parse_registry_answer(DocumentKind::kPassport, world::kPassportAnswer).value();
  EXPECT_EQ(record.number, "92 12 345678");
  EXPECT_EQ(record.find("full_name")->value, "Сафиуллина Алсу Ринатовна");
  EXPECT_EQ(record.find("birth_date")->value, "1990-05-17");
  EXPECT_EQ(record.registry_status, "valid");
  EXPECT_FALSE(record.valid_until);
  EXPECT_TRUE(record.portrait.reveal().starts_with("\x89PNG"));
}

TEST(RegistryAnswer, OfALicenceKeepsItsTermAndCategories) {
  const auto record = parse_registry_answer(DocumentKind::kDrivingLicence,
                                            codec::to_text(good(DocumentKind::kDrivingLicence)))
                          .value();
  EXPECT_EQ(record.find("categories")->value, "B, C1");
  EXPECT_EQ(record.valid_until, (core::Date{2025, 3, 4}));
  EXPECT_EQ(record.registry_status, "expired");
}

TEST(RegistryAnswer, OfStatusesKeepsOnlyWhatThePermissionNames) {
  auto answer = good(DocumentKind::kStatuses);
  answer["disability"] = true;
  answer["diagnosis"] = "Z99";
  const auto record =
      parse_registry_answer(DocumentKind::kStatuses, codec::to_text(answer)).value();
  EXPECT_EQ(record.find("pensioner")->value, "true");
  EXPECT_EQ(record.find("disability"), nullptr);
  EXPECT_EQ(encode_record(record).reveal().find("Z99"), std::string::npos);
}

TEST(RegistryAnswer, IsRefusedWhenItIsNoJsonObject) {
  for (const auto* text : {"", "null", "[]", "\"passport\"", "<html>502</html>", "{", "{}",
                           "{\"status\":\"valid\",\"status\":\"valid\"}", "{\"a\":\"\xff\"}"}) {
    for (const auto kind : kKinds) {
      const auto record = parse_registry_answer(kind, text);
      EXPECT_EQ(world::reason_of(record), kMalformed) << text;
    }
  }
}

TEST(RegistryAnswer, IsRefusedWithoutAnyOneOfItsMembers) {
  for (const auto kind : kKinds) {
    for (const auto& [name, value] : good(kind)) {
      if (name == "portrait" || name == "valid_until") continue;  // may be absent
      auto answer = good(kind);
      answer.erase(name);
      EXPECT_EQ(parse(kind, answer), kMalformed) << name_of(kind) << " without " << name;
    }
  }
}

TEST(RegistryAnswer, IsRefusedWithAMemberOfAnotherType) {
  for (const auto kind : kKinds) {
    for (const auto& [name, value] : good(kind)) {
      EXPECT_EQ(with(kind, name, 17), kMalformed) << name_of(kind) << " " << name;
    }
  }
}

TEST(RegistryAnswer, IsRefusedWithAWrongCheckDigit) {
  EXPECT_EQ(with(DocumentKind::kSnils, "snils", "11223344596"), kMalformed);
  EXPECT_EQ(with(DocumentKind::kOms, "number", "1600990000123458"), kMalformed);
  EXPECT_EQ(with(DocumentKind::kInn, "inn", "500100732250"), kMalformed);
  EXPECT_EQ(with(DocumentKind::kPassport, "number", "34567"), kMalformed);
  EXPECT_EQ(with(DocumentKind::kDrivingLicence, "series", "99Q2"), kMalformed);
}

TEST(RegistryAnswer, IsRefusedWithADayThatNeverWas) {
  for (const auto* day : {"2023-02-29", "1990-13-01", "17.05.1990", "1990-5-17", ""}) {
    EXPECT_EQ(with(DocumentKind::kPassport, "birth_date", day), kMalformed) << day;
    EXPECT_EQ(with(DocumentKind::kInn, "issue_date", day), kMalformed) << day;
    EXPECT_EQ(with(DocumentKind::kDrivingLicence, "valid_until", day), kMalformed) << day;
  }
}

TEST(RegistryAnswer, IsRefusedWithAStatusItDoesNotKnow) {
  for (const auto* status : {"", "VALID", "stolen", "valid "}) {
    EXPECT_EQ(with(DocumentKind::kInn, "status", status), kMalformed) << status;
  }
}

TEST(RegistryAnswer, IsRefusedWithoutAName) {
  EXPECT_EQ(with(DocumentKind::kPassport, "full_name", JsonObject{{"family_name", ""}}),
            kMalformed);
  EXPECT_EQ(with(DocumentKind::kPassport, "full_name", JsonObject{{"given_name", "Алсу"}}),
            kMalformed);
  EXPECT_EQ(with(DocumentKind::kPassport, "full_name",
                 JsonObject{{"family_name", std::string(121, 'A')}}),
            kMalformed);
}

TEST(RegistryAnswer, IsReadForSomebodyWithOneNameOnly) {
  EXPECT_EQ(with(DocumentKind::kPassport, "full_name",
                 JsonObject{{"family_name", "Сукарно"}, {"middle_name", nullptr}}),
            "ok");
}

TEST(RegistryAnswer, IsRefusedWithAPortraitThatIsNoPng) {
  const auto portrait = [](std::string_view type, std::string_view data) {
    return with(DocumentKind::kPassport, "portrait",
                JsonObject{{"media_type", type}, {"data", data}});
  };
  EXPECT_EQ(portrait("image/png", "iVBORw0KGgoAAAAA"), "ok");
  EXPECT_EQ(portrait("image/jpeg", "iVBORw0KGgoAAAAA"), kMalformed);
  EXPECT_EQ(portrait("image/png", "/9j/4AAQ"), kMalformed) << "a JPEG in a PNG's clothes";
  EXPECT_EQ(portrait("image/png", "PHN2Zz48c2NyaXB0Pg=="), kMalformed);
  EXPECT_EQ(portrait("image/png", ""), kMalformed);
  EXPECT_EQ(portrait("image/png", "not base64!"), kMalformed);
}

TEST(RegistryAnswer, IsRefusedWithAPortraitOverTheLimit) {
  std::string data = "iVBORw0KGgoAAAAA";
  while (data.size() <= kPortraitBytesMax * 4 / 3 + 4) data += "AAAA";
  EXPECT_EQ(with(DocumentKind::kPassport, "portrait",
                 JsonObject{{"media_type", "image/png"}, {"data", data}}),
            kMalformed);
}

TEST(RegistryAnswer, IsRefusedWhenItIsHugeOrDeep) {
  auto answer = good(DocumentKind::kInn);
  answer["padding"] = std::string(kRegistryAnswerBytesMax, 'x');
  EXPECT_EQ(parse(DocumentKind::kInn, answer), kMalformed);
  const std::string deep = "{\"a\":" + std::string(5000, '[') + std::string(5000, ']') + "}";
  EXPECT_EQ(world::reason_of(parse_registry_answer(DocumentKind::kInn, deep)), kMalformed);
  EXPECT_EQ(with(DocumentKind::kOms, "insurer", codec::Json(std::string(401, 'x'))), kMalformed);
}

TEST(RegistryAnswer, IsRefusedWithCategoriesThatAreNone) {
  EXPECT_EQ(with(DocumentKind::kDrivingLicence, "categories", codec::JsonArray{1}), kMalformed);
  EXPECT_EQ(with(DocumentKind::kDrivingLicence, "categories", codec::JsonArray{"<script>"}),
            kMalformed);
  EXPECT_EQ(with(DocumentKind::kDrivingLicence, "categories", codec::JsonArray(33, "B")),
            kMalformed);
}

TEST(RegistryAnswer, IsRefusedWithoutItsValueInTheDetail) {
  auto answer = good(DocumentKind::kSnils);
  answer["snils"] = "11223344596";
  const auto record = parse_registry_answer(DocumentKind::kSnils, codec::to_text(answer));
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().code, core::ErrorCode::kUnavailable);
  EXPECT_EQ(record.error().detail.find("1122334459"), std::string::npos);
}

TEST(StoredRecord, OfEveryKindComesBackAsItWas) {
  for (const auto kind : kKinds) {
    const auto record = parse_registry_answer(kind, codec::to_text(good(kind))).value();
    const auto back = decode_record(encode_record(record)).value();
    EXPECT_EQ(back.number, record.number);
    EXPECT_EQ(back.registry_status, record.registry_status);
    EXPECT_EQ(back.valid_until, record.valid_until);
    ASSERT_EQ(back.fields.size(), record.fields.size());
    for (std::size_t i = 0; i < back.fields.size(); ++i) {
      EXPECT_EQ(back.fields[i].name, record.fields[i].name);
      EXPECT_EQ(back.fields[i].value, record.fields[i].value);
    }
    EXPECT_TRUE(back.portrait.reveal().empty()) << "the portrait is sealed on its own";
  }
}

TEST(StoredRecord, ThatIsNoneIsOurOwnFault) {
  for (const auto* text : {"", "{}", "[]", "{\"number\":1}"}) {
    const auto record = decode_record(core::Secret<std::string>(text));
    EXPECT_EQ(world::reason_of(record), "document.stored_malformed") << text;
  }
}

}  // namespace
}  // namespace wallet
