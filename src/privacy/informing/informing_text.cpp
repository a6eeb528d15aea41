#include "privacy/informing/informing_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "codec/utf8.h"
#include "core/assert.h"
#include "crypto/digest.h"

namespace privacy {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kTopicPrefix = "informing_";

struct TopicWords {
  ConsentPurpose topic;
  std::string_view ru, en;
};

/// "messages ...".
constexpr std::array<TopicWords, 4> kTopics{{
    {ConsentPurpose::kInformingDebts, "о долгах", "about debts"},
    {ConsentPurpose::kInformingHealth, "о прививках и осмотрах", "about vaccination and check-ups"},
    {ConsentPurpose::kInformingProjects, "об общественных делах", "about public matters"},
    {ConsentPurpose::kInformingSurveys, "об опросах", "about surveys"},
}};

std::string_view words_of(ConsentPurpose topic, bool english) {
  const auto* const found = std::find_if(kTopics.begin(), kTopics.end(),
                                         [&](const auto& one) { return one.topic == topic; });
  CORE_ASSERT(found != kTopics.end());
  return english ? found->en : found->ru;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

bool has_control(std::string_view text) {
  constexpr char kSpace = ' ';
  constexpr char kDelete = 0x7F;
  return std::any_of(text.begin(), text.end(), [](char c) {
    const bool control = static_cast<unsigned char>(c) < kSpace || c == kDelete;
    return control && c != '\n';
  });
}

core::Bytes digest_of(std::string_view topic, std::string_view language, std::string_view text) {
  const auto digest =
      crypto::sha256(core::as_bytes(fmt::format("{}\n{}\n{}", topic, language, text)));
  return {digest.begin(), digest.end()};
}

}  // namespace

std::vector<ConsentPurpose> informing_topics() {
  std::vector<ConsentPurpose> topics;
  for (const auto purpose : kAllConsentPurposes) {
    if (name_of(purpose).starts_with(kTopicPrefix)) topics.push_back(purpose);
  }
  return topics;
}

std::string_view topic_name_of(ConsentPurpose topic) {
  return name_of(topic).substr(kTopicPrefix.size());
}

core::Result<ConsentPurpose> parse_topic(std::string_view name) {
  std::string known;
  for (const auto topic : informing_topics()) {
    if (topic_name_of(topic) == name) return topic;
    known += (known.empty() ? "" : ", ") + std::string(topic_name_of(topic));
  }
  return fail(ErrorCode::kInvalidInput, "informing.topic_unknown", known);
}

std::string_view name_of(InformingChannel channel) {
  return channel == InformingChannel::kSms ? "sms" : "email";
}

std::optional<InformingChannel> find_informing_channel(std::string_view name) {
  for (const auto channel : kInformingChannels) {
    if (name_of(channel) == name) return channel;
  }
  return std::nullopt;
}

core::Result<InformingText> InformingText::make(ConsentPurpose topic, std::string language,
                                                std::string_view raw) {
  if (raw.size() > 2 * kBytesMax) return fail(ErrorCode::kInvalidInput, "informing.text_too_long");
  std::string lines(raw);
  std::erase(lines, '\r');
  const auto text = trimmed(lines);
  if (text.empty()) return fail(ErrorCode::kInvalidInput, "informing.text_empty");
  if (text.size() > kBytesMax) return fail(ErrorCode::kInvalidInput, "informing.text_too_long");
  if (!codec::is_utf8(text) || has_control(text)) {
    return fail(ErrorCode::kInvalidInput, "informing.text_malformed");
  }
  return InformingText(topic, std::move(language), std::string(text));
}

InformingText::InformingText(ConsentPurpose topic, std::string language, std::string text)
    : topic_(topic),
      language_(std::move(language)),
      text_(std::move(text)),
      digest_(digest_of(name_of(topic_), language_, text_)) {}

std::string InformingText::as_sms(const InformingSender& sender) const {
  return fmt::format("{}: {}\n{}: {}", sender.name, text_,
                     language_ == "en" ? "To refuse" : "Отказаться", sender.consents_url);
}

InformingLetter InformingText::as_letter(const InformingSender& sender) const {
  const bool english = language_ == "en";
  const auto topic = words_of(topic_, english);
  const auto why =
      english
          ? fmt::format(
                "You get this because you agreed to messages {}. You can refuse at any time: {}",
                topic, sender.consents_url)
          : fmt::format(
                "Вы получили это, потому что согласились на сообщения {}. Отказаться можно в любой "
                "день: {}",
                topic, sender.consents_url);
  return {
      .subject = fmt::format("{}: {} {}", sender.name, english ? "a message" : "сообщение", topic),
      .text = fmt::format("{}\n\n{}\n", text_, why)};
}

const InformingText& text_in(const std::vector<InformingText>& texts, std::string_view language) {
  CORE_ASSERT(!texts.empty());
  const auto found = std::find_if(texts.begin(), texts.end(),
                                  [&](const auto& one) { return one.language() == language; });
  return found == texts.end() ? texts.front() : *found;
}

}  // namespace privacy
