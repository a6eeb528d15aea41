#include "identity/assurance/function_table.h"

#include <algorithm>

#include "core/assert.h"
#include "vault/claims.h"

namespace identity {
namespace {

constexpr std::array<std::string_view, 3> kClients{"web", "mobile", "desk"};
constexpr std::array<std::string_view, 5> kLacks{"level", "attribute_absent", "attribute_level",
                                                 "attribute_stale", "attribute_conflict"};

std::optional<Lack> lack_of(const AttributeNeed& need, const std::vector<Attribute>& attributes) {
  const auto* attribute = find_attribute(attributes, need.name);
  if (attribute == nullptr) return Lack::kAttributeAbsent;
  const auto& claim = attribute->claims.front();
  if (vault::rank_of_level(claim.provenance.assurance_level) < vault::rank_of_level(need.level)) {
    return Lack::kAttributeLevel;
  }
  if (need.fresh && claim.stale) return Lack::kAttributeStale;
  if (need.undisputed && attribute->conflict) return Lack::kAttributeConflict;
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Client client) { return kClients.at(static_cast<std::size_t>(client)); }

std::optional<Client> find_client(std::string_view name) {
  const auto* const found = std::find(kClients.begin(), kClients.end(), name);
  if (found == kClients.end()) return std::nullopt;
  return static_cast<Client>(found - kClients.begin());
}

std::string_view name_of(Lack lack) { return kLacks.at(static_cast<std::size_t>(lack)); }

FunctionTable::FunctionTable() {
  for (const auto client : kAllClients) {
    set(Function::kAccount, client, {AssuranceLevel::kPhone, {}});
  }
}

const FunctionNeed& FunctionTable::need(Function function, Client client) const {
  return cells_.at(static_cast<std::size_t>(function)).at(static_cast<std::size_t>(client));
}

void FunctionTable::set(Function function, Client client, FunctionNeed need) {
  cells_.at(static_cast<std::size_t>(function)).at(static_cast<std::size_t>(client)) =
      std::move(need);
}

FunctionState FunctionTable::evaluate(Function function, Client client, AssuranceLevel level,
                                      const std::vector<Attribute>& attributes) const {
  const auto& wanted = need(function, client);
  FunctionState state{function, wanted.level, {}};
  if (level < wanted.level) state.missing.push_back({Lack::kLevel, {}});
  for (const auto& one : wanted.attributes) {
    if (const auto lack = lack_of(one, attributes)) state.missing.push_back({*lack, one.name});
  }
  return state;
}

std::string_view name_of(Remedy remedy) {
  constexpr std::array<std::string_view, 3> kRemedies{"prove_identity", "resolve_conflict",
                                                      "enter_yourself"};
  return kRemedies.at(static_cast<std::size_t>(remedy));
}

Remedy remedy_of(const Missing& missing) {
  if (missing.lack == Lack::kAttributeConflict) return Remedy::kResolveConflict;
  // What nobody has said at all and the owner may say; a proven level of it needs a service again.
  const bool own = missing.attribute == "preferred_name";
  if (missing.lack == Lack::kAttributeAbsent && own) return Remedy::kEnterYourself;
  return Remedy::kProveIdentity;
}

core::Error refusal_of(const FunctionState& state) {
  constexpr std::array<std::string_view, 5> kReasons{
      "assurance.verified_required", "assurance.attribute_absent", "assurance.attribute_level",
      "assurance.attribute_stale", "assurance.attribute_conflict"};
  CORE_ASSERT(!state.open());
  const auto& first = state.missing.front();
  return {core::ErrorCode::kForbidden,
          std::string(kReasons.at(static_cast<std::size_t>(first.lack))),
          std::string(name_of(state.function))};
}

}  // namespace identity
