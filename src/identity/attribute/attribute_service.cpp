#include "identity/attribute/attribute_service.h"

#include <array>
#include <iterator>

#include "audit/operation_log.h"
#include "vault/claims.h"

namespace identity {
namespace {

using core::ErrorCode;
using core::fail;

/// What the owner alone can know, and how long it may be.
struct OwnAttribute {
  std::string_view name;
  std::size_t characters_max;
};
constexpr std::array kOwn{
    OwnAttribute{"preferred_name", AttributeService::kPreferredNameCharactersMax},
    OwnAttribute{"living_address", AttributeService::kLivingAddressCharactersMax}};

core::Result<OwnAttribute> find_own(std::string_view name) {
  for (const auto& one : kOwn) {
    if (one.name == name) return one;
  }
  return fail(ErrorCode::kNotFound, "attribute.not_yours");
}

/// Code points; the JSON parser has already refused what is not UTF-8.
std::size_t characters_in(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0U : 1U;
  return count;
}

std::string_view without_spaces_around(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool is_one_line(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return false;
  }
  return true;
}

}  // namespace

core::Result<std::vector<Attribute>> AttributeService::list(const CitizenId& id,
                                                            core::Instant now) {
  return list(id, true, now);
}

core::Result<std::vector<Attribute>> AttributeService::list(const CitizenId& id, bool documents,
                                                            core::Instant now) {
  TRY(auto records, ports_.vault.open({.citizen_id = id,
                                       .category = vault::Category::kProfile,
                                       .purpose = vault::Purpose::kShowToCitizen,
                                       .actor = vault::Actor::citizen(),
                                       .now = now}));
  if (documents) {
    TRY(auto further, ports_.documents.claims(id, now));
    std::move(further.begin(), further.end(), std::back_inserter(records));
  }
  return attributes_of(std::move(records), freshness_, now);
}

core::Status AttributeService::put_own(const CitizenId& id, std::string_view name,
                                       const core::Secret<std::string>& value, core::Instant now) {
  TRY(const auto own, find_own(name));
  const auto text = without_spaces_around(value.reveal());
  if (text.empty() || !is_one_line(text) || characters_in(text) > own.characters_max) {
    return fail(ErrorCode::kInvalidInput, "attribute.value");
  }
  const vault::Provenance provenance{std::string(vault::kSelfSource),
                                     std::string(vault::kAssertedLevel), now};
  TRY(const auto sealed, ports_.vault.seal({.citizen_id = id,
                                            .category = vault::Category::kProfile,
                                            .name = std::string(own.name),
                                            .value = core::Secret<std::string>(std::string(text)),
                                            .provenance = provenance}));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(ports_.vault.record_or_clarify(unit, sealed));
    return audit::record_operation(unit, {id, "attribute.changed", own.name}, now, ports_.rng);
  });
}

core::Status AttributeService::remove_own(const CitizenId& id, std::string_view name,
                                          core::Instant now) {
  TRY(const auto own, find_own(name));
  return ports_.data.write([&](store::UnitOfWork& unit) -> core::Status {
    TRY_VOID(vault::delete_claim(unit, id, own.name, vault::kSelfSource));
    return audit::record_operation(unit, {id, "attribute.removed", own.name}, now, ports_.rng);
  });
}

}  // namespace identity
