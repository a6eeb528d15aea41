#include "http/problem.h"

#include <algorithm>
#include <array>
#include <utility>

#include "codec/json.h"
#include "http/limits.h"

namespace http {
namespace {

using core::ErrorCode;
using Entry = ProblemCatalogue::Entry;

// Reasons of the protocol itself, whose status says more than their code does.
struct OwnStatus {
  std::string_view reason;
  int status;
};
constexpr std::array kOwnStatuses{
    OwnStatus{"http.method_not_allowed", 405},    OwnStatus{"http.header_timeout", 408},
    OwnStatus{"http.body_timeout", 408},          OwnStatus{"http.body_too_large", 413},
    OwnStatus{"http.uri_too_long", 414},          OwnStatus{"http.precondition_failed", 412},
    OwnStatus{"http.precondition_required", 428}, OwnStatus{"http.media_type", 415},
    OwnStatus{"http.expectation", 417},           OwnStatus{"http.header_too_large", 431},
    OwnStatus{"http.method_unknown", 501},        OwnStatus{"http.version", 505},
    OwnStatus{"http.transfer_encoding", 501},
};

const Entry& generic_entry(ErrorCode code) {
  static const std::array<Entry, 8> entries{{
      {{"Запрос составлен неверно", "Проверьте введённое и отправьте снова."},
       {"The request is not right", "Check what you entered and send it again."},
       {}},
      {{"Нужно войти", "Войдите и повторите действие."},
       {"Please sign in", "Sign in and try again."},
       {}},
      {{"Это действие вам недоступно",
        "Для него нужны другие права или другой уровень учётной записи."},
       {"You cannot do this", "It needs other rights or another account level."},
       {}},
      {{"Ничего не найдено", "Такой страницы или записи нет, либо она вам не видна."},
       {"Nothing found", "There is no such page or record, or you may not see it."},
       {}},
      {{"Сейчас это сделать нельзя", "Состояние уже изменилось. Обновите страницу и посмотрите."},
       {"This cannot be done now", "Something has changed meanwhile. Reload the page and look."},
       {}},
      {{"Слишком часто", "Подождите немного и попробуйте снова."},
       {"Too often", "Wait a little and try again."},
       {}},
      {{"Сейчас не отвечает", "Мы уже знаем. Попробуйте ещё раз чуть позже: ничего не потеряно."},
       {"Not answering right now", "We know. Try again a little later: nothing is lost."},
       {}},
      {{"Ошибка на нашей стороне", "Вы всё сделали правильно. Попробуйте позже."},
       {"A fault of ours", "You did nothing wrong. Please try later."},
       {}},
  }};
  return entries[static_cast<std::size_t>(code)];
}

core::Result<ProblemCatalogue::Text> read_text(codec::JsonFields& entry,
                                               std::string_view language) {
  constexpr std::size_t kTextMax = 1000;
  TRY(const auto* object, entry.object(language));
  codec::JsonFields fields(*object);
  ProblemCatalogue::Text text;
  TRY(text.title, fields.string("title", kTextMax));
  TRY(text.detail, fields.string("detail", kTextMax));
  TRY_VOID(fields.finish());
  return text;
}

core::Result<Entry> read_entry(const codec::Json& value) {
  TRY(auto fields, codec::JsonFields::of(value));
  Entry entry;
  TRY(entry.ru, read_text(fields, "ru"));
  TRY(entry.en, read_text(fields, "en"));
  TRY(auto level, fields.optional_string("required_level", 64));
  entry.required_level = level.value_or("");
  return entry;
}

}  // namespace

int status_of(const core::Error& error) {
  const auto own = std::find_if(kOwnStatuses.begin(), kOwnStatuses.end(),
                                [&](const auto& known) { return known.reason == error.reason; });
  if (own != kOwnStatuses.end()) return own->status;
  constexpr std::array<int, 8> kByCode{400, 401, 403, 404, 409, 429, 503, 500};
  return kByCode[static_cast<std::size_t>(error.code)];
}

core::Result<ProblemCatalogue> ProblemCatalogue::parse(std::string_view json_text) {
  const auto malformed = [](std::string_view what) {
    return core::fail(ErrorCode::kInvalidInput, "problems.malformed", std::string(what));
  };
  const auto json = codec::parse_json(
      json_text, {.bytes_max = json_text.size(), .depth_max = 4, .values_max = 16'384});
  if (!json || !json->is_object()) return malformed("not a JSON object");
  ProblemCatalogue catalogue;
  for (const auto& member : json->as_object()) {
    const std::string reason(member.key());
    auto entry = read_entry(member.value());
    if (!entry) return malformed(reason + ": " + entry.error().detail);
    catalogue.entries_.emplace(reason, std::move(*entry));
  }
  return catalogue;
}

const Entry& ProblemCatalogue::entry_for(const core::Error& error) const {
  const auto known = entries_.find(error.reason);
  return known != entries_.end() ? known->second : generic_entry(error.code);
}

Response to_problem(const core::Error& error, const ProblemCatalogue& catalogue,
                    const ProblemContext& context, const codec::JsonObject& more) {
  // The reason of an internal fault names our parts, which is nobody else's business.
  const bool internal = error.code == ErrorCode::kInternal;
  const std::string reason = internal || error.reason.empty() ? "internal" : error.reason;
  const auto& entry = catalogue.entry_for(error);
  const auto& text = context.language == Language::kRu ? entry.ru : entry.en;
  const int status = status_of(error);

  codec::JsonObject problem;
  problem["type"] = "urn:beresta:problem:" + reason;
  problem["title"] = text.title;
  problem["status"] = status;
  problem["detail"] = text.detail;
  problem["instance"] = "urn:uuid:" + core::uuid_to_string(context.request_id);
  if (error.attempts_left >= 0) problem["attempts_left"] = error.attempts_left;
  if (!entry.required_level.empty()) problem["required_level"] = entry.required_level;
  const int wait =
      status == 503 && error.retry_after_s == 0 ? kRetryAfterSeconds : error.retry_after_s;
  if (wait > 0) problem["retry_after_s"] = wait;
  for (const auto& member : more) problem.insert(member);  // never in place of one that is there

  auto response = json_text(status, codec::to_text(problem));
  response.fields.front().second = "application/problem+json";
  response.with("Content-Language", std::string(tag_of(context.language)));
  if (wait > 0) response.with("Retry-After", std::to_string(wait));
  return response;
}

}  // namespace http
