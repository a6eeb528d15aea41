// What is told of a data set without names: for programs and auditors as JSON, for people in plain
// words. Holds counts and nothing of anybody. Pure functions; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "codec/json.h"
#include "core/instant.h"
#include "privacy/depersonalisation/dataset.h"

namespace privacy {

inline constexpr std::string_view kDatasetFormat = "beresta-depersonalised-1";

/// Who made it, by which rules, and what came of it.
struct DatasetReport {
  std::string dataset_id;
  core::Instant made_at;
  std::string made_by;             ///< as access records name the officer
  std::string system_account;      ///< whose command line it was
  std::vector<std::string> norms;  ///< that allow it, from the register of processing
  std::string rules_sha256;        ///< of processing/depersonalisation.toml
  std::string file_name;
  std::string file_sha256;
  DatasetWish wish;
  std::int64_t left_out = 0;  ///< accounts not read: blocked, objecting, or on their way out
};

[[nodiscard]] codec::Json report_json(const DatasetReport& report, const Dataset& dataset);

/// Some sentences, each on a line of its own. @param language  "ru", otherwise English.
[[nodiscard]] std::string in_plain_words(const DatasetReport& report, const Dataset& dataset,
                                         std::string_view language);

/// The subject of the public entry of the log: anybody who has the file can find it there.
[[nodiscard]] std::string public_subject(const DatasetReport& report, const Dataset& dataset);

}  // namespace privacy
