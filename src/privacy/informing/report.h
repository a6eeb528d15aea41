// InformingReport: what became of one message, in numbers and in plain words; nobody is named.
// Value type and pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json.h"
#include "privacy/informing/informing_text.h"

namespace privacy {

/// What the message came to for one person and channel.
enum class InformingOutcome {
  kGoing,      ///< in the outbox; in a dry run: would be
  kWaiting,    ///< it was put there before and has not left
  kSent,       ///< it left before
  kWithdrawn,  ///< the consent ended, or lost this channel, while the command ran
  kBlocked,    ///< their data are blocked, or they asked to stop
  kLeaving,    ///< their account is on its way out
  kNoContact,  ///< no number, or no confirmed address
};
[[nodiscard]] std::string_view name_of(InformingOutcome outcome);

struct InformingReport {
  ConsentPurpose topic = ConsentPurpose::kInformingDebts;
  std::vector<InformingChannel> channels;  ///< that were asked for
  bool dry_run = false;
  std::int64_t people = 0;          ///< with a live consent to the topic
  std::int64_t other_channels = 0;  ///< of them, those who chose none of the channels asked for
  std::map<InformingChannel, std::map<std::string, std::int64_t>> going;  ///< by language
  std::map<InformingChannel, std::map<InformingOutcome, std::int64_t>> outcomes;

  void add(InformingChannel channel, InformingOutcome outcome, const std::string& language);
};

/// Sentences for whoever runs the command. @param language  "ru" or "en".
[[nodiscard]] std::string in_plain_words(const InformingReport& report, std::string_view language);
[[nodiscard]] codec::Json to_json(const InformingReport& report);

}  // namespace privacy
