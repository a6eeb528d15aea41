// FunctionTable: the one table that says which function of the account needs what, per client
// (docs/adr/0026). Read from the jurisdiction's file; refusals and the page that explains them both
// come from it. Immutable; safe from any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "identity/attribute/attribute_claims.h"
#include "identity/types.h"

namespace identity {

/// Through what the account is used.
enum class Client { kWeb, kMobile, kDesk };
inline constexpr std::array kAllClients{Client::kWeb, Client::kMobile, Client::kDesk};
[[nodiscard]] std::string_view name_of(Client client);
[[nodiscard]] std::optional<Client> find_client(std::string_view name);

/// An attribute a function cannot do without.
struct AttributeNeed {
  std::string name;
  std::string level;        ///< of its claim in force: "asserted", "phone", "verified"
  bool fresh = false;       ///< a stale claim is not enough
  bool undisputed = false;  ///< nor is one that another source contradicts
};

struct FunctionNeed {
  AssuranceLevel level = AssuranceLevel::kVerified;
  std::vector<AttributeNeed> attributes;
};

/// Why a function is closed, one thing at a time.
enum class Lack { kLevel, kAttributeAbsent, kAttributeLevel, kAttributeStale, kAttributeConflict };
[[nodiscard]] std::string_view name_of(Lack lack);

struct Missing {
  Lack lack = Lack::kLevel;
  std::string attribute;  ///< empty with kLevel
};

/// One cell of the table, as it stands for one person.
struct FunctionState {
  Function function = Function::kAccount;
  AssuranceLevel required_level = AssuranceLevel::kPhone;
  std::vector<Missing> missing;  ///< empty = open

  [[nodiscard]] bool open() const { return missing.empty(); }
};

class FunctionTable {
 public:
  /// The account by phone, everything else by a proven identity.
  FunctionTable();

  [[nodiscard]] const FunctionNeed& need(Function function, Client client) const;
  void set(Function function, Client client, FunctionNeed need);

  /// @param attributes  of the person; only looked at where the cell names some.
  [[nodiscard]] FunctionState evaluate(Function function, Client client, AssuranceLevel level,
                                       const std::vector<Attribute>& attributes) const;

 private:
  std::array<std::array<FunctionNeed, kAllClients.size()>, kAllFunctions.size()> cells_;
};

/// Where a person goes to get what is missing, and what they do there.
enum class Remedy { kProveIdentity, kResolveConflict, kEnterYourself };
[[nodiscard]] std::string_view name_of(Remedy remedy);
[[nodiscard]] Remedy remedy_of(const Missing& missing);

/// The refusal of a closed function (CORE_ASSERT), by the first thing missing; its detail names the
/// function, so that all of what is missing can be looked up again.
/// kForbidden "assurance.verified_required"; kForbidden "assurance.attribute_absent"; kForbidden
/// "assurance.attribute_level"; kForbidden "assurance.attribute_stale"; kForbidden
/// "assurance.attribute_conflict".
[[nodiscard]] core::Error refusal_of(const FunctionState& state);

}  // namespace identity
