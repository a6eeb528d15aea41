#include "vault/root_rotation.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "audit/log_keys.h"
#include "crypto/keyring.h"
#include "crypto/keyring_file.h"
#include "vault/destruction.h"
#include "vault/testing/vault_world.h"

namespace vault {
namespace {

using world::kNow;
using world::reason_of;

/// A vault whose root key is in a file, as a server has it.
class RotationTest : public testing::Test {
 protected:
  RotationTest() { CORE_ASSERT(crypto::FileKeyProvider::create(path_, databases_.rng())); }

  std::unique_ptr<crypto::Keyring> open_keyring() {
    auto keyring = crypto::Keyring::open(path_);
    CORE_ASSERT(keyring.has_value());
    return *std::move(keyring);
  }
  core::CitizenId add_person(Vault& vault) {
    const auto id = core::CitizenId::make(kNow, databases_.rng());
    const auto sealed = vault.seal({.citizen_id = id,
                                    .category = Category::kProfile,
                                    .name = "name",
                                    .value = core::Secret<std::string>("Алсу"),
                                    .provenance = {"self", "phone", kNow}});
    CORE_ASSERT(sealed.has_value());
    CORE_ASSERT(databases_.data()
                    .write([&](store::UnitOfWork& unit) { return vault.record(unit, *sealed); })
                    .has_value());
    return id;
  }
  static std::string read(Vault& vault, const core::CitizenId& id) {
    const auto records = vault.open({.citizen_id = id,
                                     .category = Category::kProfile,
                                     .purpose = Purpose::kShowToCitizen,
                                     .actor = Actor::citizen(),
                                     .now = kNow});
    if (!records) return records.error().reason;
    return records->empty() ? "nothing" : records->front().value.reveal();
  }
  Vault vault_of(crypto::KeyProvider& root) {
    return Vault({databases_.data(), databases_.keys(), root, consents_, databases_.rng()});
  }
  void rotate_file() {
    auto key = crypto::Key256::generate(databases_.rng());
    const auto id = crypto::FileRootKey::id_of(key);
    auto file = crypto::KeyringFile::open(path_);
    CORE_ASSERT(file.has_value());
    CORE_ASSERT(file->add_next({crypto::RootState::kNext, id, std::move(key)}).has_value());
    CORE_ASSERT(file->promote().has_value());
  }
  int rewrap_all(crypto::Keyring& keyring, const crypto::KeyId& from, int rows_max = 10) {
    int wrapped = 0;
    for (;;) {
      const auto batch = rewrap_some(databases_.keys(), keyring, from, rows_max);
      CORE_ASSERT(batch.has_value());
      if (batch->found == 0) return wrapped;
      wrapped += batch->wrapped;
    }
  }

  world::Databases databases_;
  world::HandConsents consents_;
  std::string path_ = databases_.folder() / "root.key";
};

TEST_F(RotationTest, WrapsEverythingAnewAndNothingElseChanges) {
  const auto running = open_keyring();
  auto vault = vault_of(*running);
  const auto id = add_person(vault);
  audit::LogKeys log_keys(databases_.keys(), *running, databases_.rng());
  const auto log_key = log_keys.get_or_make(id, kNow);
  ASSERT_TRUE(log_key);
  const auto first = running->key_id();
  const auto index = vault.blind_index("phone", "+79170000000").bytes;
  rotate_file();
  const auto changer = open_keyring();
  EXPECT_EQ(*count_wrapped(databases_.keys(), first), 2);
  EXPECT_EQ(rewrap_all(*changer, first, 1), 2);
  EXPECT_EQ(*count_wrapped(databases_.keys(), first), 0);
  EXPECT_EQ(*list_root_keys(databases_.keys()), std::vector{changer->key_id()});
  // The server that has been running all the time, and one that is started now.
  EXPECT_EQ(read(vault, id), "Алсу");
  const auto fresh = open_keyring();
  auto restarted = vault_of(*fresh);
  EXPECT_EQ(read(restarted, id), "Алсу");
  EXPECT_EQ(restarted.blind_index("phone", "+79170000000").bytes, index);
  EXPECT_EQ(core::to_hex((*log_keys.find(id))->reveal()), core::to_hex(log_key->reveal()));
}

TEST_F(RotationTest, LeavesDestroyedKeysDestroyed) {
  const auto running = open_keyring();
  auto vault = vault_of(*running);
  const auto id = add_person(vault);
  const auto first = running->key_id();
  rotate_file();
  const auto changer = open_keyring();
  // Destroyed between the batch's reading and its writing: the worst moment.
  struct DestroyingProvider final : crypto::KeyProvider {
    DestroyingProvider(crypto::KeyProvider& other, std::function<void()> act)
        : inner(other), destroy(std::move(act)) {}
    core::Result<core::Bytes> wrap(const crypto::Key256& key, core::ByteView aad) override {
      destroy();
      return inner.wrap(key, aad);
    }
    core::Result<crypto::Key256> unwrap(core::ByteView wrapped, core::ByteView aad) override {
      return inner.unwrap(wrapped, aad);
    }
    crypto::Key256 derive(std::string_view label) const override { return inner.derive(label); }
    const crypto::KeyId& key_id() const override { return inner.key_id(); }
    crypto::KeyProvider& inner;
    std::function<void()> destroy;
  } destroying(*changer, [&] { ASSERT_TRUE(destroy_keys(databases_.keys(), id)); });
  const auto batch = rewrap_some(databases_.keys(), destroying, first, 10);
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->found, 1);
  EXPECT_EQ(batch->wrapped, 0);
  EXPECT_EQ(world::number(databases_.keys(), "SELECT CAST(COUNT(*) AS BIGINT) FROM data_key"), 0);
}

TEST_F(RotationTest, RetiresOnlyARootKeyWithoutKeys) {
  const auto running = open_keyring();
  auto vault = vault_of(*running);
  (void)add_person(vault);
  const auto first = running->key_id();
  EXPECT_EQ(reason_of(retire_root_key(databases_.keys(), first, kNow)), "key.root_in_use");
  rotate_file();
  const auto changer = open_keyring();
  rewrap_all(*changer, first);
  ASSERT_TRUE(retire_root_key(databases_.keys(), first, kNow));
  ASSERT_TRUE(retire_root_key(databases_.keys(), first, kNow)) << "may be repeated";
  EXPECT_TRUE(*is_root_key_retired(databases_.keys(), first));
  EXPECT_FALSE(*is_root_key_retired(databases_.keys(), changer->key_id()));
}

TEST_F(RotationTest, StoresNoKeyThatARetiredRootKeyHasWrapped) {
  // A server on another machine, whose keyring nobody has brought up to date.
  const std::string old_copy = databases_.folder() / "old.key";
  std::filesystem::copy_file(path_, old_copy);
  ASSERT_EQ(::chmod(old_copy.c_str(), 0600), 0);
  const auto stale = *crypto::Keyring::open(old_copy);
  auto stale_vault = vault_of(*stale);
  rotate_file();
  ASSERT_TRUE(retire_root_key(databases_.keys(), stale->key_id(), kNow));
  const auto sealed = stale_vault.seal({.citizen_id = core::CitizenId::make(kNow, databases_.rng()),
                                        .category = Category::kProfile,
                                        .name = "name",
                                        .value = core::Secret<std::string>("Алсу"),
                                        .provenance = {"self", "phone", kNow}});
  ASSERT_FALSE(sealed);
  EXPECT_EQ(sealed.error().code, core::ErrorCode::kUnavailable);
  EXPECT_EQ(sealed.error().reason, "key.root_retired");
  audit::LogKeys log_keys(databases_.keys(), *stale, databases_.rng());
  EXPECT_EQ(reason_of(log_keys.get_or_make(core::CitizenId::make(kNow, databases_.rng()), kNow)),
            "key.root_retired");
  EXPECT_EQ(world::number(databases_.keys(), "SELECT CAST(COUNT(*) AS BIGINT) FROM data_key"), 0);
  // The copy is brought up to date while the server runs.
  std::filesystem::copy_file(path_, old_copy, std::filesystem::copy_options::overwrite_existing);
  (void)add_person(stale_vault);
}

TEST_F(RotationTest, FailsNoReadWhileItRuns) {
  const auto running = open_keyring();
  auto vault = vault_of(*running);
  std::vector<core::CitizenId> people;
  for (int i = 0; i < 60; ++i) people.push_back(add_person(vault));
  std::atomic<bool> done = false;
  std::atomic<int> reads = 0;
  std::atomic<int> failed = 0;
  const auto keep_reading = [&](std::size_t from) {
    for (std::size_t at = from; !done; ++at) {
      ++reads;
      if (read(vault, people[at % people.size()]) != "Алсу") ++failed;
    }
  };
  std::thread one(keep_reading, 0);
  std::thread other(keep_reading, 30);
  const auto keep_adding = [&] {
    while (!done) (void)add_person(vault);
  };
  std::thread writer(keep_adding);
  for (int round = 0; round < 4; ++round) {
    const auto before = open_keyring()->key_id();
    rotate_file();
    const auto changer = open_keyring();
    // A key wrapped before the file changed may be stored after the batches looked.
    do {
      rewrap_all(*changer, before, 7);
    } while (!retire_root_key(databases_.keys(), before, kNow));
    ASSERT_TRUE(crypto::KeyringFile::open(path_)->retire(before));
  }
  done = true;
  one.join();
  other.join();
  writer.join();
  EXPECT_EQ(failed, 0) << "of " << reads;
  EXPECT_GT(reads, 100);
  EXPECT_EQ(list_root_keys(databases_.keys())->size(), 1U);
}

}  // namespace
}  // namespace vault
