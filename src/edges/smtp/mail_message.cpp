#include "edges/smtp/mail_message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "codec/base64url.h"

namespace edges::smtp {
namespace {

using core::ErrorCode;
using core::fail;

/// RFC 2045, section 6.8: at most 76 characters of base64 a line.
constexpr std::size_t kBase64LineMax = 76;
/// An encoded-word is at most 75 characters (RFC 2047, section 2); 12 of them are "=?UTF-8?B??=",
/// so 45 bytes, which make 60 characters, leave room for the header's name on the first line.
constexpr std::size_t kWordBytesMax = 45;

bool is_address_char(char c) {
  constexpr std::string_view kRefused = "\"(),:;<>[\\]";
  return c > ' ' && c < '\x7f' && kRefused.find(c) == std::string_view::npos;
}

/// Bytes of the longest prefix that fits and cuts no character in two.
std::size_t prefix_bytes(std::string_view utf8) {
  if (utf8.size() <= kWordBytesMax) return utf8.size();
  std::size_t size = kWordBytesMax;
  while (size > 0 && (static_cast<unsigned char>(utf8[size]) & 0xC0U) == 0x80U) --size;
  return size == 0 ? kWordBytesMax : size;
}

std::string wrapped_base64(std::string_view text) {
  const auto encoded = codec::to_base64(core::as_bytes(text));
  std::string lines;
  for (std::size_t at = 0; at < encoded.size(); at += kBase64LineMax) {
    lines.append(encoded, at, kBase64LineMax).append("\r\n");
  }
  return lines;
}

std::string with_crlf(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') lines.push_back('\r');
    lines.push_back(c);
  }
  return lines;
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

}  // namespace

core::Result<Mailbox> Mailbox::parse(std::string_view text) {
  const auto at = text.find('@');
  const bool shaped = text.size() <= kBytesMax && at != std::string_view::npos && at > 0 &&
                      at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos;
  if (!shaped || !std::all_of(text.begin(), text.end(), is_address_char)) {
    return fail(ErrorCode::kInvalidInput, "mail.address");
  }
  return Mailbox(std::string(text));
}

core::Result<core::Secret<std::string>> to_wire(const MailMessage& message) {
  if (!is_id(message.id)) return fail(ErrorCode::kInvalidInput, "mail.id");
  const auto& from = message.from.text();
  const auto domain = from.substr(from.find('@') + 1);
  std::string wire;
  wire += "Date: " + to_rfc5322_date(message.at) + "\r\n";
  wire += "From:\r\n " + encoded_words(message.from_name) + "\r\n <" + from + ">\r\n";
  wire += "To: <" + message.to.reveal().text() + ">\r\n";
  wire += "Subject:\r\n " + encoded_words(message.subject) + "\r\n";
  wire += "Message-ID:\r\n <" + message.id + "@" + domain + ">\r\n";
  // RFC 3834: no out-of-office answers to a machine.
  wire += "Auto-Submitted: auto-generated\r\n";
  wire += "MIME-Version: 1.0\r\n";
  wire += "Content-Type: text/plain; charset=utf-8\r\n";
  wire += "Content-Transfer-Encoding: base64\r\n\r\n";
  wire += wrapped_base64(with_crlf(message.text.reveal()));
  return core::Secret<std::string>(std::move(wire));
}

std::string encoded_words(std::string_view utf8) {
  std::string words;
  do {
    const auto size = prefix_bytes(utf8);
    if (!words.empty()) words += "\r\n ";
    words += "=?UTF-8?B?" + codec::to_base64(core::as_bytes(utf8.substr(0, size))) + "?=";
    utf8.remove_prefix(size);
  } while (!utf8.empty());
  return words;
}

std::string to_rfc5322_date(core::Instant at) {
  constexpr std::array kDays{"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // from 1970-01-01
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::int64_t kDaySeconds = 24LL * 3600;
  const auto seconds = std::max<std::int64_t>(at.seconds(), 0);
  const auto date = core::date_of(core::Instant::from_seconds(seconds));
  const auto second = seconds % kDaySeconds;
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000",
                     kDays.at(static_cast<std::size_t>(seconds / kDaySeconds % 7)), date.day,
                     kMonths.at(static_cast<std::size_t>(date.month - 1)), date.year, second / 3600,
                     second / 60 % 60, second % 60);
}

}  // namespace edges::smtp
