#include "app/cli/inform_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/cli/depersonalise_words.h"

namespace app {
namespace {

struct Words {
  std::string_view reason, ru, en;
};

constexpr std::array<Words, 10> kWords{{
    {"informing.topic_unknown", "такой темы нет. Есть эти", "there is no such topic. There are"},
    {"informing.channel_unknown", "такого способа нет. Есть sms и email",
     "there is no such channel. There are sms and email"},
    {"informing.channel_not_configured",
     "этот способ не настроен: нужен раздел [operator.NAME] для СМС или [mail] для почты",
     "this channel is not configured: a section [operator.NAME] for SMS, or [mail], is missing"},
    {"informing.no_channel", "не настроены ни СМС, ни почта", "neither SMS nor mail is configured"},
    {"informing.text_missing", "нет текста на этом языке: назовите файл в --ru или --en",
     "there is no text in this language: name a file with --ru or --en"},
    {"informing.file_unreadable", "файл не прочитать", "the file cannot be read"},
    {"informing.text_empty", "в файле нет текста", "there is no text in the file"},
    {"informing.text_too_long", "текст длиннее 4000 байт", "the text is longer than 4000 bytes"},
    {"informing.text_malformed", "это не текст в UTF-8, или в нём есть управляющие знаки",
     "this is no text in UTF-8, or it holds control characters"},
    {"informing.too_long_for_sms",
     "для СМС текст слишком длинный вместе с именем отправителя и адресом отказа. Сократите или "
     "возьмите --channels email",
     "with the name of the sender and the way to refuse it is too long for an SMS. Make it "
     "shorter, "
     "or take --channels email"},
}};

}  // namespace

int tell_informing_refusal(Terminal& terminal, const core::Error& error, SpokenLanguage language) {
  const auto* const found = std::find_if(
      kWords.begin(), kWords.end(), [&](const auto& one) { return one.reason == error.reason; });
  if (found == kWords.end()) return tell_refusal(terminal, error, language);
  terminal.err << fmt::format("beresta: {} ({}{}{})\n",
                              language == SpokenLanguage::kRussian ? found->ru : found->en,
                              error.reason, error.detail.empty() ? "" : ": ", error.detail);
  return kExitFailed;
}

}  // namespace app
