#include "privacy/request/evidence.h"

#include "core/bytes.h"
#include "crypto/digest.h"

namespace privacy {
namespace {

using codec::JsonArray;
using codec::JsonObject;

constexpr std::string_view kFormat = "beresta-request-evidence-1";

JsonObject event_json(const RequestEvent& event, const RequestTexts& texts) {
  JsonObject json{{"number", event.number},
                  {"at", core::to_rfc3339(event.at)},
                  {"at_micros", event.at.micros()},
                  {"act", name_of(event.act)},
                  {"actor", event.actor},
                  {"state", name_of(event.state)},
                  {"due_day", event.due_day.to_string()}};
  if (!event.reason.empty()) json["reason"] = event.reason;
  if (!event.norm.empty()) json["norm"] = event.norm;
  if (!event.text_id) return json;
  json["salted_sha256"] = event.text_sha256;
  const auto* text = find_text(texts, event.text_id);
  if (text == nullptr) {
    json["text_erased"] = true;
    return json;
  }
  const auto& words = text->text.reveal();
  json["text"] = words;
  json["salt"] = text->salt;
  json["sha256"] = core::to_hex(crypto::sha256(core::as_bytes(words)));
  json["as_recorded"] = digest_of(text->salt, words) == event.text_sha256;
  return json;
}

JsonArray editions_json(const EvidenceParts& parts) {
  JsonArray editions;
  for (const auto kind : kAllEditionKinds) {
    const auto edition =
        parts.editions.current(kind, parts.language, parts.file.request.received_at);
    if (!edition) continue;
    editions.push_back(JsonObject{{"kind", name_of(kind)},
                                  {"number", (*edition)->number},
                                  {"language", (*edition)->language},
                                  {"title", (*edition)->title},
                                  {"sha256", (*edition)->sha256},
                                  {"in_force_at", core::to_rfc3339((*edition)->in_force_at)}});
  }
  return editions;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// A JSON value as people read it: objects and arrays as lists, texts as they are.
void add_value(const codec::Json& value, std::string& page) {
  if (const auto* object = value.if_object()) {
    page += "<dl>";
    for (const auto& member : *object) {
      page += "<dt>" + escaped(member.key()) + "</dt><dd>";
      add_value(member.value(), page);
      page += "</dd>";
    }
    page += "</dl>";
  } else if (const auto* array = value.if_array()) {
    page += "<ol>";
    for (const auto& item : *array) {
      page += "<li>";
      add_value(item, page);
      page += "</li>";
    }
    page += "</ol>";
  } else if (const auto* text = value.if_string()) {
    page += escaped(std::string_view(text->data(), text->size()));
  } else {
    page += escaped(codec::to_text(value));
  }
}

}  // namespace

JsonObject evidence_claims(const EvidenceParts& parts) {
  const auto& request = parts.file.request;
  JsonObject about{{"request_id", request.id.to_string()},
                   {"number", parts.rules.number_of(request).text()},
                   {"kind", name_of(request.kind)},
                   {"state", request.shown_state(parts.now)},
                   {"received_at", core::to_rfc3339(request.received_at)},
                   {"due_day", request.due_day.to_string()},
                   {"due_at", core::to_rfc3339(request.due_at)},
                   {"due_estimated", request.due_estimated},
                   {"basis", request.basis},
                   {"extended", request.extended},
                   {"overdue", request.is_overdue(parts.now)},
                   {"citizen", request.citizen_id.to_string()}};
  if (request.closed_at) about["closed_at"] = core::to_rfc3339(*request.closed_at);
  if (!request.consent.empty()) about["withdrawn_consent"] = request.consent;
  JsonArray events;
  for (const auto& event : parts.file.events) {
    events.push_back(event_json(event, parts.file.texts));
  }
  return {{"format", kFormat},
          {"installation", parts.installation},
          {"made_at", core::to_rfc3339(parts.now)},
          {"request", std::move(about)},
          {"events", std::move(events)},
          {"editions_in_force", editions_json(parts)}};
}

core::Result<JsonObject> evidence_file(const EvidenceParts& parts, EvidenceSigner& signer) {
  auto claims = evidence_claims(parts);
  TRY(auto jws, signer.sign(claims, parts.now));
  return JsonObject{{"format", kFormat}, {"evidence", std::move(claims)}, {"jws", std::move(jws)}};
}

std::string evidence_page(const JsonObject& file, std::string_view language) {
  const bool russian = language != "en";
  std::string page =
      "<!doctype html>\n<html lang=\"" + std::string(russian ? "ru" : "en") +
      "\"><meta charset=\"utf-8\"><title>" +
      std::string(russian ? "Обращение: всё, что записано" : "A request: everything on record") +
      "</title><style>body{font:16px/1.5 sans-serif;max-width:46em;margin:2em auto;"
      "padding:0 1em}dt{color:#515c56}dd{margin:0 0 .6em 1em;white-space:pre-wrap;"
      "overflow-wrap:anywhere}</style>\n<h1>" +
      std::string(russian ? "Обращение: всё, что записано" : "A request: everything on record") +
      "</h1>\n<p>" +
      std::string(russian ? "Подпись в конце сделана ключом платформы над всем, что выше. Её может "
                            "проверить кто угодно: формат открыт и назван первым."
                          : "The signature at the end is by the platform's key over all of the "
                            "above. Anybody can check it: the format is open and named first.") +
      "</p>\n";
  add_value(file.at("evidence"), page);
  page += "<h2>JWS</h2><p style=\"overflow-wrap:anywhere\"><code>";
  add_value(file.at("jws"), page);
  return page + "</code></p></html>\n";
}

}  // namespace privacy
