// PostgresqlConnection: one session with a PostgreSQL server, its prepared statements and its
// deadline. For the PostgreSQL driver only; belongs to one thread at a time.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "store/database.h"

namespace store {

class PostgresqlConnection {
 public:
  /// Connects and sets the session up; times and read_only are taken from `config`.
  /// Errors: kUnavailable "store.missing", "store.unreachable", "store.busy" (too many sessions),
  ///         "store.read_only" the server is a standby and config asks for more.
  static core::Result<std::unique_ptr<PostgresqlConnection>> open(const DatabaseConfig& config,
                                                                  StoreMetrics* metrics);

  PostgresqlConnection(const PostgresqlConnection&) = delete;
  PostgresqlConnection& operator=(const PostgresqlConnection&) = delete;
  ~PostgresqlConnection() = default;

  /// As UnitOfWork::run.
  core::Result<Rows> run(const Query& query, Params params);
  /// As UnitOfWork::run_script.
  core::Status run_script(const Query& script);
  /// As UnitOfWork::check.
  core::Status prepare_only(const Query& query);

  /// False once the session is lost or its answer did not come: it must not be used again.
  [[nodiscard]] bool alive() const { return alive_; }
  /// Whether the session is alive and outside any transaction, so that the next unit may have it.
  [[nodiscard]] bool reusable() const {
    return alive_ && PQtransactionStatus(handle_.get()) == PQTRANS_IDLE;
  }
  /// Whether this side gives a session up whose answer is overdue; off while a schema changes.
  void limit_answers(bool limited) { limited_ = limited; }

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  struct Statement {
    std::string name;
    std::vector<Oid> types;
  };
  using Handle = std::unique_ptr<PGconn, Finish>;
  using Result = std::unique_ptr<PGresult, Clear>;
  using Statements = std::unordered_map<std::string, Statement, TextHash, std::equal_to<>>;

  PostgresqlConnection(Handle handle, const DatabaseConfig& config, StoreMetrics* metrics);

  core::Status set_up(const DatabaseConfig& config);
  core::Result<const Statement*> prepare(const Query& query);
  core::Result<std::vector<Oid>> describe(const Query& query, const std::string& name);
  core::Result<Rows> execute(const Query& query, Params params);
  core::Result<Result> answer(int sent, std::string_view doing);
  bool wait_for_answer();
  bool wait_for_socket(std::chrono::steady_clock::time_point deadline, bool writing);
  tl::unexpected<core::Error> lost(std::string_view doing);

  Handle handle_;
  Statements statements_;
  std::chrono::milliseconds answer_timeout_;
  StoreMetrics* metrics_;
  int statements_made_ = 0;
  bool limited_ = true;
  bool alive_ = true;
};

}  // namespace store
