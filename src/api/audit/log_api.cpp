#include "api/audit/log_api.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "api/wire.h"

namespace api {
namespace {

using codec::JsonArray;
using codec::JsonObject;
using core::ErrorCode;
using core::fail;
using http::Request;

constexpr std::string_view kForASecond = "public, max-age=1";
constexpr std::string_view kForEver = "public, max-age=31536000, immutable";
constexpr std::int64_t kPageDefault = 20;

/// A whole number of the query; absent = `otherwise`.
core::Result<std::int64_t> number_query(const Request& request, std::string_view name,
                                        std::int64_t otherwise, std::int64_t max) {
  const auto text = request.query(name);
  if (!text) return otherwise;
  std::int64_t value = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
  if (read.ec != std::errc{} || read.ptr != text->data() + text->size() || value < 0 ||
      value > max) {
    return fail(ErrorCode::kInvalidInput, "page.limit");
  }
  return value;
}

JsonArray proof_json(const audit::Proof& proof) {
  JsonArray hashes;
  for (const auto& hash : proof) hashes.emplace_back(codec::to_base64(hash));
  return hashes;
}

http::Response note(std::string text) {
  return http::text(std::move(text)).with("Cache-Control", std::string(kForASecond));
}

using DisputeAnswers = std::map<audit::EntryId, core::Secret<std::string>>;

JsonObject dispute_json(const audit::LogLine& line, const DisputeAnswers& answers) {
  JsonObject json{{"reason", line.dispute_reason}};
  put_moment(json, "disputed_at", line.disputed_at);
  put_moment(json, "answered_at", line.answered_at);
  put_text(json, "outcome", line.outcome);
  const auto answer = answers.find(line.id);
  if (answer != answers.end()) json["answer"] = answer->second.reveal();
  return json;
}

void put_index(JsonObject& json, const std::optional<std::uint64_t>& index) {
  if (index) json["index"] = *index;
}

}  // namespace

core::Result<http::Response> LogApi::description(const Request& request) {
  auto& signer = log_.signer();
  const auto keys = signer.published(request.received_at());
  const auto beginnings = signer.beginnings(request.received_at());
  JsonArray listed;
  for (std::size_t i = 0; i < keys.size() && i < beginnings.size(); ++i) {
    JsonObject json{{"vkey", keys[i].to_string()}};
    put_moment(json, "signs_from", beginnings[i]);
    listed.push_back(std::move(json));
  }
  JsonArray witnesses;
  for (const auto& one : log_.witnesses()) witnesses.emplace_back(one.to_string());
  JsonArray ended;
  for (const auto& one : log_.ended()) ended.emplace_back(one);
  auto response = http::json_ok(JsonObject{{"origin", signer.origin()},
                                           {"url", url_},
                                           {"keys", std::move(listed)},
                                           {"witnesses", std::move(witnesses)},
                                           {"ended", std::move(ended)}});
  return response.with("Cache-Control", "public, max-age=300");
}

core::Result<http::Response> LogApi::checkpoint(const Request& /*request*/) {
  TRY(auto text, log_.checkpoint());
  return note(std::move(text));
}

core::Result<http::Response> LogApi::cosigned(const Request& /*request*/) {
  TRY(auto text, log_.cosigned_checkpoint());
  return note(std::move(text));
}

core::Result<http::Response> LogApi::tile(const Request& request) {
  // The path as it was sent: an encoded slash would be a second spelling.
  constexpr std::string_view kLog = "/log/";
  TRY(const auto bytes, log_.tile(request.path().substr(kLog.size())));
  return http::bytes("application/octet-stream", std::string(core::as_text(bytes)))
      .with("Cache-Control", std::string(kForEver));
}

core::Result<http::Response> LogApi::public_entries(const Request& /*request*/) {
  TRY(const auto lines, log_.public_entries());
  JsonArray entries;
  for (const auto& line : lines) {
    JsonObject json{{"entry_id", line.id.to_string()},
                    {"record", line.record},
                    {"salt", codec::to_base64(line.salt)}};
    put_index(json, line.index);
    entries.push_back(std::move(json));
  }
  auto response = http::json_ok(JsonObject{{"entries", std::move(entries)}});
  return response.with("Cache-Control", "public, max-age=60");
}

core::Result<http::Response> LogApi::add_cosignatures(const Request& request) {
  TRY_VOID(log_.add_cosignatures(request.body(), request.received_at()));
  return http::no_content();
}

JsonObject LogApi::entry_json(const audit::LogLine& line, const Request& request) {
  JsonObject json{{"entry_id", line.id.to_string()}};
  put_index(json, line.index);
  if (line.index) json["proof"] = proof_json(line.proof);
  if (!line.opened) return json;
  json["record"] = line.opened->record;
  json["salt"] = codec::to_base64(line.opened->salt);
  if (const auto record = audit::LogRecord::parse(line.opened->record)) {
    put_text(json, "actor_name",
             names_.name_of(record->actor, request.language(), request.received_at()));
  }
  return json;
}

core::Result<http::Response> LogApi::entries(const Request& request) {
  std::optional<audit::EntryId> before;
  if (const auto cursor = request.query("cursor")) {
    const auto id = audit::EntryId::parse(*cursor);
    if (!id) return fail(ErrorCode::kInvalidInput, "page.cursor");
    before = *id;
  }
  TRY(const auto limit, number_query(request, "limit", kPageDefault, audit::LogService::kPageMax));
  if (limit == 0) return fail(ErrorCode::kInvalidInput, "page.limit");
  TRY(const auto page, log_.page(request.subject().citizen_id, before, static_cast<int>(limit)));
  const bool answered = std::any_of(page.lines.begin(), page.lines.end(),
                                    [](const auto& line) { return line.answered_at.has_value(); });
  DisputeAnswers answers;
  if (answered) {
    TRY(answers, disputes_.answers_to(request.subject().citizen_id, request.received_at()));
  }
  JsonArray entries;
  for (const auto& line : page.lines) {
    auto json = entry_json(line, request);
    if (line.disputed_at) json["dispute"] = dispute_json(line, answers);
    entries.push_back(std::move(json));
  }
  JsonObject json{{"entries", std::move(entries)}};
  put_text(json, "checkpoint", page.checkpoint);
  if (page.lines.size() == static_cast<std::size_t>(limit)) {
    json["next_cursor"] = page.lines.back().id.to_string();
  }
  return http::json_ok(json);
}

core::Result<http::Response> LogApi::consistency(const Request& request) {
  TRY(const auto from,
      number_query(request, "from", 0, static_cast<std::int64_t>(audit::kTreeSizeMax)));
  TRY(const auto page, log_.consistency(static_cast<std::uint64_t>(from)));
  return http::json_ok(
      JsonObject{{"checkpoint", page.checkpoint}, {"proof", proof_json(page.proof)}});
}

core::Result<http::Response> LogApi::dispute(const Request& request) {
  TRY(const auto id, path_id<audit::EntryId>(request, "entry_id"));
  TRY(const auto json, http::json_body(request));
  TRY(auto fields, codec::JsonFields::of(json));
  TRY(const auto reason, fields.string("reason", 32));
  TRY_VOID(fields.finish());
  TRY_VOID(log_.dispute(request.subject().citizen_id, id, reason, request.received_at()));
  return http::no_content();
}

}  // namespace api
