#include <array>
#include <atomic>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "bench/commands.h"
#include "bench/sqlite_handle.h"
#include "crypto/file_key_provider.h"
#include "crypto/system_rng.h"
#include "identity/token.h"
#include "store/database.h"
#include "vault/vault.h"

namespace bench {
namespace {

constexpr std::string_view kFindToken =
    "SELECT citizen_id FROM session_token WHERE token_hash = $1";
// As in vault/vault.cpp and audit/log_entry.cpp.
constexpr std::string_view kFindKey =
    "SELECT wrapped FROM data_key WHERE citizen_id = $1 AND category = $2";
constexpr std::string_view kInsertAccess =
    "INSERT INTO access_record (citizen_id, access_id, at_utc, actor, purpose, category)"
    " VALUES ($1, $2, $3, $4, $5, $6)";
constexpr std::string_view kInsertEntry =
    "INSERT INTO log_entry (citizen_id, entry_id, salt, record) VALUES ($1, $2, $3, $4)";
constexpr std::string_view kEnqueue =
    "INSERT INTO log_queue (entry_id, commitment) VALUES ($1, $2)";
constexpr std::string_view kSelectRecords =
    "SELECT name, sealed, source, assurance_level, proven_at_utc FROM personal_record"
    " WHERE citizen_id = $1 AND category = $2 ORDER BY name";
constexpr std::string_view kActor = "platform:notices";
constexpr std::string_view kPurpose = "notify_citizen";
constexpr std::string_view kProfile = "profile";
constexpr std::size_t kSaltBytes = 32;
constexpr std::size_t kRecordBytes = 260;  // what an access of this kind takes

core::Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return core::Instant::from_micros(
      std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

void put(const Statement& statement, int place, core::ByteView bytes) {
  sqlite3_bind_blob(statement.get(), place, bytes.data(), static_cast<int>(bytes.size()),
                    SQLITE_STATIC);
}

void put(const Statement& statement, int place, std::string_view text) {
  sqlite3_bind_text(statement.get(), place, text.data(), static_cast<int>(text.size()),
                    SQLITE_STATIC);
}

/// Steps to the end. @return rows read; absent when SQLite refused.
std::optional<int> finish(const Statement& statement, core::Bytes* first_blob = nullptr) {
  int rows = 0;
  int code = sqlite3_step(statement.get());
  for (; code == SQLITE_ROW; code = sqlite3_step(statement.get())) {
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement.get(), 0));
    const int size = sqlite3_column_bytes(statement.get(), 0);
    if (rows++ == 0 && first_blob != nullptr) first_blob->assign(bytes, bytes + size);
  }
  sqlite3_reset(statement.get());
  return code == SQLITE_DONE ? std::optional(rows) : std::nullopt;
}

core::Result<std::vector<core::Bytes>> citizens_of(const SeededFiles& files) {
  TRY(const auto data, SqliteHandle::open(files.data));
  TRY(const auto find, data.prepare(kFindToken));
  std::vector<core::Bytes> citizens;
  std::ifstream file(files.tokens);
  for (std::string token; std::getline(file, token);) {
    const auto hash = identity::hash_token(token);
    put(find, 1, hash);
    core::Bytes citizen;
    if (finish(find, &citizen) != 1) {
      return core::fail(core::ErrorCode::kNotFound, "bench.row_missing");
    }
    citizens.push_back(std::move(citizen));
  }
  if (citizens.empty()) {
    return core::fail(core::ErrorCode::kInvalidInput, "bench.tokens", files.tokens);
  }
  return citizens;
}

/// The statements of one reading with its access record.
class BareRead {
 public:
  static core::Result<BareRead> open(const SqliteHandle& data, const SqliteHandle& keys) {
    TRY(auto key, keys.prepare(kFindKey));
    TRY(auto access, data.prepare(kInsertAccess));
    TRY(auto entry, data.prepare(kInsertEntry));
    TRY(auto enqueue, data.prepare(kEnqueue));
    TRY(auto records, data.prepare(kSelectRecords));
    return BareRead{std::move(key), std::move(access), std::move(entry), std::move(enqueue),
                    std::move(records)};
  }

  [[nodiscard]] bool run(core::ByteView citizen_id, core::Rng& rng) {
    const auto at = now();
    const auto id = core::CitizenId::make(at, rng);
    const auto salt = core::random_bytes(rng, kSaltBytes);
    const std::string record(kRecordBytes, 'r');
    for (const auto* statement : {&access, &entry}) {
      put(*statement, 1, citizen_id);
      put(*statement, 2, id.bytes());
    }
    sqlite3_bind_int64(access.get(), 3, at.micros());
    put(access, 4, kActor);
    put(access, 5, kPurpose);
    put(access, 6, kProfile);
    put(entry, 3, salt);
    put(entry, 4, record);
    put(enqueue, 1, id.bytes());
    put(enqueue, 2, salt);
    for (const auto* statement : {&key, &records}) {
      put(*statement, 1, citizen_id);
      put(*statement, 2, kProfile);
    }
    return finish(key) == 1 && finish(access) == 0 && finish(entry) == 0 && finish(enqueue) == 0 &&
           finish(records).value_or(0) >= 1;
  }

  Statement key;
  Statement access;
  Statement entry;
  Statement enqueue;
  Statement records;
};

/// The purpose that is measured rests on no consent.
class NoConsents final : public vault::ConsentCheck {
 public:
  core::Result<bool> hold_live(store::UnitOfWork& /*unit*/,
                               const vault::ConsentQuestion& /*question*/) override {
    return false;
  }
};

core::Status read_one(vault::Vault& vault, const core::Bytes& citizen) {
  TRY(const auto citizen_id, core::CitizenId::from_bytes(citizen));
  TRY(const auto records, vault.open({.citizen_id = citizen_id,
                                      .category = vault::Category::kProfile,
                                      .purpose = vault::Purpose::kNotifyCitizen,
                                      .actor = vault::Actor::platform("notices"),
                                      .now = now()}));
  return records.empty() ? core::fail(core::ErrorCode::kNotFound, "bench.row_missing")
                         : core::Status();
}

}  // namespace

core::Result<Work> run_bare_vault_reads(const SeededFiles& files, int group, Seconds time) {
  crypto::SystemRng rng;
  TRY(const auto citizens, citizens_of(files));
  TRY(const auto data, SqliteHandle::open(files.data));
  TRY(const auto keys, SqliteHandle::open(files.keys));
  TRY(const auto begin, data.prepare("BEGIN IMMEDIATE"));
  TRY(const auto commit, data.prepare("COMMIT"));
  TRY(auto bare, BareRead::open(data, keys));
  const Stopwatch watch;
  std::int64_t done = 0;
  while (watch.wall_s() < time.count()) {
    if (finish(begin) != 0) return data.failure();
    for (int i = 0; i < group; ++i, ++done) {
      if (!bare.run(citizens[static_cast<std::size_t>(done) % citizens.size()], rng)) {
        return data.failure();
      }
    }
    if (finish(commit) != 0) return data.failure();
  }
  return watch.stop(done);
}

core::Result<Work> run_vault_reads(const SeededFiles& files, const std::string& root_key,
                                   int clients, Seconds time) {
  crypto::SystemRng rng;
  TRY(const auto citizens, citizens_of(files));
  TRY(const auto data, store::open_database({.url = "sqlite:" + files.data}, rng));
  TRY(const auto keys, store::open_database({.url = "sqlite:" + files.keys}, rng));
  TRY(const auto root, crypto::FileKeyProvider::open(root_key));
  NoConsents consents;
  vault::Vault vault({*data, *keys, *root, consents, rng});
  std::atomic<std::int64_t> done = 0;
  std::mutex mutex;
  std::optional<core::Error> refusal;
  const Stopwatch watch;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < clients; ++i) {
      threads.emplace_back([&] {
        while (watch.wall_s() < time.count()) {
          const auto turn = static_cast<std::size_t>(done++);
          if (const auto status = read_one(vault, citizens[turn % citizens.size()]); !status) {
            const std::lock_guard lock(mutex);
            refusal = status.error();
            return;
          }
        }
      });
    }
  }
  if (refusal) return core::fail(*refusal);
  return watch.stop(done);
}

}  // namespace bench
