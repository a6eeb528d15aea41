// MailMessage: one letter of plain text, and its form on the wire (RFC 5322 with MIME). A header
// cannot be injected: addresses are checked, and every other text is encoded. Value type.
#pragma once

#include <string>
#include <string_view>

#include "core/instant.h"
#include "core/result.h"
#include "core/secret.h"

namespace edges::smtp {

/// An address that can stand in a header and in an SMTP command: printable ASCII without spaces,
/// quotes, brackets and commas, one @ with something on both sides.
class Mailbox {
 public:
  /// Longest address (RFC 5321, section 4.5.3.1.3: a path of 256 octets with its brackets).
  static constexpr std::size_t kBytesMax = 254;

  /// Errors: kInvalidInput "mail.address".
  [[nodiscard]] static core::Result<Mailbox> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  explicit Mailbox(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

struct MailMessage {
  std::string id;  ///< left of the @ in Message-ID: the deduplication key, [0-9A-Za-z-]
  Mailbox from;
  std::string from_name;  ///< UTF-8
  core::Secret<Mailbox> to;
  std::string subject;             ///< UTF-8
  core::Secret<std::string> text;  ///< UTF-8, lines end with \n
  core::Instant at;
};

/// The letter as bytes with CRLF line ends, no line longer than 78 characters.
/// Errors: kInvalidInput "mail.id" an id with other characters.
[[nodiscard]] core::Result<core::Secret<std::string>> to_wire(const MailMessage& message);

/// A header text as encoded-words (RFC 2047), folded; ASCII texts too, so that none is special.
[[nodiscard]] std::string encoded_words(std::string_view utf8);
/// "Sun, 13 Sep 2026 12:26:40 +0000" (RFC 5322, section 3.3).
[[nodiscard]] std::string to_rfc5322_date(core::Instant at);

}  // namespace edges::smtp
