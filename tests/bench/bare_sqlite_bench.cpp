#include <fstream>
#include <vector>

#include "bench/commands.h"
#include "bench/flow_row.h"
#include "bench/sqlite_handle.h"
#include "identity/token.h"

namespace bench {
namespace {

using core::ErrorCode;
using core::fail;

// As in identity/account_store.cpp and vault/vault.cpp; ./bench compares the statements the server
// counts for a request with these four, so that they cannot drift apart.
constexpr std::string_view kFindToken =
    "SELECT citizen_id, session_id, last_used_at_utc, expires_at_utc, authenticated_at_utc, amr, "
    "aal"
    " FROM session_token"
    " WHERE token_hash = $1";
constexpr std::string_view kFindDeletion =
    "SELECT citizen_id, state, challenge_id, confirmed_at_utc, due_at_utc, receipt_hash, sealed"
    " FROM account_deletion WHERE citizen_id = $1";
constexpr std::string_view kFindCitizen =
    "SELECT assurance_level, assurance_source, assurance_raised_at_utc, phone_masked,"
    " registered_at_utc FROM citizen WHERE citizen_id = $1";
constexpr std::string_view kFindKey =
    "SELECT wrapped FROM data_key WHERE citizen_id = $1 AND category = $2";
constexpr std::string_view kSelectRecords =
    "SELECT name, sealed, source, assurance_level, proven_at_utc FROM personal_record"
    " WHERE citizen_id = $1 AND category = $2 ORDER BY name";
constexpr std::string_view kProfile = "profile";

void bind_blob(const Statement& statement, int place, core::ByteView bytes) {
  sqlite3_bind_blob(statement.get(), place, bytes.data(), static_cast<int>(bytes.size()),
                    SQLITE_STATIC);
}

void bind_text(const Statement& statement, int place, std::string_view text) {
  sqlite3_bind_text(statement.get(), place, text.data(), static_cast<int>(text.size()),
                    SQLITE_STATIC);
}

/// Steps through all rows and touches each column, as a program that wants the values does.
/// @param first_blob  takes the first row's first column if not null. @return how many rows.
int read_rows(const Statement& statement, core::Bytes* first_blob) {
  int rows = 0;
  while (sqlite3_step(statement.get()) == SQLITE_ROW) {
    for (int column = 0; column < sqlite3_column_count(statement.get()); ++column) {
      const auto* bytes =
          static_cast<const std::uint8_t*>(sqlite3_column_blob(statement.get(), column));
      const int size = sqlite3_column_bytes(statement.get(), column);
      if (rows == 0 && column == 0 && first_blob != nullptr)
        first_blob->assign(bytes, bytes + size);
    }
    ++rows;
  }
  sqlite3_reset(statement.get());
  return rows;
}

core::Result<std::vector<core::Bytes>> read_token_hashes(const std::string& path) {
  std::vector<core::Bytes> hashes;
  std::ifstream file(path);
  for (std::string token; std::getline(file, token);) {
    hashes.push_back(identity::hash_token(token));
  }
  if (hashes.empty()) return fail(ErrorCode::kInvalidInput, "bench.tokens", path);
  return hashes;
}

/// The statements of one GET /api/v1/me.
class BareMe {
 public:
  static core::Result<BareMe> open(const SqliteHandle& data, const SqliteHandle& keys) {
    TRY(auto token, data.prepare(kFindToken));
    TRY(auto citizen, data.prepare(kFindCitizen));
    TRY(auto deletion, data.prepare(kFindDeletion));
    TRY(auto key, keys.prepare(kFindKey));
    TRY(auto records, data.prepare(kSelectRecords));
    return BareMe{std::move(token), std::move(citizen), std::move(deletion),
                  std::move(key),   std::move(records), {}};
  }

  [[nodiscard]] bool run(core::ByteView token_hash) {
    bind_blob(token, 1, token_hash);
    if (read_rows(token, &citizen_id) != 1) return false;
    bind_blob(citizen, 1, citizen_id);
    bind_blob(deletion, 1, citizen_id);
    for (const auto* statement : {&key, &records}) {
      bind_blob(*statement, 1, citizen_id);
      bind_text(*statement, 2, kProfile);
    }
    return read_rows(citizen, nullptr) == 1 && read_rows(deletion, nullptr) == 0 &&
           read_rows(key, nullptr) == 1 && read_rows(records, nullptr) >= 1;
  }

  Statement token;
  Statement citizen;
  Statement deletion;
  Statement key;
  Statement records;
  core::Bytes citizen_id;
};

bool step_once(const Statement& statement) {
  const bool done = sqlite3_step(statement.get()) == SQLITE_DONE;
  sqlite3_reset(statement.get());
  return done;
}

bool insert_flow(const Statement& statement, const FlowRow& row) {
  bind_blob(statement, 1, row.state_hash);
  bind_blob(statement, 2, row.browser_hash);
  bind_text(statement, 3, row.intent);
  sqlite3_bind_null(statement.get(), 4);
  bind_text(statement, 5, row.nonce);
  bind_text(statement, 6, row.code_verifier);
  sqlite3_bind_int64(statement.get(), 7, row.expires_at_utc);
  return step_once(statement);
}

}  // namespace

core::Result<Work> run_bare_me(const SeededFiles& files, Seconds time) {
  TRY(const auto data, SqliteHandle::open(files.data));
  TRY(const auto keys, SqliteHandle::open(files.keys));
  TRY(const auto hashes, read_token_hashes(files.tokens));
  TRY(auto bare, BareMe::open(data, keys));
  // Once through for warm pages, as the server has them when it is measured.
  for (const auto& hash : hashes) {
    if (!bare.run(hash)) return fail(ErrorCode::kNotFound, "bench.row_missing");
  }
  const Stopwatch watch;
  std::int64_t done = 0;
  while (watch.wall_s() < time.count()) {
    for (int i = 0; i < 64; ++i, ++done) {
      const auto& hash = hashes[static_cast<std::size_t>(done) % hashes.size()];
      if (!bare.run(hash)) return fail(ErrorCode::kNotFound, "bench.row_missing");
    }
  }
  return watch.stop(done);
}

core::Result<Work> run_bare_writes(const std::string& path, int group, Seconds time) {
  TRY(const auto database, SqliteHandle::open(path));
  TRY(const auto begin, database.prepare("BEGIN IMMEDIATE"));
  TRY(const auto commit, database.prepare("COMMIT"));
  TRY(const auto insert, database.prepare(kInsertFlowSql));
  FlowRows rows;
  const Stopwatch watch;
  std::int64_t done = 0;
  while (watch.wall_s() < time.count()) {
    if (!step_once(begin)) return database.failure();
    for (int i = 0; i < group; ++i) {
      if (!insert_flow(insert, rows.next())) return database.failure();
    }
    if (!step_once(commit)) return database.failure();
    done += group;
  }
  return watch.stop(done);
}

}  // namespace bench
