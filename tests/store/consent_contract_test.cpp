// A withdrawn consent opens nothing any more, on both engines: thousands of readings by two
// databases on one place, as two servers have, while the consent behind them is withdrawn.
#include <thread>
#include <vector>

#include "app/adapters/vault_consents.h"
#include "crypto/file_key_provider.h"
#include "openid/authorization/party_grant.h"
#include "privacy/service.h"
#include "store/harness.h"
#include "vault/vault.h"

namespace store_test {
namespace {

using core::Instant;
using store::UnitOfWork;

constexpr Instant kNow = Instant::from_seconds(1'800'000'000);
constexpr std::string_view kParty = "shop";
constexpr int kThreads = 16;
constexpr int kRounds = 10;
constexpr int kChecksOfARound = 1000;
constexpr auto kWithdrawalMax = std::chrono::seconds(1);
constexpr auto kPause = std::chrono::microseconds(200);

constexpr store::Query kCountReadings{
    "test.readings", "SELECT CAST(COUNT(*) AS BIGINT) FROM access_record WHERE citizen_id = $1"};

/// What a server has: its own connections, and its own services over them.
struct Server {
  Server(const Place& data_place, const Place& key_place, crypto::KeyProvider& root, core::Rng& rng)
      : data(must_open(data_place.config(), rng)),
        keys(must_open(key_place.config(), rng)),
        vault({*data, *keys, root, consents, rng}) {}

  std::unique_ptr<store::Database> data;
  std::unique_ptr<store::Database> keys;
  app::VaultConsents consents;
  vault::Vault vault;
};

class ConsentRace : public StoreContract {
 protected:
  ConsentRace() {
    const auto keys = must_open(key_place_.config(), rng);
    EXPECT_TRUE(store::migrate(*database, app_migrations(), kNow));
    EXPECT_TRUE(store::migrate(*keys, key_migrations(), kNow));
    for (int i = 0; i < 2; ++i) {
      servers_.push_back(std::make_unique<Server>(place, key_place_, root_, rng));
    }
  }

  core::CitizenId person_with(const openid::Texts& claims) {
    const auto id = core::CitizenId::make(kNow, rng);
    auto& vault = servers_[0]->vault;
    const auto sealed = vault.seal({.citizen_id = id,
                                    .category = vault::Category::kProfile,
                                    .name = "given_name",
                                    .value = core::Secret<std::string>(std::string("Алия")),
                                    .provenance = {"self", "phone", kNow}});
    EXPECT_TRUE(sealed);
    EXPECT_TRUE(database->write([&](UnitOfWork& unit) -> core::Status {
      TRY_VOID(vault.record(unit, *sealed));
      openid::PartyGrant grant;
      grant.citizen_id = id;
      grant.client_id = kParty;
      grant.claims = grant.granted_claims = claims;
      grant.granted_at = grant.last_used_at = kNow;
      return openid::put_grant(unit, grant);
    }));
    return id;
  }

  /// One reading by the party, which asks for this claim.
  static core::Result<vault::PersonalRecords> read(Server& server, const core::CitizenId& id,
                                                   const std::string& claim, Instant now = kNow) {
    return server.vault.open({.citizen_id = id,
                              .category = vault::Category::kProfile,
                              .purpose = vault::Purpose::kReleaseToParty,
                              .actor = vault::Actor::party(kParty),
                              .now = now,
                              .attributes = {claim}});
  }

  std::int64_t readings_of(const core::CitizenId& id) {
    return database
        ->read([&](UnitOfWork& unit) -> core::Result<std::int64_t> {
          TRY(const auto rows, unit.run(kCountReadings, {id}));
          return rows.front().int64(0);
        })
        .value();
  }

  /// What one round came to.
  struct Round {
    std::atomic<int> begun = 0;
    std::atomic<int> given = 0;
    std::atomic<int> refused = 0;
    std::atomic<int> given_after = 0;  ///< begun after the end was acknowledged, and yet given
    std::atomic<bool> ended = false;
    std::int64_t at_the_end = 0;  ///< readings on record when the end was acknowledged
  };

  /// Many threads read while `end` ends what allows it.
  template <typename End>
  void race(const core::CitizenId& id, Round& round, const End& end) {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back(
          [&, i] { read_until_done(*servers_[static_cast<std::size_t>(i % 2)], id, round); });
    }
    while (round.begun < kChecksOfARound / 3) std::this_thread::sleep_for(kPause);
    const auto before = std::chrono::steady_clock::now();
    const core::Status status = end();
    const auto took = std::chrono::steady_clock::now() - before;
    round.ended = true;
    round.at_the_end = readings_of(id);
    ASSERT_TRUE(status) << status.error().reason;
    EXPECT_LT(took, kWithdrawalMax);
    threads.clear();
  }

  /// At least so many, and until the end was acknowledged.
  static void read_until_done(Server& server, const core::CitizenId& id, Round& round) {
    for (bool after = false; round.begun++ < kChecksOfARound || !after;) {
      after = round.ended;
      const auto records = read(server, id, "given_name");
      if (records) {
        ++round.given;
        if (after) ++round.given_after;
      } else if (records.error().reason == "vault.consent_missing") {
        ++round.refused;
      } else {
        EXPECT_EQ(records.error().reason, "store.busy");
      }
    }
  }

  void expect_nothing_after(const core::CitizenId& id, const Round& round) {
    EXPECT_EQ(round.given_after, 0);
    EXPECT_EQ(readings_of(id), round.at_the_end) << "a reading was recorded after the end";
    EXPECT_EQ(round.given, round.at_the_end) << "a reading without its record, or the reverse";
    EXPECT_GT(round.refused, 0) << "the end came too late for a race";
  }

  Place key_place_{GetParam()};
  crypto::FileKeyProvider root_{crypto::Key256::generate(rng)};
  std::vector<std::unique_ptr<Server>> servers_;
};
INSTANTIATE_ON_BOTH_ENGINES(ConsentRace);

TEST_P(ConsentRace, NothingIsReadOnceTheWithdrawalIsAcknowledged) {
  int given = 0;
  for (int i = 0; i < kRounds; ++i) {
    const auto id = person_with({"given_name"});
    Round round;
    race(id, round, [&]() -> core::Status {
      TRY(const bool was, servers_[1]->data->write([&](UnitOfWork& unit) {
        return openid::withdraw_grant(unit, id, kParty, kNow);
      }));
      EXPECT_TRUE(was);
      return {};
    });
    expect_nothing_after(id, round);
    given += round.given;
  }
  EXPECT_GT(given, kRounds) << "hardly anything was read before, so nothing is shown";
}

TEST_P(ConsentRace, NothingMoreIsReadOnceTheNarrowingIsAcknowledged) {
  const auto id = person_with({"given_name", "phone_number"});
  Round round;
  race(id, round, [&] {
    return servers_[1]->data->write([&](UnitOfWork& unit) -> core::Status {
      TRY(auto grant, openid::find_grant(unit, id, kParty));
      grant->claims = {"phone_number"};
      grant->narrowed_at = kNow;
      return openid::narrow_grant(unit, *grant);
    });
  });
  expect_nothing_after(id, round);
  EXPECT_TRUE(read(*servers_[0], id, "phone_number")) << "what is left is still given";
}

TEST_P(ConsentRace, WhatHasExpiredIsRefusedWithoutAnyJob) {
  const auto id = person_with({"given_name"});
  ASSERT_TRUE(database->write([&](UnitOfWork& unit) -> core::Status {
    TRY(auto grant, openid::find_grant(unit, id, kParty));
    grant->expires_at = kNow + std::chrono::seconds(10);
    return openid::put_grant(unit, *grant);
  }));
  EXPECT_TRUE(read(*servers_[0], id, "given_name", kNow + std::chrono::seconds(9)));
  for (auto& server : servers_) {
    const auto late = read(*server, id, "given_name", kNow + std::chrono::seconds(10));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().reason, "vault.consent_missing");
  }
  EXPECT_EQ(readings_of(id), 1);
}

TEST_P(ConsentRace, AnswersOfOneServerAreNoneOfTheOthersMemory) {
  const auto id = person_with({"given_name"});
  // Both have it warm: kept snapshots and prepared statements.
  for (auto& server : servers_) ASSERT_TRUE(read(*server, id, "given_name"));
  for (int i = 0; i < 50; ++i) {
    auto& one = *servers_[static_cast<std::size_t>(i % 2)];
    auto& other = *servers_[static_cast<std::size_t>((i + 1) % 2)];
    ASSERT_TRUE(one.data->write(
        [&](UnitOfWork& unit) { return openid::withdraw_grant(unit, id, kParty, kNow); }));
    const auto shown = other.data->read(
        [&](UnitOfWork& unit) { return openid::list_live_grants(unit, id, kNow); });
    ASSERT_TRUE(shown);
    EXPECT_TRUE(shown->empty()) << "a kept snapshot still shows the consent";
    EXPECT_FALSE(read(other, id, "given_name"));
    ASSERT_TRUE(other.data->write([&](UnitOfWork& unit) -> core::Status {
      TRY(auto grant, openid::find_grant(unit, id, kParty));
      grant->withdrawn_at.reset();
      grant->granted_at = kNow + std::chrono::seconds(i + 1);
      return openid::put_grant(unit, *grant);
    }));
  }
}

}  // namespace
}  // namespace store_test
