// EmailAddress: an address that a letter can be sent to and that cannot break out of a header,
// parsed once at the edge. It is personal data: it prints only masked. Value type.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace identity {

class EmailAddress {
 public:
  /// Longest text looked at, in bytes; the part before the @ has at most 64.
  static constexpr std::size_t kTextBytesMax = 254;

  /// Reads an address as people write it; spaces around it and the case of its domain do not
  /// matter. Only the dot-atom form of RFC 5321, in ASCII: no quotes, no comments, no address
  /// literals. Errors: kInvalidInput "email.malformed".
  [[nodiscard]] static core::Result<EmailAddress> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// What is looked up: all in lower case, since hardly a server tells cases apart.
  [[nodiscard]] std::string normalised() const;
  /// "a···@mail.example".
  [[nodiscard]] std::string masked() const;

 private:
  explicit EmailAddress(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace identity
