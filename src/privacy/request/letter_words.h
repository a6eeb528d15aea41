// Words of letters in Russian and English, by the names that interfaces and records use. What has
// no words stands as it is named. Constants and pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace privacy {

/// Names of identity providers by id and language: {"esia": {"ru": ..., "en": ...}}.
using ProviderNames =
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

class LetterWords {
 public:
  /// @param providers  may be null: then ids stand where names would; must outlive this.
  explicit LetterWords(std::string_view language, const ProviderNames* providers = nullptr)
      : english_(language == "en"), providers_(providers) {}

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
  [[nodiscard]] std::string purpose(std::string_view name) const;

 private:
  bool english_;
  const ProviderNames* providers_;
};

}  // namespace privacy
