// Contractors: who else works with people's data for the operator, for anyone to read: their duty,
// which data, on what basis. Constant while the server runs. Safe from any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "http/route.h"

namespace api {

/// One processor; texts by language.
struct Contractor {
  using Texts = std::map<std::string, std::string, std::less<>>;
  std::string id;
  Texts name;
  Texts duty;
  Texts data;
  Texts basis;
  std::string since;  ///< a day, YYYY-MM-DD
};

/// The route table's line for listContractors; the answer is rendered once for each language.
[[nodiscard]] std::vector<http::Route> contractor_routes(
    const std::vector<Contractor>& contractors);

}  // namespace api
