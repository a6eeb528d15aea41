#include "edges/esia/person.h"

#include <gtest/gtest.h>

namespace edges::esia {
namespace {

constexpr std::string_view kPerson = R"({
  "stateFacts": ["EntityRoot"], "firstName": "Алсу", "lastName": "Галиева",
  "middleName": "Маратовна", "birthDate": "14.05.1988", "birthPlace": "г. Казань", "gender": "F",
  "trusted": true, "citizenship": "RUS", "snils": "112-233-445 95", "inn": "500100732259",
  "status": "REGISTERED", "rIdDoc": 7, "eTag": "A0",
  "contacts": {"stateFacts": ["hasSize"], "size": 2, "elements": [
    {"id": 1, "type": "MBT", "vrfStu": "VERIFIED", "value": "+7(917)5550142"},
    {"id": 2, "type": "EML", "vrfStu": "NOT_VERIFIED", "value": "a@mail.example"}]},
  "addresses": {"size": 1, "elements": [
    {"id": 3, "type": "PRG", "addressStr": "г. Казань, ул. Баумана", "zipCode": "420012",
     "house": "5", "flat": "9"}]},
  "documents": {"size": 2, "elements": [
    {"id": 6, "type": "RF_PASSPORT", "vrfStu": "VERIFIED", "series": "9200", "number": "000001"},
    {"id": 7, "type": "RF_PASSPORT", "vrfStu": "VERIFIED", "series": "9218", "number": "123456",
     "issueDate": "20.06.2018", "issueId": "160-002", "issuedBy": "МВД"}]},
  "organizations": {"size": 1, "elements": ["https://esia.example/rs/orgs/1"]}
})";

std::string reason_of(std::string_view body) {
  const auto person = parse_person(body);
  return person ? "ok" : person.error().reason;
}

TEST(Person, IsReadFromTheEmbeddedForm) {
  const auto person = parse_person(kPerson);
  ASSERT_TRUE(person) << person.error().detail;
  EXPECT_EQ(person->last_name.reveal(), "Галиева");
  EXPECT_EQ(person->birth_date.reveal(), "1988-05-14");
  EXPECT_EQ(person->sex.reveal(), "F");
  EXPECT_EQ(person->snils.reveal(), "11223344595");
  EXPECT_EQ(person->inn.reveal(), "500100732259");
  EXPECT_EQ(person->trusted, true);
  ASSERT_NE(person->main_document(), nullptr);
  EXPECT_EQ(person->main_document()->number.reveal(), "123456");
  EXPECT_EQ(person->main_document()->issue_date, "2018-06-20");
  EXPECT_EQ(person->main_document()->issue_id, "160002");
  EXPECT_EQ(person->contact("MBT")->value.reveal(), "+7(917)5550142");
  EXPECT_EQ(person->contact("EML"), nullptr) << "not verified";
  EXPECT_EQ(person->address("PRG")->text.reveal(), "420012, г. Казань, ул. Баумана, д. 5, кв. 9");
  EXPECT_EQ(person->address("PLV"), nullptr);
  EXPECT_EQ(person->organizations->links,
            std::vector<std::string>{"https://esia.example/rs/orgs/1"});
}

TEST(Person, WithoutScopesIsEmptyAndNoError) {
  const auto person = parse_person("{}");
  ASSERT_TRUE(person);
  EXPECT_EQ(person->last_name.reveal(), "");
  EXPECT_EQ(person->trusted, std::nullopt);
  EXPECT_EQ(person->main_document(), nullptr);
  EXPECT_FALSE(person->contacts);
}

TEST(Person, LosesValuesThatAreNotWhatTheirNamesSay) {
  const auto person = parse_person(R"({"snils": "112-233-445 96", "inn": "500100732258",
    "birthDate": "31.02.1988", "gender": "X", "firstName": 7, "lastName": "a\nb"})");
  ASSERT_TRUE(person);
  EXPECT_EQ(person->snils.reveal(), "");
  EXPECT_EQ(person->inn.reveal(), "");
  EXPECT_EQ(person->birth_date.reveal(), "");
  EXPECT_EQ(person->sex.reveal(), "");
  EXPECT_EQ(person->first_name.reveal(), "");
  EXPECT_EQ(person->last_name.reveal(), "");
  for (const auto* date : {"1988-05-14", "14.5.1988", "14.05.88", "aa.bb.cccc", "14/05/1988"}) {
    const auto one = parse_person(R"({"birthDate": ")" + std::string(date) + "\"}");
    EXPECT_EQ(one->birth_date.reveal(), "") << date;
  }
}

TEST(Person, WhoseDocumentIsNotVerifiedHasNone) {
  const auto person = parse_person(R"({"documents": {"elements": [
    {"id": 1, "type": "RF_PASSPORT", "vrfStu": "VERIFYING", "series": "1", "number": "2"},
    {"id": 2, "type": "RF_PASSPORT", "series": "1", "number": "2"}]}})");
  ASSERT_TRUE(person);
  EXPECT_EQ(person->documents->elements.size(), 2U);
  EXPECT_EQ(person->main_document(), nullptr);
}

TEST(Person, IsRefusedWhenItsFormIsNoPerson) {
  for (const auto* body :
       {"", "null", "[]", "\"x\"", "{", R"({"trusted": "yes"})", R"({"trusted": 1})",
        R"({"contacts": []})", R"({"contacts": {"elements": {}}})",
        R"({"contacts": {"elements": [7]}})", R"({"documents": {"elements": [null]}})",
        R"({"snils": "a", "snils": "b"})"}) {
    EXPECT_EQ(reason_of(body), "esia.malformed") << body;
  }
  EXPECT_EQ(reason_of(std::string(kPersonBytesMax + 1, ' ') + "{}"), "esia.malformed");
}

TEST(Collection, HasNoMoreElementsAndNoLongerLinksThanAllowed) {
  const auto with = [](std::size_t count, const std::string& element) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ",") + element;
    return "{\"elements\":[" + list + "]}";
  };
  EXPECT_EQ(parse_documents(with(kElementsMax, "\"l\""))->links.size(), kElementsMax);
  EXPECT_FALSE(parse_documents(with(kElementsMax + 1, "\"l\"")));
  EXPECT_FALSE(parse_contacts(with(1, "\"" + std::string(kLinkBytesMax + 1, 'l') + "\"")));
  EXPECT_TRUE(parse_addresses(R"({"size": 0})"));
}

TEST(Collection, LeavesOddElementsOut) {
  const auto contacts = parse_contacts(R"({"elements": [
    {"type": "", "value": "x"}, {"type": "mbt", "value": "x"}, {"type": "MBT"}, {},
    {"type": "MBT", "value": 7}, {"type": "MBT", "value": "+7(917)5550142"}]})");
  ASSERT_TRUE(contacts);
  EXPECT_EQ(contacts->elements.size(), 1U);
  const auto organizations = parse_organizations(
      R"({"elements": [{"oid": 5, "shortName": "А", "ogrn": "12"}, {"oid": -5, "fullName": "Б"}]})");
  ASSERT_TRUE(organizations);
  ASSERT_EQ(organizations->elements.size(), 1U);
  EXPECT_EQ(organizations->elements[0].ogrn, "") << "no OGRN has two digits";
}

}  // namespace
}  // namespace edges::esia
