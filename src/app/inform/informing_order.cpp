#include "app/inform/informing_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "edges/smpp/segments.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;
using privacy::InformingChannel;

bool has(const std::vector<InformingChannel>& channels, InformingChannel channel) {
  return std::find(channels.begin(), channels.end(), channel) != channels.end();
}

core::Result<std::vector<InformingChannel>> parse_channels(std::string_view list,
                                                           const Config& config) {
  const auto configured = configured_channels(config);
  if (configured.empty()) return fail(ErrorCode::kInvalidInput, "informing.no_channel");
  if (list.empty()) return configured;
  std::vector<InformingChannel> channels;
  for (;;) {
    const auto end = std::min(list.find(','), list.size());
    const auto name = list.substr(0, end);
    const auto channel = privacy::find_informing_channel(name);
    if (!channel) {
      return fail(ErrorCode::kInvalidInput, "informing.channel_unknown", std::string(name));
    }
    if (!has(configured, *channel)) {
      return fail(ErrorCode::kInvalidInput, "informing.channel_not_configured", std::string(name));
    }
    if (!has(channels, *channel)) channels.push_back(*channel);
    if (end == list.size()) return channels;
    list.remove_prefix(end + 1);
  }
}

core::Result<std::string> read_bounded(const std::string& path) {
  // A little more than may be in it, so that a longer one is told from one that fits.
  std::string text(2 * privacy::InformingText::kBytesMax + 1, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad() || (file.fail() && !file.eof())) {
    return fail(ErrorCode::kUnavailable, "informing.file_unreadable", path);
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

core::Status check_sms(const privacy::InformingText& text, const privacy::InformingSender& sender) {
  const auto segmented = edges::smpp::segment(text.as_sms(sender), 0);
  if (segmented && segmented->parts.size() <= kInformingSmsPartsMax) return {};
  return fail(ErrorCode::kInvalidInput, "informing.too_long_for_sms",
              fmt::format("{}: more than {} SMS", text.language(), kInformingSmsPartsMax));
}

core::Result<std::vector<privacy::InformingText>> read_texts(
    const InformingWish& wish, privacy::ConsentPurpose topic,
    const std::vector<std::string>& languages) {
  std::vector<privacy::InformingText> texts;
  for (const auto& language : languages) {
    const auto file = std::find_if(wish.files.begin(), wish.files.end(),
                                   [&](const auto& one) { return one.first == language; });
    // There is no flag for it: its readers get the first language.
    if (file == wish.files.end()) continue;
    if (file->second.empty()) {
      return fail(ErrorCode::kInvalidInput, "informing.text_missing", language);
    }
    TRY(const auto raw, read_bounded(file->second));
    auto text = privacy::InformingText::make(topic, language, raw);
    if (!text) return fail(text.error().code, text.error().reason, file->second);
    texts.push_back(*std::move(text));
  }
  if (texts.empty()) return fail(ErrorCode::kInvalidInput, "informing.text_missing");
  return texts;
}

}  // namespace

std::vector<InformingChannel> configured_channels(const Config& config) {
  std::vector<InformingChannel> channels;
  const bool texts = std::any_of(config.operators.begin(), config.operators.end(),
                                 [](const auto& one) { return one.second.channel == "sms"; });
  if (texts) channels.push_back(InformingChannel::kSms);
  if (config.mail) channels.push_back(InformingChannel::kEmail);
  return channels;
}

privacy::InformingSender informing_sender(const Config& config) {
  return {config.installation.name, config.server.public_url + "/consents"};
}

core::Result<InformingOrder> make_informing_order(const InformingWish& wish, const Config& config,
                                                  const Jurisdiction& jurisdiction) {
  InformingOrder order;
  TRY(order.topic, privacy::parse_topic(wish.topic));
  TRY(order.channels, parse_channels(wish.channels, config));
  const auto& chosen = config.installation.languages;
  TRY(order.texts, read_texts(wish, order.topic, chosen.empty() ? jurisdiction.languages : chosen));
  if (has(order.channels, InformingChannel::kSms)) {
    for (const auto& text : order.texts) {
      TRY_VOID(check_sms(text, informing_sender(config)));
    }
  }
  order.dry_run = wish.dry_run;
  return order;
}

}  // namespace app
