#include "store/postgresql/connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "store/postgresql/error.h"
#include "store/postgresql/wire.h"

namespace store {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// The server ends a slow statement by itself; this side waits a little longer before it gives the
// session up, so that a dead network is not waited for.
constexpr milliseconds kAnswerGrace{2000};
constexpr std::size_t kStatementsMax = 1024;

constexpr Query kDurable{"store.durable",
                         "SELECT CAST(set_config('synchronous_commit', 'on', false) AS TEXT) "
                         "WHERE current_setting('synchronous_commit') = 'off'"};
constexpr Query kIsStandby{"store.is_standby", "SELECT pg_is_in_recovery()"};

void ignore_notice(void* /*context*/, const char* /*message*/) {}

PGconn* connect(const DatabaseConfig& config) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(config.connect_timeout).count();
  const std::string connect_timeout = std::to_string(seconds);
  const std::string user_timeout =
      std::to_string((config.statement_timeout + kAnswerGrace).count());
  const std::array<const char*, 6> names{
      "dbname",           "connect_timeout",           "client_encoding",
      "tcp_user_timeout", "fallback_application_name", nullptr};
  const std::array<const char*, 6> values{config.url.c_str(),
                                          connect_timeout.c_str(),
                                          "UTF8",
                                          user_timeout.c_str(),
                                          "beresta",
                                          nullptr};
  return PQconnectdbParams(names.data(), values.data(), /*expand_dbname=*/1);
}

std::string session_settings(const DatabaseConfig& config) {
  return fmt::format(
      "SET statement_timeout = {0}; SET lock_timeout = {1};"
      "SET idle_in_transaction_session_timeout = {2}; SET standard_conforming_strings = on;"
      "SET default_transaction_read_only = {3}; SET bytea_output = 'hex'; SET TIME ZONE 'UTC'",
      config.statement_timeout.count(), config.busy_timeout.count(),
      (config.statement_timeout + kAnswerGrace).count() * 2, config.read_only ? "on" : "off");
}

bool succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

}  // namespace

PostgresqlConnection::PostgresqlConnection(Handle handle, const DatabaseConfig& config,
                                           StoreMetrics* metrics)
    : handle_(std::move(handle)),
      answer_timeout_(config.statement_timeout + kAnswerGrace),
      metrics_(metrics) {}

core::Result<std::unique_ptr<PostgresqlConnection>> PostgresqlConnection::open(
    const DatabaseConfig& config, StoreMetrics* metrics) {
  Handle handle(connect(config));
  if (!handle) return core::fail(core::ErrorCode::kUnavailable, "store.memory");
  if (PQstatus(handle.get()) != CONNECTION_OK) return postgresql_connect_error(handle.get());
  PQsetNoticeProcessor(handle.get(), &ignore_notice, nullptr);
  if (PQsetnonblocking(handle.get(), 1) != 0) return postgresql_connect_error(handle.get());
  std::unique_ptr<PostgresqlConnection> connection(
      new PostgresqlConnection(std::move(handle), config, metrics));
  TRY_VOID(connection->set_up(config));
  return connection;
}

core::Status PostgresqlConnection::set_up(const DatabaseConfig& config) {
  TRY_VOID(run_script({"store.session", session_settings(config)}));
  TRY_VOID(run(kDurable, {}));
  TRY(const Rows standby, run(kIsStandby, {}));
  if (!config.read_only && standby.front().boolean(0)) {
    return core::fail(core::ErrorCode::kUnavailable, "store.read_only",
                      "the server is a standby that takes no writes");
  }
  return {};
}

tl::unexpected<core::Error> PostgresqlConnection::lost(std::string_view doing) {
  alive_ = false;
  return core::fail(core::ErrorCode::kUnavailable, "store.unreachable",
                    fmt::format("{}: the connection was lost", doing));
}

bool PostgresqlConnection::wait_for_socket(steady_clock::time_point deadline, bool writing) {
  pollfd socket{.fd = PQsocket(handle_.get()),
                .events = static_cast<short>(writing ? POLLIN | POLLOUT : POLLIN),
                .revents = 0};
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
    if (limited_ && left <= 0) return false;
    const int ready = ::poll(&socket, 1, limited_ ? static_cast<int>(left) : -1);
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

/// False if the session broke or the answer is overdue.
bool PostgresqlConnection::wait_for_answer() {
  const auto deadline = steady_clock::now() + answer_timeout_;
  int unsent = PQflush(handle_.get());
  while (unsent != 0 || PQisBusy(handle_.get()) != 0) {
    if (unsent < 0 || !wait_for_socket(deadline, unsent != 0)) return false;
    if (PQconsumeInput(handle_.get()) == 0) return false;
    if (unsent != 0) unsent = PQflush(handle_.get());
  }
  return true;
}

/// Waits for the answer to what was just sent: the first failed result, else the last one.
core::Result<PostgresqlConnection::Result> PostgresqlConnection::answer(int sent,
                                                                        std::string_view doing) {
  if (sent == 0) return lost(doing);
  Result last;
  for (;;) {
    if (!wait_for_answer()) return lost(doing);
    Result next(PQgetResult(handle_.get()));
    if (!next) break;
    if (!last || succeeded(last.get())) last = std::move(next);
  }
  if (PQstatus(handle_.get()) != CONNECTION_OK || !last) return lost(doing);
  if (!succeeded(last.get())) return postgresql_error(last.get(), doing);
  return last;
}

core::Result<std::vector<Oid>> PostgresqlConnection::describe(const Query& query,
                                                              const std::string& name) {
  TRY(const Result described,
      answer(PQsendDescribePrepared(handle_.get(), name.c_str()), query.name));
  std::vector<Oid> types;
  types.reserve(static_cast<std::size_t>(PQnparams(described.get())));
  for (int i = 0; i < PQnparams(described.get()); ++i) {
    types.push_back(PQparamtype(described.get(), i));
  }
  return types;
}

core::Result<const PostgresqlConnection::Statement*> PostgresqlConnection::prepare(
    const Query& query) {
  const auto known = statements_.find(query.sql);
  if (known != statements_.end()) return &known->second;
  if (statements_.size() >= kStatementsMax) {
    TRY_VOID(run_script({"store.forget_statements", "DEALLOCATE ALL"}));
    statements_.clear();
  }
  const std::string name = fmt::format("s{}", ++statements_made_);
  TRY_VOID(
      answer(PQsendPrepare(handle_.get(), name.c_str(), std::string(query.sql).c_str(), 0, nullptr),
             query.name));
  TRY(auto types, describe(query, name));
  const auto added = statements_.emplace(query.sql, Statement{name, std::move(types)});
  return &added.first->second;
}

core::Result<Rows> PostgresqlConnection::execute(const Query& query, Params params) {
  TRY(const Statement* statement, prepare(query));
  TRY(const WireParams wire, WireParams::encode(params, statement->types));
  const int sent =
      PQsendQueryPrepared(handle_.get(), statement->name.c_str(), wire.count(),
                          wire.values().data(), wire.lengths(), wire.formats(), /*binary=*/1);
  TRY(const Result result, answer(sent, query.name));
  if (static_cast<std::size_t>(PQntuples(result.get())) > UnitOfWork::kRowsMax) {
    return core::fail(core::ErrorCode::kInternal, "store.too_many_rows", std::string(query.name));
  }
  TRY(std::vector<Row> rows, decode_rows(result.get()));
  return Rows(std::move(rows), affected_rows(result.get()));
}

core::Result<Rows> PostgresqlConnection::run(const Query& query, Params params) {
  if (metrics_ == nullptr) return execute(query, params);
  const auto started = steady_clock::now();
  core::Result<Rows> rows = execute(query, params);
  metrics_->statement_finished(query.name, steady_clock::now() - started, rows.has_value());
  return rows;
}

core::Status PostgresqlConnection::run_script(const Query& script) {
  TRY_VOID(answer(PQsendQuery(handle_.get(), std::string(script.sql).c_str()), script.name));
  return {};
}

core::Status PostgresqlConnection::prepare_only(const Query& query) {
  TRY_VOID(prepare(query));
  return {};
}

}  // namespace store
