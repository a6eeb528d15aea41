// UnitOfWork: one transaction, handed to a function by Database::read or Database::write. Used only
// inside that function and only on the thread that runs it.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "store/query.h"

namespace store {

/// The open transaction. The first statement that fails spoils the unit: every later one answers
/// the same error and the unit is rolled back whatever its function returns, on both engines alike
/// (PostgreSQL aborts such a transaction anyway). Where a conflict is an expected answer, write it
/// into the SQL (`ON CONFLICT ... DO NOTHING`) and look at affected().
class UnitOfWork {
 public:
  UnitOfWork() = default;
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;
  virtual ~UnitOfWork() = default;

  /// Runs one statement and returns all its rows (at most kRowsMax).
  /// Errors: kConflict "store.unique" a unique or primary key exists already;
  ///         kConflict "store.foreign_key" the row pointed to is not there, or is still pointed to;
  ///         kUnavailable "store.timeout" ran longer than the statement timeout;
  ///         kUnavailable "store.busy" a lock or a serialisation conflict outlasted the retries;
  ///         kUnavailable "store.full" no space; "store.read_only" the database or the unit is;
  ///         kUnavailable "store.io", "store.memory", "store.unreachable" machine or network;
  ///         kInternal "store.corrupt" the file is damaged; "store.constraint" CHECK or NOT NULL;
  ///         "store.statement" the text, its parameters or a type is wrong;
  ///         "store.too_many_rows";
  ///         kInvalidInput "store.text_malformed" a TEXT parameter is not UTF-8 or holds a NUL;
  ///         "store.too_large" a value exceeds what the engine can hold.
  [[nodiscard]] core::Result<Rows> run(const Query& query, Params params);
  [[nodiscard]] core::Result<Rows> run(const Query& query,
                                       std::initializer_list<Param> params = {}) {
    return run(query, Params(params.begin(), params.size()));
  }

  /// Runs several statements without parameters; for migrations. Errors: as run().
  [[nodiscard]] core::Status run_script(const Query& script);

  /// Prepares the statement without running it: proves that this engine understands the text.
  /// Errors: kInternal "store.statement".
  [[nodiscard]] core::Status check(const Query& query);

  /// After this unit is durably committed, wakes whoever waits for the topic in this process
  /// (Database::announcements). A unit that fails or is rolled back announces nothing.
  void announce(std::string_view topic);

  /// For the drivers: what was announced, and the first error if the unit is spoilt.
  [[nodiscard]] const std::vector<std::string>& announced() const { return announced_; }
  [[nodiscard]] const std::optional<core::Error>& spoilt() const { return spoilt_; }

  static constexpr std::size_t kRowsMax = 100'000;

 private:
  virtual core::Result<Rows> execute(const Query& query, Params params) = 0;
  virtual core::Status execute_script(const Query& script) = 0;
  virtual core::Status prepare_only(const Query& query) = 0;

  std::optional<core::Error> spoilt_;
  std::vector<std::string> announced_;
};

/// A transaction's body, as the drivers pass it around.
using UnitFunction = std::function<core::Status(UnitOfWork&)>;

}  // namespace store
