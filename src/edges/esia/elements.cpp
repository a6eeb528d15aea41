// The elements of ESIA's collections.
#include <algorithm>

#include "edges/esia/member.h"
#include "edges/esia/person.h"

namespace edges::esia {
namespace {

using codec::JsonObject;

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_digits(std::string_view text, std::size_t count) {
  return text.size() == count &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

CheckStatus status_of(const JsonObject& element) {
  const auto text = text_member(element, "vrfStu");
  if (text == "VERIFIED") return CheckStatus::kVerified;
  return text == "VERIFYING" ? CheckStatus::kVerifying : CheckStatus::kNotVerified;
}

}  // namespace

void add_element(const JsonObject& element, std::vector<Contact>& to) {
  auto type = text_member(element, "type");
  auto value = text_member(element, "value");
  if (!is_word(type) || value.empty()) return;
  to.push_back({std::move(type), Personal(std::move(value)), status_of(element)});
}

void add_element(const JsonObject& element, std::vector<Address>& to) {
  auto type = text_member(element, "type");
  auto text = text_member(element, "addressStr");
  if (!is_word(type) || text.empty()) return;
  // addressStr ends with the street; house and flat have members of their own.
  constexpr std::pair<std::string_view, std::string_view> kParts[] = {
      {"house", "д. "}, {"building", "корп. "}, {"frame", "стр. "}, {"flat", "кв. "}};
  for (const auto& [name, prefix] : kParts) {
    const auto part = text_member(element, name);
    if (!part.empty()) text.append(", ").append(prefix).append(part);
  }
  const auto zip = text_member(element, "zipCode");
  if (is_digits(zip, 6)) text = zip + ", " + text;
  to.push_back({std::move(type), Personal(std::move(text))});
}

void add_element(const JsonObject& element, std::vector<IdentityDocument>& to) {
  IdentityDocument document;
  document.type = text_member(element, "type");
  document.id = id_member(element, "id");
  document.series = Personal(text_member(element, "series"));
  document.number = Personal(text_member(element, "number"));
  if (!is_word(document.type) || document.number.reveal().empty()) return;
  document.issue_date = date_member(element, "issueDate");
  document.issued_by = Personal(text_member(element, "issuedBy"));
  auto issue_id = text_member(element, "issueId");
  std::erase(issue_id, '-');
  if (is_digits(issue_id, 6)) document.issue_id = std::move(issue_id);
  document.status = status_of(element);
  to.push_back(std::move(document));
}

void add_element(const JsonObject& element, std::vector<Organization>& to) {
  auto oid = id_member(element, "oid");
  auto name = text_member(element, "fullName");
  if (name.empty()) name = text_member(element, "shortName");
  if (oid.empty() || name.empty()) return;
  auto ogrn = text_member(element, "ogrn");
  if (!is_digits(ogrn, 13) && !is_digits(ogrn, 15)) ogrn.clear();
  to.push_back({std::move(oid), Personal(std::move(name)), std::move(ogrn)});
}

}  // namespace edges::esia
