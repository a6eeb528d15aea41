// SqliteUnit: a unit of work on one SQLite connection. For the SQLite driver only; used by the
// thread that holds the connection.
#pragma once

#include "store/sqlite/connection.h"
#include "store/unit_of_work.h"

namespace store {

/// The connection must outlive the unit and be inside a transaction.
class SqliteUnit final : public UnitOfWork {
 public:
  explicit SqliteUnit(SqliteConnection& connection) : connection_(connection) {}

 private:
  core::Result<Rows> execute(const Query& query, Params params) override {
    return connection_.run(query, params);
  }
  core::Status execute_script(const Query& script) override {
    return connection_.run_script(script);
  }
  core::Status prepare_only(const Query& query) override { return connection_.prepare_only(query); }

  SqliteConnection& connection_;
};

}  // namespace store
