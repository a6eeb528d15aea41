#include "edges/esia/person.h"

#include <algorithm>

#include "codec/identifiers.h"
#include "edges/esia/member.h"

namespace edges::esia {
namespace {

using codec::Json;
using codec::JsonObject;

constexpr codec::JsonLimits kPersonLimits{
    .bytes_max = kPersonBytesMax, .depth_max = 12, .values_max = 16UL * 1024};

auto malformed(std::string_view what) {
  return core::fail(core::ErrorCode::kUnavailable, "esia.malformed", std::string(what));
}

core::Result<JsonObject> parse_object(std::string_view body) {
  auto json = codec::parse_json(body, kPersonLimits);
  if (!json) return malformed(json.error().reason);
  if (!json->is_object()) return malformed("not an object");
  return std::move(json->as_object());
}

template <typename T>
core::Result<Collection<T>> collection_of(const JsonObject& object) {
  Collection<T> collection;
  const auto* elements = object.if_contains("elements");
  if (elements == nullptr) return collection;  // an empty one has only its size
  if (!elements->is_array() || elements->as_array().size() > kElementsMax) {
    return malformed("elements");
  }
  for (const Json& element : elements->as_array()) {
    if (element.is_object()) {
      add_element(element.as_object(), collection.elements);
    } else if (element.is_string() && element.as_string().size() <= kLinkBytesMax) {
      collection.links.emplace_back(std::string_view(element.as_string()));
    } else {
      return malformed("element");
    }
  }
  return collection;
}

template <typename T>
core::Result<Collection<T>> parse_collection(std::string_view body) {
  TRY(const auto object, parse_object(body));
  return collection_of<T>(object);
}

template <typename T>
core::Status read_collection(const JsonObject& person, std::string_view name,
                             std::optional<Collection<T>>& into) {
  const auto* member = person.if_contains(name);
  if (member == nullptr) return {};
  if (!member->is_object()) return malformed(name);
  TRY(into, collection_of<T>(member->as_object()));
  return {};
}

template <typename Identifier>
Personal checked(const JsonObject& person, std::string_view name) {
  const auto parsed = Identifier::parse(text_member(person, name));
  return Personal(parsed ? std::string(parsed->digits()) : std::string());
}

std::string sex_of(const JsonObject& person) {
  auto gender = text_member(person, "gender");
  return gender == "F" || gender == "M" ? gender : std::string();
}

}  // namespace

const IdentityDocument* Person::main_document() const {
  if (!documents) return nullptr;
  const auto& all = documents->elements;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& document) {
    return document.status == CheckStatus::kVerified &&
           (main_document_id.empty() ? document.type == "RF_PASSPORT"
                                     : document.id == main_document_id);
  });
  return found == all.end() ? nullptr : &*found;
}

const Contact* Person::contact(std::string_view type) const {
  if (!contacts) return nullptr;
  const auto& all = contacts->elements;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& contact) {
    return contact.type == type && contact.status == CheckStatus::kVerified;
  });
  return found == all.end() ? nullptr : &*found;
}

const Address* Person::address(std::string_view type) const {
  if (!addresses) return nullptr;
  const auto& all = addresses->elements;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto& address) { return address.type == type; });
  return found == all.end() ? nullptr : &*found;
}

core::Result<Person> parse_person(std::string_view body) {
  TRY(const auto object, parse_object(body));
  Person person;
  person.last_name = Personal(text_member(object, "lastName"));
  person.first_name = Personal(text_member(object, "firstName"));
  person.middle_name = Personal(text_member(object, "middleName"));
  person.birth_date = Personal(date_member(object, "birthDate"));
  person.birth_place = Personal(text_member(object, "birthPlace"));
  person.sex = Personal(sex_of(object));
  person.citizenship = Personal(text_member(object, "citizenship"));
  person.snils = checked<codec::Snils>(object, "snils");
  person.inn = checked<codec::Inn12>(object, "inn");
  if (const auto* trusted = object.if_contains("trusted")) {
    if (!trusted->is_bool()) return malformed("trusted");
    person.trusted = trusted->as_bool();
  }
  person.main_document_id = id_member(object, "rIdDoc");
  TRY_VOID(read_collection(object, "contacts", person.contacts));
  TRY_VOID(read_collection(object, "addresses", person.addresses));
  TRY_VOID(read_collection(object, "documents", person.documents));
  TRY_VOID(read_collection(object, "organizations", person.organizations));
  return person;
}

core::Result<Collection<Contact>> parse_contacts(std::string_view body) {
  return parse_collection<Contact>(body);
}
core::Result<Collection<Address>> parse_addresses(std::string_view body) {
  return parse_collection<Address>(body);
}
core::Result<Collection<IdentityDocument>> parse_documents(std::string_view body) {
  return parse_collection<IdentityDocument>(body);
}
core::Result<Collection<Organization>> parse_organizations(std::string_view body) {
  return parse_collection<Organization>(body);
}
core::Result<JsonObject> parse_element(std::string_view body) { return parse_object(body); }

}  // namespace edges::esia
