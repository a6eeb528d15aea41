#include "edges/smpp/receipt.h"

#include <algorithm>
#include <string_view>

namespace edges::smpp {
namespace {

constexpr std::size_t kMessageIdBytesMax = 64;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// What follows "name:" up to a space; the name in any case, since centres differ.
std::string_view field(std::string_view text, std::string_view name) {
  for (std::size_t at = 0; at + name.size() < text.size(); ++at) {
    if (at > 0 && text[at - 1] != ' ') continue;
    const auto here = text.substr(at, name.size());
    const bool same = std::equal(here.begin(), here.end(), name.begin(),
                                 [](char a, char b) { return lower(a) == b; });
    if (!same || text[at + name.size()] != ':') continue;
    const auto value = text.substr(at + name.size() + 1);
    return value.substr(0, value.find(' '));
  }
  return {};
}

enum class News { kNone, kDelivered, kLost };

News news_of_state(std::uint8_t state) {
  switch (state) {
    case kStateDelivered:
      return News::kDelivered;
    case kStateExpired:
    case kStateDeleted:
    case kStateUndeliverable:
    case kStateRejected:
      return News::kLost;
    default:
      return News::kNone;
  }
}

News news_of_word(std::string_view word) {
  if (word == "DELIVRD") return News::kDelivered;
  for (const std::string_view lost : {"EXPIRED", "DELETED", "UNDELIV", "REJECTD"}) {
    if (word == lost) return News::kLost;
  }
  return News::kNone;
}

bool is_plain(std::string_view id) {
  return !id.empty() && id.size() <= kMessageIdBytesMax &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

}  // namespace

std::optional<Receipt> find_receipt(const DeliverSm& message) {
  if ((message.esm_class & kEsmTypeMask) != kEsmReceipt) return std::nullopt;
  const std::string_view text = message.short_message.reveal();
  const auto news = message.message_state != 0 ? news_of_state(message.message_state)
                                               : news_of_word(field(text, "stat"));
  if (news == News::kNone) return std::nullopt;
  const std::string_view id = message.receipted_message_id.empty()
                                  ? field(text, "id")
                                  : std::string_view(message.receipted_message_id);
  if (!is_plain(id)) return std::nullopt;
  return Receipt{std::string(id), news == News::kDelivered};
}

}  // namespace edges::smpp
