#include "audit/log_record.h"

#include <fmt/format.h>

#include <algorithm>

#include "codec/json.h"
#include "codec/utf8.h"

namespace audit {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kEntryLabel = "beresta-log-1 entry\n";
constexpr std::string_view kCitizenLabel = "beresta-log-1 citizen\n";
constexpr std::size_t kPseudonymBytes = 16;
constexpr std::int64_t kMicros = 1'000'000;

/// Only what JSON demands is escaped, so that one text has one spelling.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out.append("\\").push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

core::Result<core::Instant> parse_log_time(std::string_view text) {
  constexpr std::size_t kLength = 27;
  if (text.size() != kLength) return fail(ErrorCode::kInvalidInput, "record.malformed");
  TRY(const auto whole, core::from_rfc3339(std::string(text.substr(0, 19)) + "Z"));
  std::int64_t micros = 0;
  for (const char c : text.substr(20, 6)) {
    if (c < '0' || c > '9') return fail(ErrorCode::kInvalidInput, "record.malformed");
    micros = micros * 10 + (c - '0');
  }
  return whole + core::Duration(micros);
}

core::Result<LogRecord> read(std::string_view text) {
  TRY(const auto json, codec::parse_json(text, {.bytes_max = kRecordBytesMax, .depth_max = 2}));
  TRY(auto fields, codec::JsonFields::of(json));
  LogRecord record;
  TRY(const auto format, fields.string("format", 32));
  if (format != kRecordFormat) return fail(ErrorCode::kInvalidInput, "record.malformed");
  TRY(const auto id, fields.string("id", 36));
  TRY(record.id, EntryId::parse(id));
  TRY(const auto time, fields.string("time", 32));
  TRY(record.time, parse_log_time(time));
  for (auto [name, member] : {std::pair{"citizen", &record.citizen},
                              {"kind", &record.kind},
                              {"actor", &record.actor},
                              {"purpose", &record.purpose},
                              {"category", &record.category},
                              {"subject", &record.subject}}) {
    TRY(*member, fields.string(name, kRecordBytesMax));
  }
  TRY_VOID(fields.finish());
  return record;
}

}  // namespace

std::string to_log_time(core::Instant at) {
  const auto seconds = at.seconds();
  const auto text = core::to_rfc3339(core::Instant::from_seconds(seconds));
  return fmt::format("{}.{:06}Z", text.substr(0, text.size() - 1), at.micros() - seconds * kMicros);
}

std::string LogRecord::to_text() const {
  std::string text = "{\"format\":" + quoted(kRecordFormat);
  const auto add = [&](std::string_view name, std::string_view value) {
    text.append(",\"").append(name).append("\":").append(quoted(value));
  };
  add("id", id.to_string());
  add("time", to_log_time(time));
  add("citizen", citizen);
  add("kind", kind);
  add("actor", actor);
  add("purpose", purpose);
  add("category", category);
  add("subject", subject);
  return text + "}";
}

core::Result<LogRecord> LogRecord::parse(std::string_view text) {
  auto record = read(text);
  // Whatever reads but would be written otherwise is not canonical.
  if (!record || record->to_text() != text) {
    return fail(ErrorCode::kInvalidInput, "record.malformed");
  }
  return record;
}

std::string pseudonym_of(const core::CitizenId& citizen_id) {
  const auto digest = crypto::sha256({core::as_bytes(kCitizenLabel), citizen_id.bytes()});
  return core::to_hex(core::ByteView(digest).first(kPseudonymBytes));
}

Salt make_salt(core::Rng& rng) {
  Salt salt{};
  rng.fill(salt);
  return salt;
}

Hash commit(const Salt& salt, std::string_view record) {
  return crypto::sha256({core::as_bytes(kEntryLabel), salt, core::as_bytes(record)});
}

}  // namespace audit
