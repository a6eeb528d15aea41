#include "store/unit_of_work.h"

#include "store/sql_text.h"

namespace store {
namespace {

bool texts_are_clean(Params params) {
  for (const Param& param : params) {
    const auto* text = std::get_if<std::string_view>(&param.view());
    if (text != nullptr && !is_storable_text(*text)) return false;
  }
  return true;
}

}  // namespace

core::Result<Rows> UnitOfWork::run(const Query& query, Params params) {
  if (spoilt_) return core::fail(*spoilt_);
  // SQLite would take any bytes as TEXT and PostgreSQL would refuse: one answer for both.
  core::Result<Rows> rows = texts_are_clean(params)
                                ? execute(query, params)
                                : core::fail(core::ErrorCode::kInvalidInput, "store.text_malformed",
                                             std::string(query.name));
  if (!rows) spoilt_ = rows.error();
  return rows;
}

core::Status UnitOfWork::run_script(const Query& script) {
  if (spoilt_) return core::fail(*spoilt_);
  core::Status status = execute_script(script);
  if (!status) spoilt_ = status.error();
  return status;
}

core::Status UnitOfWork::check(const Query& query) {
  if (spoilt_) return core::fail(*spoilt_);
  core::Status status = prepare_only(query);
  if (!status) spoilt_ = status.error();
  return status;
}

void UnitOfWork::announce(std::string_view topic) { announced_.emplace_back(topic); }

}  // namespace store
