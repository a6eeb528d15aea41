#include "http/response_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <iterator>

#include "http/text.h"

namespace http {
namespace {

struct StatusText {
  int status;
  std::string_view text;
};
constexpr std::array kStatusTexts{
    StatusText{200, "OK"},
    StatusText{201, "Created"},
    StatusText{202, "Accepted"},
    StatusText{204, "No Content"},
    StatusText{302, "Found"},
    StatusText{303, "See Other"},
    StatusText{304, "Not Modified"},
    StatusText{400, "Bad Request"},
    StatusText{401, "Unauthorized"},
    StatusText{403, "Forbidden"},
    StatusText{404, "Not Found"},
    StatusText{405, "Method Not Allowed"},
    StatusText{408, "Request Timeout"},
    StatusText{409, "Conflict"},
    StatusText{412, "Precondition Failed"},
    StatusText{413, "Content Too Large"},
    StatusText{414, "URI Too Long"},
    StatusText{415, "Unsupported Media Type"},
    StatusText{417, "Expectation Failed"},
    StatusText{429, "Too Many Requests"},
    StatusText{431, "Request Header Fields Too Large"},
    StatusText{500, "Internal Server Error"},
    StatusText{501, "Not Implemented"},
    StatusText{503, "Service Unavailable"},
    StatusText{505, "HTTP Version Not Supported"},
};

bool has_field(const Response& response, std::string_view name) {
  return std::any_of(response.fields.begin(), response.fields.end(),
                     [&](const auto& field) { return equal_no_case(field.first, name); });
}

bool can_be_sent(const Response& response) {
  return std::all_of(response.fields.begin(), response.fields.end(), [](const auto& field) {
    return is_field_value(field.second) && is_field_value(field.first);
  });
}

bool may_have_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_status_line(std::string& out, int status) {
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", status, status_text(status));
}

// The response's own fields and what every response has; without Date and Connection.
void append_fields(std::string& out, const Response& response, const StandingFields& standing) {
  for (const auto& [name, value] : response.fields) {
    out.append(name).append(": ").append(value).append("\r\n");
  }
  if (!has_field(response, "cache-control")) out.append("Cache-Control: no-store\r\n");
  if (may_have_body(response.status)) {
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body_view().size());
  }
  out.append(standing.text);
}

}  // namespace

std::string_view status_text(int status) {
  const auto* const known =
      std::find_if(kStatusTexts.begin(), kStatusTexts.end(),
                   [&](const StatusText& entry) { return entry.status == status; });
  return known != kStatusTexts.end() ? known->text : "Status";
}

StandingFields StandingFields::make(const Policy& policy) {
  // style-src has no 'unsafe-inline': the client's build puts all of its style into files.
  StandingFields fields;
  fields.text = fmt::format(
      "Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self'; "
      "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; object-src 'none'; "
      "frame-ancestors 'none'; base-uri 'none'; form-action 'self'{}{}\r\n"
      "X-Content-Type-Options: nosniff\r\n"
      "Referrer-Policy: no-referrer\r\n"
      "Permissions-Policy: camera=(self), microphone=(), geolocation=()\r\n"
      "Cross-Origin-Opener-Policy: same-origin\r\n"
      "Cross-Origin-Resource-Policy: same-origin\r\n",
      policy.form_actions.empty() ? "" : " ", policy.form_actions);
  if (policy.hsts) fields.text += "Strict-Transport-Security: max-age=31536000\r\n";
  return fields;
}

void ResponseWriter::append(std::string& out, const Response& response, const Framing& framing) {
  if (!can_be_sent(response)) {
    Response broken;
    broken.status = 500;
    append(out, broken, framing);
    return;
  }
  append_status_line(out, response.status);
  out.append("Date: ").append(date(framing.now)).append("\r\n");
  append_fields(out, response, standing_);
  out.append("X-Request-Id: ").append(core::uuid_to_string(framing.request_id)).append("\r\n");
  if (!framing.keep_alive) out.append("Connection: close\r\n");
  if (framing.keep_alive && !framing.http11) out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
  const auto* own = std::get_if<std::string>(&response.body);
  if (own != nullptr && !framing.head_only && may_have_body(response.status)) out.append(*own);
}

FrozenResponse ResponseWriter::freeze(const Response& response, const StandingFields& standing) {
  FrozenResponse frozen;
  append_status_line(frozen.before_date, response.status);
  frozen.before_date.append("Date: ");
  frozen.after_date.append("\r\n");
  append_fields(frozen.after_date, response, standing);
  frozen.after_date.append("\r\n").append(response.body_view());
  return frozen;
}

void ResponseWriter::append(std::string& out, const FrozenResponse& frozen, core::Instant now) {
  out.append(frozen.before_date).append(date(now)).append(frozen.after_date);
}

std::string_view ResponseWriter::date(core::Instant now) {
  if (now.seconds() != date_second_) {
    date_second_ = now.seconds();
    const auto time = static_cast<std::time_t>(date_second_);
    std::tm utc{};
    gmtime_r(&time, &utc);
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    // IMF-fixdate (RFC 9110, section 5.6.7); its names are English whatever the locale is.
    date_ = fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                        kDays.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                        kMonths.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900,
                        utc.tm_hour, utc.tm_min, utc.tm_sec);
  }
  return date_;
}

}  // namespace http
