#include "api/wallet/wallet_json.h"

#include "api/wire.h"
#include "core/bytes.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonObject;

JsonObject checker_sees(const wallet::QuestionState& state) {
  JsonObject json;
  if (const auto* yes = std::get_if<bool>(&*state.answer)) {
    json["answer"] = *yes;
    return json;
  }
  const auto& identity = std::get<wallet::IdentityAnswer>(*state.answer);
  json["answer"] = true;
  json["full_name"] = identity.full_name;
  json["document"] = identity.document;
  json["portrait"] = state.has_portrait;
  return json;
}

}  // namespace

JsonObject to_json(const wallet::DocumentCard& card, core::Instant now) {
  const auto& progress = card.progress;
  JsonObject json{{"kind", wallet::name_of(progress.kind)},
                  {"state", wallet::name_of(progress.state)}};
  put_moment(json, "received_at", progress.received_at);
  put_moment(json, "next_attempt_at", progress.next_attempt_at);
  put_text(json, "problem", progress.problem);
  if (!card.record) return json;
  const auto& record = *card.record;
  put_text(json, "number", record.number);
  JsonArray fields;
  for (const auto& field : record.fields) {
    fields.push_back(JsonObject{{"name", field.name}, {"value", field.value}});
  }
  json["fields"] = std::move(fields);
  const bool expired = record.valid_until && *record.valid_until < core::date_of(now);
  if (record.valid_until) json["valid_until"] = record.valid_until->to_string();
  put_text(json, "registry_status", expired ? "expired" : record.registry_status);
  json["has_portrait"] = card.has_portrait;
  return json;
}

JsonObject to_json(const wallet::Device& device) {
  JsonObject json{{"device_id", device.id.to_string()}, {"name", device.name}};
  put_moment(json, "made_at", device.made_at);
  return json;
}

JsonObject to_json(const wallet::DigitalIdOverview& overview) {
  JsonArray obstacles;
  for (const auto obstacle : overview.obstacles)
    obstacles.push_back(codec::Json(wallet::name_of(obstacle)));
  JsonArray questions;
  for (const auto& state : overview.questions) {
    JsonObject json{{"question", wallet::name_of(state.question)},
                    {"state", wallet::name_of(state.readiness)}};
    if (state.answer) json["checker_sees"] = checker_sees(state);
    questions.push_back(std::move(json));
  }
  JsonObject json{{"eligible", overview.obstacles.empty()},
                  {"obstacles", std::move(obstacles)},
                  {"questions", std::move(questions)}};
  if (overview.device) json["device"] = to_json(*overview.device);
  return json;
}

JsonObject to_json(const wallet::OnlineResult& result) {
  const auto& check = result.check;
  JsonObject json{{"verdict", wallet::name_of(check.verdict)}};
  if (!check.question) return json;
  json["question"] = wallet::name_of(*check.question);
  put_text(json, "issuer", check.issuer_name);
  json["shown_seconds_ago"] = check.slot_age_s;
  json["shown_before"] = result.shown_before;
  if (!check.identity) return json;
  json["full_name"] = check.identity->full_name;
  json["document"] = check.identity->document;
  if (check.portrait_digest) json["portrait_sha256"] = core::to_hex(*check.portrait_digest);
  return json;
}

}  // namespace api
