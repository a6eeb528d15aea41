// NormTexts: how a norm is cited to readers of another language than that of the law. Records keep
// the law's own citation, which is what holds; a reader is shown theirs. Value type.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace privacy {

class NormTexts {
 public:
  using ByLanguage = std::map<std::string, std::string, std::less<>>;

  void add(std::string_view language, std::string norm, std::string text) {
    texts_[std::move(norm)].insert_or_assign(std::string(language), std::move(text));
  }
  /// The citation for readers of `language`; the law's own where there is none.
  [[nodiscard]] std::string in(std::string_view language, const std::string& norm) const {
    const auto found = texts_.find(norm);
    if (found == texts_.end()) return norm;
    const auto text = found->second.find(language);
    return text == found->second.end() ? norm : text->second;
  }
  /// By language, without the law's own; empty where nobody needs another.
  [[nodiscard]] ByLanguage of(const std::string& norm) const {
    const auto found = texts_.find(norm);
    return found == texts_.end() ? ByLanguage() : found->second;
  }

 private:
  std::map<std::string, ByLanguage, std::less<>> texts_;  ///< by norm
};

}  // namespace privacy
