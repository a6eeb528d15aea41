// What ESIA knows about a person, read from its REST answers into values that hold what their names
// say. A member that is absent was not granted; one that does not hold what it should is left out,
// since one odd entry of a person's must not keep them from signing in. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json.h"
#include "core/result.h"
#include "core/secret.h"

namespace edges::esia {

/// Personal text: never printed.
using Personal = core::Secret<std::string>;

inline constexpr std::size_t kPersonBytesMax = std::size_t{256} * 1024;
inline constexpr std::size_t kElementsMax = 32;  ///< of one collection
inline constexpr std::size_t kLinkBytesMax = 512;

enum class CheckStatus { kVerified, kVerifying, kNotVerified };  ///< vrfStu

struct Contact {
  std::string type;  ///< "EML", "MBT", "PHN"...
  Personal value;
  CheckStatus status = CheckStatus::kNotVerified;
};

struct Address {
  std::string type;  ///< "PLV" lives there, "PRG" registered there, "PTA" for a time
  Personal text;     ///< one line, with the postal code in front
};

struct IdentityDocument {
  std::string id;
  std::string type;  ///< "RF_PASSPORT"...
  Personal series;
  Personal number;
  std::string issue_date;  ///< YYYY-MM-DD, empty if not said
  Personal issued_by;
  std::string issue_id;  ///< six digits of the division, empty if not said
  CheckStatus status = CheckStatus::kNotVerified;
};

struct Organization {
  std::string oid;
  Personal name;
  std::string ogrn;
};

/// A collection comes whole, as links, or not at all.
template <typename T>
struct Collection {
  std::vector<T> elements;
  std::vector<std::string> links;  ///< to elements still to be fetched
};

struct Person {
  Personal last_name;
  Personal first_name;
  Personal middle_name;
  Personal birth_date;  ///< YYYY-MM-DD
  Personal birth_place;
  Personal sex;  ///< "F" or "M"
  Personal citizenship;
  Personal snils;  ///< 11 digits that pass their check
  Personal inn;    ///< 12 digits that pass their check
  std::optional<bool> trusted;
  std::string main_document_id;  ///< rIdDoc
  std::optional<Collection<Contact>> contacts;
  std::optional<Collection<Address>> addresses;
  std::optional<Collection<IdentityDocument>> documents;
  std::optional<Collection<Organization>> organizations;

  /// The identity document ESIA calls the main one and has verified, or nullptr.
  [[nodiscard]] const IdentityDocument* main_document() const;
  /// The verified contact of a type, or nullptr.
  [[nodiscard]] const Contact* contact(std::string_view type) const;
  [[nodiscard]] const Address* address(std::string_view type) const;
};

/// Errors, here and below: kUnavailable "esia.malformed" no JSON, no object, or over a limit.
[[nodiscard]] core::Result<Person> parse_person(std::string_view body);

[[nodiscard]] core::Result<Collection<Contact>> parse_contacts(std::string_view body);
[[nodiscard]] core::Result<Collection<Address>> parse_addresses(std::string_view body);
[[nodiscard]] core::Result<Collection<IdentityDocument>> parse_documents(std::string_view body);
[[nodiscard]] core::Result<Collection<Organization>> parse_organizations(std::string_view body);

/// One element behind a link. Errors: as above.
[[nodiscard]] core::Result<codec::JsonObject> parse_element(std::string_view body);
/// The element as a value; nothing if it does not hold what it should.
void add_element(const codec::JsonObject& element, std::vector<Contact>& to);
void add_element(const codec::JsonObject& element, std::vector<Address>& to);
void add_element(const codec::JsonObject& element, std::vector<IdentityDocument>& to);
void add_element(const codec::JsonObject& element, std::vector<Organization>& to);

}  // namespace edges::esia
