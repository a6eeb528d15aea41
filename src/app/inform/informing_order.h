// Makes an InformingOrder of what was asked for on the command line, or says what is wrong with it,
// before anybody is looked up. Reads files; called once, on the main thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/config/config.h"
#include "app/config/jurisdiction.h"
#include "app/inform/informing_walk.h"

namespace app {

/// As it was asked for.
struct InformingWish {
  std::string topic;
  std::vector<std::pair<std::string, std::string>> files;  ///< language and path; "" = not given
  std::string channels;                                    ///< empty = those that are configured
  bool dry_run = false;
};

/// The channels by which this installation can tell people anything.
[[nodiscard]] std::vector<privacy::InformingChannel> configured_channels(const Config& config);
/// Who speaks, and where one refuses.
[[nodiscard]] privacy::InformingSender informing_sender(const Config& config);

/// Parts that an SMS may take on its way, each paid for.
inline constexpr std::size_t kInformingSmsPartsMax = 5;

/// Errors: kInvalidInput "informing.channel_unknown"; "informing.channel_not_configured";
///         "informing.no_channel" none is configured; "informing.text_missing" (detail: the
///         language); "informing.too_long_for_sms" above kInformingSmsPartsMax, with the sender and
///         the way to refuse; those of privacy::parse_topic and InformingText::make, with the file;
///         kUnavailable "informing.file_unreadable".
[[nodiscard]] core::Result<InformingOrder> make_informing_order(const InformingWish& wish,
                                                                const Config& config,
                                                                const Jurisdiction& jurisdiction);

}  // namespace app
