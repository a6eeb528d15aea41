#include "store/unit_of_work.h"

#include <algorithm>

#include "store/sql_text.h"

namespace store {
namespace {

bool is_clean(const Param& param) {
  const auto* text = std::get_if<std::string_view>(&param.view());
  return text == nullptr || is_storable_text(*text);
}

}  // namespace

core::Result<Rows> UnitOfWork::run(const Query& query, Params params) {
  if (spoilt_) return core::fail(*spoilt_);
  // SQLite would take any bytes as TEXT and PostgreSQL would refuse: one answer for both.
  core::Result<Rows> rows = std::all_of(params.begin(), params.end(), is_clean)
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
