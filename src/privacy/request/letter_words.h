// Words of letters in Russian and English, by the names that interfaces and records use. What has
// no words stands as it is named. Constants and pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/local_time.h"

namespace privacy {

/// Names of identity providers by id and language: {"esia": {"ru": ..., "en": ...}}.
using ProviderNames =
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

class LetterWords {
 public:
  /// @param utc_offset_minutes  of the region.
  /// @param providers  may be null: then ids stand where names would; must outlive this.
  LetterWords(std::string_view language, int utc_offset_minutes,
              const ProviderNames* providers = nullptr)
      : english_(language == "en"), time_(utc_offset_minutes, language), providers_(providers) {}

  [[nodiscard]] std::string_view language() const { return pick("ru", "en"); }
  [[nodiscard]] const core::LocalTime& time() const { return time_; }

  [[nodiscard]] std::string_view pick(std::string_view ru, std::string_view en) const {
    return english_ ? en : ru;
  }
  [[nodiscard]] std::string kind(std::string_view name) const;
  [[nodiscard]] std::string act(std::string_view name) const;
  [[nodiscard]] std::string state(std::string_view name) const;
  /// Of a record or of a document's member.
  [[nodiscard]] std::string record(std::string_view name) const;
  /// A value that documents write as a sign: "valid", "F".
  [[nodiscard]] std::string value(std::string_view name) const;
  /// Of where a record is from: "registry", or "identity_provider:esia" by the provider's name.
  [[nodiscard]] std::string source(std::string_view name) const;
  /// How well something is proven: "verified".
  [[nodiscard]] std::string level(std::string_view name) const;
  /// What a consent is for.
  [[nodiscard]] std::string consent(std::string_view name) const;
  /// Of somebody who looked: "platform:notices", "staff:...". A site stands as its id.
  [[nodiscard]] std::string actor(std::string_view name) const;
  /// What that somebody did, by the purpose of the reading.
  [[nodiscard]] std::string look(std::string_view purpose) const;
  /// The data that were read, by category.
  [[nodiscard]] std::string category(std::string_view name) const;
  /// "30 дней", "3 года" of 1095, "183 days".
  [[nodiscard]] std::string days(std::int64_t count) const;

 private:
  bool english_;
  core::LocalTime time_;
  const ProviderNames* providers_;
};

}  // namespace privacy
