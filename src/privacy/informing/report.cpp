#include "privacy/informing/report.h"

#include <fmt/format.h>

#include <array>

namespace privacy {
namespace {

struct OutcomeWords {
  InformingOutcome outcome;
  std::string_view name, ru, en;
};

/// What is not going, in the order it is told; kGoing has lines of its own.
constexpr std::array<OutcomeWords, 7> kOutcomes{{
    {InformingOutcome::kGoing, "going", "", ""},
    {InformingOutcome::kSent, "sent_before", "получили его раньше", "got it before"},
    {InformingOutcome::kWaiting, "waiting", "поставлено в очередь раньше, ещё не ушло",
     "was queued before and has not left yet"},
    {InformingOutcome::kWithdrawn, "withdrawn", "отозвали согласие, пока шла команда",
     "withdrew while the command ran"},
    {InformingOutcome::kBlocked, "blocked", "заблокировали данные или просят остановить обработку",
     "blocked their data or ask to stop"},
    {InformingOutcome::kLeaving, "leaving", "кабинет закрывается", "the account is being closed"},
    {InformingOutcome::kNoContact, "no_contact", "нет номера или подтверждённой почты",
     "no number, or no confirmed e-mail"},
}};

std::string_view channel_words(InformingChannel channel, bool english) {
  if (channel == InformingChannel::kSms) return "SMS";
  return english ? "e-mail" : "почта";
}

void tell_channel(const InformingReport& report, InformingChannel channel, bool english,
                  std::string& text) {
  const auto name = channel_words(channel, english);
  std::int64_t all = 0;
  std::string languages;
  if (const auto going = report.going.find(channel); going != report.going.end()) {
    for (const auto& [language, number] : going->second) {
      all += number;
      languages += fmt::format("{}{} {}", languages.empty() ? "" : ", ", language, number);
    }
  }
  if (!languages.empty()) languages = " (" + languages + ")";
  const auto verb = report.dry_run ? (english ? "would go" : "ушло бы")
                                   : (english ? "on its way" : "отправляется");
  text += fmt::format("{}: {} {}{}\n", name, verb, all, languages);
  const auto outcomes = report.outcomes.find(channel);
  if (outcomes == report.outcomes.end()) return;
  for (const auto& one : kOutcomes) {
    const auto found = outcomes->second.find(one.outcome);
    if (one.outcome == InformingOutcome::kGoing || found == outcomes->second.end()) continue;
    text += fmt::format("{}, {}: {}: {}\n", name, english ? "left out" : "пропущено",
                        english ? one.en : one.ru, found->second);
  }
}

}  // namespace

std::string_view name_of(InformingOutcome outcome) {
  for (const auto& one : kOutcomes) {
    if (one.outcome == outcome) return one.name;
  }
  return "";
}

void InformingReport::add(InformingChannel channel, InformingOutcome outcome,
                          const std::string& language) {
  if (outcome == InformingOutcome::kGoing) {
    going[channel][language] += 1;
  } else {
    outcomes[channel][outcome] += 1;
  }
}

std::string in_plain_words(const InformingReport& report, std::string_view language) {
  const bool english = language == "en";
  auto text =
      english ? fmt::format("People who agreed to \"{}\": {}\n", topic_name_of(report.topic),
                            report.people)
              : fmt::format("Согласны на «{}»: {}\n", topic_name_of(report.topic), report.people);
  for (const auto channel : report.channels) tell_channel(report, channel, english, text);
  if (report.other_channels > 0) {
    text += fmt::format(
        "{}: {}\n",
        english ? "Left out, chose none of these channels" : "Пропущены, этих способов не выбирали",
        report.other_channels);
  }
  if (report.dry_run) {
    text += english ? "Nothing was sent.\n" : "Ничего не отправлено.\n";
  } else {
    text += english
                ? "A running server sends what is on its way. Whoever withdraws before it leaves "
                  "does not get it.\n"
                : "Отправляет работающий сервер. Кто отзовёт согласие раньше, чем сообщение "
                  "уйдёт, его не получит.\n";
  }
  return text;
}

codec::Json to_json(const InformingReport& report) {
  codec::JsonObject channels;
  for (const auto channel : report.channels) {
    codec::JsonObject going;
    codec::JsonObject left_out;
    if (const auto found = report.going.find(channel); found != report.going.end()) {
      for (const auto& [language, number] : found->second) going[language] = number;
    }
    if (const auto found = report.outcomes.find(channel); found != report.outcomes.end()) {
      for (const auto& [outcome, number] : found->second) left_out[name_of(outcome)] = number;
    }
    channels[name_of(channel)] =
        codec::JsonObject{{"going", std::move(going)}, {"left_out", std::move(left_out)}};
  }
  return codec::JsonObject{{"topic", topic_name_of(report.topic)},
                           {"dry_run", report.dry_run},
                           {"people", report.people},
                           {"other_channels", report.other_channels},
                           {"channels", std::move(channels)}};
}

}  // namespace privacy
