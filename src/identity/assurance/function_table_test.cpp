#include "identity/assurance/function_table.h"

#include <gtest/gtest.h>

#include "vault/testing/vault_world.h"

namespace identity {
namespace {

using world::kNow;

Attribute attribute(std::string_view name, std::string_view level) {
  Claim claim;
  claim.provenance = {"identity_provider:esia", std::string(level), kNow};
  return {std::string(name), {claim}, false};
}

/// The table with one need for documents on the web.
FunctionTable table_with(const AttributeNeed& need) {
  FunctionTable table;
  table.set(Function::kDocuments, Client::kWeb, {AssuranceLevel::kVerified, {need}});
  return table;
}

std::string lacks(const FunctionTable& table, AssuranceLevel level,
                  const std::vector<Attribute>& attributes, Client client = Client::kWeb) {
  std::string words;
  for (const auto& one : table.evaluate(Function::kDocuments, client, level, attributes).missing) {
    words += (words.empty() ? "" : " ") + std::string(name_of(one.lack)) +
             (one.attribute.empty() ? "" : "/" + one.attribute);
  }
  return words;
}

TEST(FunctionTable, OpensTheAccountAloneByPhone) {
  const FunctionTable table;
  for (const auto client : kAllClients) {
    const auto open = [&](Function function) {
      return table.evaluate(function, client, AssuranceLevel::kPhone, {}).open();
    };
    EXPECT_TRUE(open(Function::kAccount));
    EXPECT_FALSE(open(Function::kDocuments));
    EXPECT_FALSE(open(Function::kDigitalId));
  }
}

TEST(FunctionTable, SaysEverythingThatIsMissing) {
  const auto table = table_with({"snils", "verified", false, false});
  EXPECT_EQ(lacks(table, AssuranceLevel::kPhone, {}), "level attribute_absent/snils");
  EXPECT_EQ(lacks(table, AssuranceLevel::kVerified, {}), "attribute_absent/snils");
  EXPECT_EQ(lacks(table, AssuranceLevel::kVerified, {attribute("snils", "verified")}), "");
}

TEST(FunctionTable, TakesNoWeakerWordThanItWants) {
  const auto table = table_with({"snils", "verified", false, false});
  for (const std::string_view level : {"asserted", "phone", "superuser", ""}) {
    EXPECT_EQ(lacks(table, AssuranceLevel::kVerified, {attribute("snils", level)}),
              "attribute_level/snils")
        << level;
  }
}

TEST(FunctionTable, WantsFreshnessOnlyWhereItSaysSo) {
  auto stale = attribute("snils", "verified");
  stale.claims.front().stale = true;
  EXPECT_EQ(
      lacks(table_with({"snils", "verified", true, false}), AssuranceLevel::kVerified, {stale}),
      "attribute_stale/snils");
  EXPECT_EQ(
      lacks(table_with({"snils", "verified", false, false}), AssuranceLevel::kVerified, {stale}),
      "");
}

TEST(FunctionTable, IsClosedByAConflictOnlyWhereItSaysSo) {
  auto disputed = attribute("snils", "verified");
  disputed.conflict = true;
  EXPECT_EQ(
      lacks(table_with({"snils", "verified", false, true}), AssuranceLevel::kVerified, {disputed}),
      "attribute_conflict/snils");
  EXPECT_EQ(
      lacks(table_with({"snils", "verified", false, false}), AssuranceLevel::kVerified, {disputed}),
      "");
}

TEST(FunctionTable, HasARowForEachClient) {
  const auto table = table_with({"snils", "verified", false, false});
  EXPECT_EQ(lacks(table, AssuranceLevel::kVerified, {}, Client::kDesk), "");
  EXPECT_EQ(lacks(table, AssuranceLevel::kVerified, {}, Client::kWeb), "attribute_absent/snils");
}

TEST(FunctionTable, RefusesByTheFirstThingMissing) {
  const auto table = table_with({"snils", "verified", false, false});
  const auto state = [&](AssuranceLevel level) {
    return table.evaluate(Function::kDocuments, Client::kWeb, level, {});
  };
  EXPECT_EQ(refusal_of(state(AssuranceLevel::kPhone)).reason, "assurance.verified_required");
  EXPECT_EQ(refusal_of(state(AssuranceLevel::kVerified)).reason, "assurance.attribute_absent");
}

TEST(FunctionTable, KnowsItsClientsByName) {
  for (const auto client : kAllClients) EXPECT_EQ(find_client(name_of(client)), client);
  for (const auto* name : {"", "Web", "app", "web "}) EXPECT_FALSE(find_client(name)) << name;
}

}  // namespace
}  // namespace identity
