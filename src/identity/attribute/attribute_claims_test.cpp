#include "identity/attribute/attribute_claims.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/rng.h"
#include "vault/claims.h"
#include "vault/testing/vault_world.h"

namespace identity {
namespace {

using core::Secret;
using std::chrono::hours;
using world::kNow;

constexpr std::array<std::string_view, 6> kSources{
    "registry", "e_passport", "desk", "identity_provider:bank", "identity_provider:esia", "self"};
constexpr std::array<std::string_view, 3> kLevels{"asserted", "phone", "verified"};

vault::PersonalRecord record(std::string_view name, std::string_view value, std::string_view source,
                             std::string_view level = "verified", core::Instant at = kNow) {
  return {std::string(name),
          Secret<std::string>(std::string(value)),
          {std::string(source), std::string(level), at}};
}

/// Everything there is to see of the claims, in order.
std::string told(const std::vector<Attribute>& attributes) {
  std::string text;
  for (const auto& attribute : attributes) {
    text += attribute.name + (attribute.conflict ? "!:" : ":");
    for (const auto& claim : attribute.claims) {
      text += " " + claim.provenance.source + "=" + claim.value.reveal();
    }
    text += "\n";
  }
  return text;
}

std::string in_force(vault::PersonalRecords records) {
  const auto attributes = attributes_of(std::move(records), {}, kNow);
  return attributes.front().claims.front().value.reveal();
}

bool disagree(std::string_view name, std::string_view one, std::string_view other) {
  return attributes_of({record(name, one, "registry"), record(name, other, "desk")}, {}, kNow)
      .front()
      .conflict;
}

/// A random set of claims, at most one of each source on each name.
vault::PersonalRecords some_claims(core::Rng& rng) {
  vault::PersonalRecords records;
  std::array<std::uint8_t, 4> dice{};
  for (const std::string_view name : {"given_name", "birth_date", "snils"}) {
    for (const auto source : kSources) {
      rng.fill(dice);
      if (dice[0] % 2 == 0) continue;
      records.push_back(record(name, std::to_string(dice[1] % 3), source,
                               kLevels[dice[2] % kLevels.size()], kNow - hours(dice[3] % 3)));
    }
  }
  return records;
}

TEST(AttributeClaims, DoNotDependOnTheOrderOfArrival) {
  world::SeededRng rng;
  for (int round = 0; round < 200; ++round) {
    auto records = some_claims(rng);
    const auto expected = told(attributes_of(records, {}, kNow));
    for (std::size_t turn = 0; turn < records.size(); ++turn) {
      std::rotate(records.begin(), records.begin() + 1, records.end());
      ASSERT_EQ(told(attributes_of(records, {}, kNow)), expected);
    }
    std::reverse(records.begin(), records.end());
    ASSERT_EQ(told(attributes_of(records, {}, kNow)), expected);
  }
}

TEST(AttributeClaims, LoseNothingAndAddNothing) {
  world::SeededRng rng;
  for (int round = 0; round < 200; ++round) {
    const auto records = some_claims(rng);
    std::multiset<std::string> before;
    for (const auto& one : records) {
      before.insert(one.name + one.provenance.source + one.value.reveal());
    }
    std::multiset<std::string> after;
    for (const auto& attribute : attributes_of(records, {}, kNow)) {
      for (const auto& claim : attribute.claims) {
        after.insert(attribute.name + claim.provenance.source + claim.value.reveal());
      }
    }
    ASSERT_EQ(before, after);
  }
}

TEST(AttributeClaims, AreInOrderAlreadyTheSecondTime) {
  world::SeededRng rng;
  for (int round = 0; round < 200; ++round) {
    const auto once = attributes_of(some_claims(rng), {}, kNow);
    vault::PersonalRecords again;
    for (const auto& attribute : once) {
      for (const auto& claim : attribute.claims) {
        again.push_back({attribute.name, claim.value, claim.provenance});
      }
    }
    ASSERT_EQ(told(attributes_of(again, {}, kNow)), told(once));
  }
}

TEST(AttributeClaims, HoldByAStrictOrder) {
  std::vector<vault::Provenance> all;
  for (const auto source : kSources) {
    for (const auto level : kLevels) {
      for (const int age : {0, 1}) {
        all.push_back({std::string(source), std::string(level), kNow - hours(age)});
      }
    }
  }
  for (const auto& a : all) {
    EXPECT_FALSE(vault::holds_before(a, a));
    for (const auto& b : all) {
      if (&a == &b) continue;
      EXPECT_NE(vault::holds_before(a, b), vault::holds_before(b, a));
      for (const auto& c : all) {
        if (vault::holds_before(a, b) && vault::holds_before(b, c)) {
          EXPECT_TRUE(vault::holds_before(a, c));
        }
      }
    }
  }
}

TEST(AttributeClaims, OfAHigherLevelHoldHoweverOld) {
  EXPECT_EQ(in_force({record("given_name", "new", "self", "asserted", kNow),
                      record("given_name", "old", "desk", "verified", kNow - hours(9000))}),
            "old");
}

TEST(AttributeClaims, OfOneLevelHoldWhenProvenLater) {
  EXPECT_EQ(in_force({record("given_name", "old", "registry", "verified", kNow - hours(1)),
                      record("given_name", "new", "identity_provider:esia", "verified", kNow)}),
            "new");
}

TEST(AttributeClaims, ProvenAtOnceHoldBySource) {
  vault::PersonalRecords records;
  for (const auto source : kSources) records.insert(records.begin(), record("sex", source, source));
  const auto claims = attributes_of(records, {}, kNow).front().claims;
  for (std::size_t i = 0; i < kSources.size(); ++i) {
    EXPECT_EQ(claims.at(i).provenance.source, kSources[i]);
  }
}

TEST(AttributeClaims, OfAnUnknownLevelCountAsTheLeast) {
  EXPECT_EQ(in_force({record("given_name", "forged", "desk", "superuser", kNow),
                      record("given_name", "known", "self", "phone", kNow - hours(1))}),
            "known");
}

TEST(AttributeClaims, ContradictOnlyAfterNormalisation) {
  EXPECT_FALSE(disagree("family_name", "Алёхина", "АЛЕХИНА"));
  EXPECT_FALSE(disagree("family_name", "Мамин-Сибиряк", "Мамин  Сибиряк"));
  EXPECT_FALSE(disagree("given_name", " Anna", "ANNA "));
  EXPECT_FALSE(disagree("snils", "112-233-445 95", "11223344595"));
  EXPECT_TRUE(disagree("family_name", "Алехина", "Алехино"));
  EXPECT_TRUE(disagree("birth_date", "1990-05-17", "1990-05-18"));
  EXPECT_TRUE(disagree("snils", "112-233-445 95", "11223344596"));
  EXPECT_TRUE(disagree("given_name", "Ия", ""));
}

TEST(AttributeClaims, AreNoConflictUnlessBothAreProven) {
  for (const std::string_view level : {"asserted", "phone"}) {
    const auto attributes = attributes_of({record("given_name", "Аня", "self", level),
                                           record("given_name", "Анна", "registry", "verified")},
                                          {}, kNow);
    EXPECT_FALSE(attributes.front().conflict) << level;
  }
}

TEST(AttributeClaims, ComparesBytesThatAreNoLettersAsTheyAre) {
  EXPECT_TRUE(disagree("given_name", "\xD0", "\xD1"));
  EXPECT_FALSE(disagree("given_name", "\xD0", "\xD0"));
  EXPECT_TRUE(disagree("given_name", "Жұлдыз", "Жулдыз"));
}

TEST(Freshness, IsOfTheFirstRowThatFits) {
  const Freshness freshness(
      {{"identity_provider", {"family_name"}, hours(24)}, {"identity_provider", {}, hours(48)}});
  const vault::Provenance esia{"identity_provider:esia", "verified", kNow};
  EXPECT_EQ(freshness.stale_at("family_name", esia), kNow + hours(24));
  EXPECT_EQ(freshness.stale_at("snils", esia), kNow + hours(48));
  EXPECT_FALSE(freshness.stale_at("snils", {"self", "asserted", kNow}));
}

TEST(Freshness, EndsAtItsMomentAndNotBefore) {
  const Freshness freshness({{"registry", {}, hours(24)}});
  const auto stale = [&](core::Instant now) {
    return attributes_of({record("sex", "F", "registry")}, freshness, now)
        .front()
        .claims.front()
        .stale;
  };
  EXPECT_FALSE(stale(kNow + hours(24) - std::chrono::microseconds(1)));
  EXPECT_TRUE(stale(kNow + hours(24)));
}

TEST(AttributesOf, LeavesOutContactsBesideThePrimary) {
  const auto attributes = attributes_of({record("email:confirmed", "a@b.example", "self", "phone"),
                                         record("phone", "+79175550142", "self", "phone"),
                                         record("phone:0198", "+79175550143", "self", "phone")},
                                        {}, kNow);
  ASSERT_EQ(attributes.size(), 1U);
  EXPECT_EQ(attributes.front().name, "phone");
}

TEST(Freshness, DoesNotDecideWhichClaimHolds) {
  const Freshness freshness({{"desk", {}, hours(1)}});
  const auto attributes = attributes_of({record("sex", "F", "desk", "verified", kNow - hours(2)),
                                         record("sex", "M", "self", "asserted", kNow)},
                                        freshness, kNow);
  EXPECT_EQ(attributes.front().claims.front().provenance.source, "desk");
  EXPECT_TRUE(attributes.front().claims.front().stale);
}

}  // namespace
}  // namespace identity
