#include "api/privacy/contractors.h"

#include "api/limits.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonObject;

std::string_view in(const Contractor::Texts& texts, std::string_view language) {
  const auto found = texts.find(language);
  return found == texts.end() ? std::string_view() : std::string_view(found->second);
}

std::string rendered(const std::vector<Contractor>& contractors, std::string_view language) {
  JsonArray items;
  for (const auto& one : contractors) {
    items.push_back(JsonObject{{"id", one.id},
                               {"name", in(one.name, language)},
                               {"duty", in(one.duty, language)},
                               {"data", in(one.data, language)},
                               {"basis", in(one.basis, language)},
                               {"since", one.since}});
  }
  return codec::to_text(JsonObject{{"contractors", std::move(items)}});
}

}  // namespace

std::vector<http::Route> contractor_routes(const std::vector<Contractor>& contractors) {
  http::Route route;
  route.method = http::Method::kGet;
  route.pattern = "/api/v1/contractors";
  route.operation_id = "listContractors";
  route.auth = http::AuthPolicy::kPublic;
  route.execution = http::Execution::kInline;
  route.limit = kReading;
  route.handler = [ru = rendered(contractors, "ru"), en = rendered(contractors, "en")](
                      const http::Request& request) -> core::Result<http::Response> {
    return http::json_text(200, http::tag_of(request.language()) == "en" ? en : ru);
  };
  return {std::move(route)};
}

}  // namespace api
