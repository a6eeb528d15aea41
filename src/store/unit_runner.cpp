#include "store/unit_runner.h"

#include <exception>
#include <typeinfo>

namespace store {
namespace {

core::Status call(const UnitFunction& work, UnitOfWork& unit) {
  try {
    return work(unit);
  } catch (const std::exception& thrown) {
    return core::fail(core::ErrorCode::kInternal, "store.unit_threw", typeid(thrown).name());
  } catch (...) {
    return core::fail(core::ErrorCode::kInternal, "store.unit_threw", "not a std::exception");
  }
}

}  // namespace

core::Status run_unit(const UnitFunction& work, UnitOfWork& unit) {
  core::Status status = call(work, unit);
  if (status && unit.spoilt()) return core::fail(*unit.spoilt());
  return status;
}

}  // namespace store
