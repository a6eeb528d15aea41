#include "api/identity/account_api.h"

#include "api/identity/asker.h"
#include "api/identity/export_html.h"
#include "api/identity/export_pdf.h"
#include "api/identity/session_cookie.h"
#include "api/route_maker.h"
#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonFields;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

/// The largest answer there is, and everything at once for whoever stole a session.
constexpr http::RateLimit kExporting{"exporting", 6, 0.02};
constexpr std::int64_t kDayMicros = 24LL * 3600 * 1'000'000;

template <typename Names>
JsonArray names_json(const Names& names) {
  JsonArray array;
  for (const auto name : names) array.push_back(codec::Json(name));
  return array;
}

JsonObject to_json(const identity::DeletionState& state, const identity::DeletionPolicy& policy,
                   http::Language language) {
  const bool english = language == http::Language::kEn && !policy.kept.basis_en.empty();
  const bool frozen = state.step == identity::DeletionStep::kFrozen;
  JsonObject kept{{"what", policy.kept.what}, {"days", policy.kept.term.count() / kDayMicros}};
  put_text(kept, "basis", english ? policy.kept.basis_en : policy.kept.basis);
  JsonObject json{{"state", frozen ? "frozen" : "none"},
                  {"term_s", policy.term.count() / 1'000'000},
                  {"ends_at_once", names_json(identity::kEndsAtOnce)},
                  {"erased_after_term", names_json(identity::kErasedAfterTerm)},
                  {"kept", JsonArray{std::move(kept)}}};
  put_moment(json, "confirmed_at", state.confirmed_at);
  put_moment(json, "erases_at", state.erases_at);
  put_text(json, "receipt", state.receipt);
  return json;
}

core::Result<JsonObject> to_json(const identity::Receipt& receipt) {
  JsonObject json{{"state", receipt.state}};
  put_moment(json, "confirmed_at", receipt.confirmed_at);
  put_moment(json, "erases_at", receipt.erases_at);
  put_moment(json, "ended_at", receipt.ended_at);
  if (!receipt.report.empty()) {
    TRY(json["report"], codec::parse_json(receipt.report));
    json["report_sha256"] = receipt.report_sha256;
  }
  return json;
}

}  // namespace

core::Result<http::Response> AccountApi::export_account(const Request& request) {
  const auto format = request.query("format").value_or("json");
  if (format != "json" && format != "html" && format != "pdf") {
    return fail(ErrorCode::kInvalidInput, "export.format");
  }
  TRY(const auto all, services_.exports.make(who(request.subject()), request.received_at()));
  TRY(auto response, written(all, format, request));
  response.with("Content-Disposition", "attachment; filename=\"beresta." + format + "\"");
  return response;
}

core::Result<http::Response> AccountApi::written(const JsonObject& all, std::string_view format,
                                                 const Request& request) const {
  if (format == "json") return http::json_ok(all);
  if (format == "html") {
    return http::bytes("text/html; charset=utf-8",
                       export_html(all, {request.language(), services_.utc_offset_minutes}));
  }
  TRY(auto pdf, export_pdf(all, {.installation = services_.installation,
                                 .language = request.language(),
                                 .made_at = request.received_at(),
                                 .utc_offset_minutes = services_.utc_offset_minutes}));
  return http::bytes("application/pdf", std::move(pdf));
}

core::Result<http::Response> AccountApi::deletion(const Request& request) {
  TRY(const auto state, services_.deletions.state(request.subject().citizen_id));
  return http::json_ok(to_json(state, services_.deletions.policy(), request.language()));
}

core::Result<http::Response> AccountApi::ask_deletion(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto channel_name, fields.string("channel", 8));
  auto asker = bound_asker_of(request, services_.challenges);
  TRY(asker.work, work_members(fields));
  TRY_VOID(fields.finish());
  const auto channel = identity::find_channel(channel_name);
  if (!channel) return fail(ErrorCode::kInvalidInput, "challenge.channel_unknown");
  TRY(const auto challenge, services_.deletions.ask(request.subject().citizen_id, *channel, asker,
                                                    request.received_at()));
  return accepted(challenge, asker);
}

core::Result<http::Response> AccountApi::prepare_deletion_work(const Request& request) {
  TRY(const auto work, services_.deletions.prepare_work(request.subject().citizen_id,
                                                        asker_of(request), request.received_at()));
  return work_answer(work);
}

core::Result<http::Response> AccountApi::confirm_deletion(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(auto code, fields.string("code", 16));
  TRY_VOID(fields.finish());
  TRY(const auto state, services_.deletions.confirm(who(request.subject()),
                                                    core::Secret<std::string>(std::move(code)),
                                                    asker_of(request), request.received_at()));
  return http::json_ok(to_json(state, services_.deletions.policy(), request.language()));
}

core::Result<http::Response> AccountApi::cancel_deletion(const Request& request) {
  TRY_VOID(services_.deletions.cancel(request.subject().citizen_id, request.received_at()));
  return http::no_content();
}

core::Result<http::Response> AccountApi::look_up_receipt(const Request& request) {
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, JsonFields::of(json));
  TRY(const auto text, fields.string("receipt", identity::ReceiptNumber::kTextBytesMax));
  TRY_VOID(fields.finish());
  TRY(const auto number, identity::ReceiptNumber::parse(text));
  TRY(const auto receipt, services_.deletions.look_up(number));
  TRY(const auto answer, to_json(receipt));
  return http::json_ok(answer);
}

std::vector<http::Route> AccountApi::routes() {
  const RouteMaker<AccountApi> route(this);
  using Api = AccountApi;
  using http::AuthPolicy;
  using http::Method;
  return {
      route({Method::kGet, "/api/v1/me/export", "exportAccount", AuthPolicy::kSession, kExporting},
            &Api::export_account),
      route({Method::kGet, "/api/v1/me/deletion", "getDeletion", AuthPolicy::kSession, kReading},
            &Api::deletion),
      route({Method::kPost, "/api/v1/me/deletion/challenge", "startDeletion", AuthPolicy::kSession,
             kSendingCodes},
            &Api::ask_deletion),
      route({Method::kPost, "/api/v1/me/deletion/challenge/work", "prepareDeletionWork",
             AuthPolicy::kSession, kTryingSecrets},
            &Api::prepare_deletion_work),
      route({Method::kPut, "/api/v1/me/deletion", "confirmDeletion", AuthPolicy::kSession,
             kTryingSecrets},
            &Api::confirm_deletion),
      route({Method::kDelete, "/api/v1/me/deletion", "cancelDeletion", AuthPolicy::kSession,
             kWriting},
            &Api::cancel_deletion),
      route({Method::kPost, "/api/v1/deletion-receipts", "lookUpReceipt", AuthPolicy::kPublic,
             kTryingSecrets},
            &Api::look_up_receipt),
  };
}

}  // namespace api
