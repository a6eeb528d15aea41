// InformingText: what an operator tells everybody who agreed to a topic, in one language, bounded
// and parsed once; and how it reads as an SMS and as a letter, each with the way to refuse. Value
// types and pure functions, safe from any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"
#include "privacy/types.h"

namespace privacy {

/// The consents to be informed, in the order of the page.
[[nodiscard]] std::vector<ConsentPurpose> informing_topics();
/// "debts": the consent's name without what all of them begin with.
[[nodiscard]] std::string_view topic_name_of(ConsentPurpose topic);
/// Errors: kInvalidInput "informing.topic_unknown" (detail: those there are).
[[nodiscard]] core::Result<ConsentPurpose> parse_topic(std::string_view name);

/// Ways that lead outside. A part of the consent has the same name.
enum class InformingChannel { kSms, kEmail };
inline constexpr std::array kInformingChannels{InformingChannel::kSms, InformingChannel::kEmail};
/// "sms", "email".
[[nodiscard]] std::string_view name_of(InformingChannel channel);
[[nodiscard]] std::optional<InformingChannel> find_informing_channel(std::string_view name);

/// Who speaks, and where it can be refused.
struct InformingSender {
  std::string name;          ///< of the installation
  std::string consents_url;  ///< the page where consents are withdrawn
};

/// A letter in words.
struct InformingLetter {
  std::string subject;
  std::string text;
};

class InformingText {
 public:
  /// More than a page of a letter is not a message.
  static constexpr std::size_t kBytesMax = 4000;

  /// @param raw  UTF-8; white space around it is dropped, a line may end as in any file.
  /// Errors: kInvalidInput "informing.text_empty"; "informing.text_too_long" above kBytesMax;
  ///         "informing.text_malformed" not UTF-8, or a control character.
  [[nodiscard]] static core::Result<InformingText> make(ConsentPurpose topic, std::string language,
                                                        std::string_view raw);
  /// A text that was made and kept.
  InformingText(ConsentPurpose topic, std::string language, std::string text);

  [[nodiscard]] ConsentPurpose topic() const { return topic_; }
  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] const std::string& text() const { return text_; }
  /// SHA-256 over topic, language and text: the name of the message, by which it is sent once.
  [[nodiscard]] const core::Bytes& digest() const { return digest_; }

  [[nodiscard]] std::string as_sms(const InformingSender& sender) const;
  [[nodiscard]] InformingLetter as_letter(const InformingSender& sender) const;

 private:
  ConsentPurpose topic_;
  std::string language_;
  std::string text_;
  core::Bytes digest_;
};

/// The text in this language, or the first where there is none. @param texts  never empty.
[[nodiscard]] const InformingText& text_in(const std::vector<InformingText>& texts,
                                           std::string_view language);

}  // namespace privacy
