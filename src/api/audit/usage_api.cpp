#include "api/audit/usage_api.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

constexpr std::int64_t kLimitDefault = 1000;
constexpr std::int64_t kNumberMax = 1'000'000'000;
/// So many entries without a place are no rest of the last second but a sequencer that stands
/// still.
constexpr std::int64_t kWaitingMax = 200'000;

struct Words {
  std::string_view word, ru, en;
};

constexpr std::array<Words, 10> kPurposes{{
    {"fetch_documents", "Запрос документов из реестра по вашему разрешению",
     "Asking a registry for documents with your permission"},
    {"inform_citizen", "Сообщение по теме, на которую вы согласились",
     "A message on a topic you agreed to"},
    {"issue_digital_id", "Выпуск цифрового удостоверения", "Issuing a Digital ID"},
    {"notify_citizen", "Сообщение вам о событии", "Telling you what happened"},
    {"release_to_party", "Передача сведений по вашему согласию", "Giving data with your agreement"},
    {"show_portrait", "Показ портрета проверяющему по вашему коду",
     "Showing the portrait to a checker by your code"},
    {"answer_request", "Работа с вашим обращением", "Working on your request"},
    {"make_statistics", "Подсчёт в статистике без имён (обезличивание)",
     "Counting in statistics without names (depersonalisation)"},
    {"show_to_citizen", "Показ вам самим", "Showing it to you"},
    {"", "Чтение данных", "Reading of data"},
}};

std::string action_of(std::string_view purpose, http::Language language) {
  for (const auto& one : kPurposes) {
    if (one.word == purpose) {
      return std::string(http::tag_of(language) == "ru" ? one.ru : one.en);
    }
  }
  return std::string(purpose);
}

auto malformed() { return fail(ErrorCode::kInvalidInput, "usage.parameter"); }

core::Result<std::int64_t> number_of(const Request& request, std::string_view name,
                                     std::int64_t otherwise) {
  const auto text = request.query(name);
  if (!text) return otherwise;
  std::int64_t value = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
  if (read.ec != std::errc{} || read.ptr != text->data() + text->size() || value < 0 ||
      value > kNumberMax) {
    return malformed();
  }
  return value;
}

core::Result<std::optional<core::Instant>> moment_of(const Request& request,
                                                     std::string_view name) {
  auto text = request.query(name);
  if (!text) return std::optional<core::Instant>();
  // The service's own examples have no zone; it is taken for UTC.
  if (!text->ends_with('Z')) *text += 'Z';
  const auto at = core::from_rfc3339(*text);
  if (!at) return malformed();
  return std::optional(*at);
}

}  // namespace

core::Result<http::Response> UsageApi::find_usage(const Request& request) {
  audit::UsageQuery query;
  TRY(query.from, moment_of(request, "periodStart"));
  TRY(query.to, moment_of(request, "periodEnd"));
  TRY(query.offset, number_of(request, "offset", 0));
  TRY(query.limit, number_of(request, "limit", kLimitDefault));
  query.limit = std::min(query.limit, kLimitDefault);
  TRY(const auto usage, log_.usage(request.subject().citizen_id, query));
  JsonArray usages;
  for (const auto& record : usage.records) {
    JsonObject json{{"action", action_of(record.purpose, request.language())},
                    {"receiverCode", record.actor},
                    {"receiverSystem", system_}};
    put_moment(json, "logtime", record.time);
    put_text(json, "receiverName",
             names_.name_of(record.actor, request.language(), request.received_at()));
    usages.push_back(std::move(json));
  }
  return http::json_ok(JsonObject{{"totalUsages", usage.total}, {"usages", std::move(usages)}});
}

core::Result<http::Response> UsageApi::usage_period(const Request& request) {
  TRY(const auto begins, log_.begins_at());
  JsonObject json;
  put_moment(json, "periodStart", begins.value_or(request.received_at()));
  return http::json_ok(json);
}

core::Result<http::Response> UsageApi::heartbeat(const Request& request) {
  // A tracker whose entries get no place in the log proves nothing, however well it answers.
  if (const auto ready = health_.ready(request.received_at()); !ready) {
    return http::json_ok(JsonObject{{"status", "FAIL"},
                                    {"message", "the log is not signed: " + ready.error().reason}});
  }
  TRY(const auto waiting, log_.waiting());
  if (waiting > kWaitingMax) {
    return http::json_ok(JsonObject{{"status", "FAIL"}, {"message", "the log does not keep up"}});
  }
  return http::json_ok(JsonObject{{"status", "OK"}});
}

std::vector<http::Route> UsageApi::routes() {
  const RouteMaker<UsageApi> route(this);
  using Api = UsageApi;
  using http::AuthPolicy;
  using http::Method;
  return {
      route({Method::kGet, "/api/v1/data-tracker/findUsage", "findUsage", AuthPolicy::kSession,
             kReading},
            &Api::find_usage),
      route({Method::kGet, "/api/v1/data-tracker/usagePeriod", "usagePeriod", AuthPolicy::kPublic,
             kReading},
            &Api::usage_period),
      route({Method::kGet, "/api/v1/data-tracker/heartbeat", "heartbeat", AuthPolicy::kPublic,
             kReading},
            &Api::heartbeat),
  };
}

}  // namespace api
