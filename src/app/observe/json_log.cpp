#include "app/observe/json_log.h"

#include <fmt/format.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <cmath>
#include <vector>

#include "core/instant.h"

namespace app {
namespace {

constexpr std::string_view kReplacement = "\\ufffd";

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      break;
  }
  return "error";
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      break;
  }
  return spdlog::level::err;
}

// Milliseconds: enough to order lines of one request, and what log viewers expect.
std::string time_text(core::Instant now) {
  const std::int64_t millis = (now.micros() - now.seconds() * 1'000'000) / 1000;
  std::string text = core::to_rfc3339(now);
  text.pop_back();
  return fmt::format("{}.{:03}Z", text, millis);
}

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// Length of the well-formed UTF-8 sequence at `at`; 0 if there is none (RFC 3629: no overlong form,
// no surrogate, nothing above U+10FFFF).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const unsigned char lead = byte_at(text, at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, at + i) & 0xC0U) != 0x80U) return 0;
  }
  const unsigned char second = byte_at(text, at + 1);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
      (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

void append_ascii(std::string& out, char c) {
  if (c == '"' || c == '\\') {
    out += '\\';
    out += c;
  } else if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') {
    out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
  } else {
    out += c;
  }
}

struct AppendValue {
  std::string& out;

  void operator()(std::int64_t number) const { out += std::to_string(number); }
  // JSON has neither NaN nor infinity.
  void operator()(double number) const {
    out += std::isfinite(number) ? fmt::format("{}", number) : std::string("null");
  }
  void operator()(bool yes) const { out += yes ? "true" : "false"; }
  void operator()(const core::UuidBytes& id) const {
    append_json_string(out, core::uuid_to_string(id));
  }
  void operator()(LogText text) const { append_json_string(out, text.view()); }
};

LogLevel level_of(core::ErrorCode code) {
  if (code == core::ErrorCode::kInternal) return LogLevel::kError;
  return code == core::ErrorCode::kUnavailable ? LogLevel::kWarning : LogLevel::kInfo;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    const std::string_view sequence = text.substr(at, length);
    if (length == 0) {
      out += kReplacement;
    } else if (length == 1) {
      append_ascii(out, text[at]);
    } else if (sequence == "\xE2\x80\xA8" || sequence == "\xE2\x80\xA9") {
      out += sequence.back() == '\xA8' ? "\\u2028" : "\\u2029";
    } else {
      out += sequence;
    }
    at += length == 0 ? 1 : length;
  }
  out += '"';
}

struct JsonLog::Sink {
  spdlog::logger logger;

  Sink(LogLevel level, std::FILE* out)
      : logger("beresta",
               std::make_shared<spdlog::sinks::stdout_sink_base<spdlog::details::console_mutex>>(
                   out)) {
    logger.set_pattern("%v");
    logger.set_level(spdlog_level(level));
    logger.flush_on(spdlog::level::trace);
    // A full disk or a closed pipe must not stop the server or print over itself.
    logger.set_error_handler([](const std::string&) {});
  }
};

JsonLog::JsonLog(LogLevel level, const http::Clock& clock, std::FILE* out)
    : clock_(clock), sink_(std::make_unique<Sink>(level, out)) {}

JsonLog::~JsonLog() = default;

void JsonLog::write(LogLevel level, LogText name, std::span<const LogField> fields) {
  if (!sink_->logger.should_log(spdlog_level(level))) return;
  std::string line = "{\"time\":\"" + time_text(clock_.now()) + "\",\"level\":\"";
  line += name_of(level);
  line += "\",\"event\":";
  append_json_string(line, name.view());
  for (const auto& field : fields) {
    line += ',';
    append_json_string(line, field.name.view());
    line += ':';
    std::visit(AppendValue{line}, field.value.get());
  }
  line += '}';
  sink_->logger.log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
}

void JsonLog::access(const http::AccessRecord& record) {
  const std::array fields{
      LogField{"method", LogText::pattern(record.method)},
      LogField{"route", LogText::pattern(record.route_pattern)},
      LogField{"status", record.status},
      LogField{"micros", record.micros},
      LogField{"response_bytes", record.response_bytes},
      LogField{"request_id", LogValue::id(record.request_id)},
  };
  write(record.status >= 500 ? LogLevel::kWarning : LogLevel::kDebug, "http.access", fields);
}

void JsonLog::error(const http::ErrorRecord& record) {
  const std::array fields{
      LogField{"route", LogText::pattern(record.route_pattern)},
      LogField{"code", LogText::pattern(core::name_of(record.error.code))},
      LogField{"reason", LogText::reason(record.error)},
      LogField{"detail", LogText::detail(record.error)},
      LogField{"request_id", LogValue::id(record.request_id)},
  };
  write(level_of(record.error.code), "http.error", fields);
}

void JsonLog::event(LogText name, std::initializer_list<LogField> fields) {
  write(LogLevel::kInfo, name, {fields.begin(), fields.size()});
}

void JsonLog::warning(LogText name, std::initializer_list<LogField> fields) {
  write(LogLevel::kWarning, name, {fields.begin(), fields.size()});
}

void JsonLog::failure(LogText name, const core::Error& error,
                      std::initializer_list<LogField> fields) {
  std::vector<LogField> all{
      {"code", LogText::pattern(core::name_of(error.code))},
      {"reason", LogText::reason(error)},
      {"detail", LogText::detail(error)},
  };
  all.insert(all.end(), fields.begin(), fields.end());
  write(LogLevel::kError, name, all);
}

}  // namespace app
