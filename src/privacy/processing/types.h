// The register of processing: for each purpose which data, from where, for whom, what is done with
// them, on what basis, for how long and in which country. Read from processing/register.toml; what
// the code can do and what stands here must be the same (register_check.h). Value types.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/operation.h"

namespace privacy {

/// One text by language: {"ru": ..., "en": ...}.
using LocalTexts = std::map<std::string, std::string, std::less<>>;

/// A source of data.
struct DataSource {
  std::string name;  ///< as the vault's rows name it: "self", "registry"
  LocalTexts title;
};

/// Who receives data.
struct Recipient {
  std::string name;
  LocalTexts title;
  bool relying_parties = false;  ///< stands for the registered parties, which are listed by name
};

/// What happens when a term ends.
enum class AfterTerm { kDestroy, kKeepWithoutPerson };
[[nodiscard]] std::string_view name_of(AfterTerm after);
[[nodiscard]] std::optional<AfterTerm> find_after_term(std::string_view name);

/// How long something is kept.
struct RetentionTerm {
  std::string name = {};
  LocalTexts text = {};
  /// Name of a term in the jurisdiction's [deadlines]; empty where the end is an act of the person
  /// or stands in the code.
  std::string deadline = {};
  std::optional<int> days = {};  ///< of that deadline, in the installation's jurisdiction
  std::string basis = {};        ///< of that deadline
  LocalTexts basis_in = {};      ///< the same for readers of other languages
  AfterTerm after = AfterTerm::kDestroy;
};

/// A kind of data: one of the vault's, or a group of tables beside it.
struct DataCategory {
  std::string name = {};
  LocalTexts title = {};
  LocalTexts data = {};  ///< what exactly
  std::vector<std::string> sources = {};
  std::string term = {};
};

/// What allows a purpose: a name of the jurisdiction's [legal_bases] and its norm there.
struct LegalBasis {
  std::string name;
  std::string norm;
  LocalTexts norm_in = {};  ///< the same for readers of other languages
};

struct ProcessingPurpose {
  std::string name;
  LocalTexts title;
  LocalTexts text;    ///< in plain words
  LocalTexts people;  ///< whose data
  std::vector<std::string> categories;
  std::vector<std::string> recipients;
  std::vector<vault::Operation> operations;
  std::vector<LegalBasis> bases;
  std::string term;
  std::string place;  ///< a country, ISO 3166-1 alpha-2 in lower case; "home" is resolved by now
};

/// The item with this name, or nullptr.
template <typename Item>
[[nodiscard]] const Item* find_named(const std::vector<Item>& items, std::string_view name) {
  const auto found =
      std::find_if(items.begin(), items.end(), [&](const Item& one) { return one.name == name; });
  return found == items.end() ? nullptr : &*found;
}

struct ProcessingRegister {
  std::string country;  ///< of the installation
  std::vector<DataSource> sources;
  std::vector<Recipient> recipients;
  std::vector<RetentionTerm> terms;
  std::vector<DataCategory> categories;
  std::vector<ProcessingPurpose> purposes;

  /// Where the data of a purpose come from: the sources of its categories, each once.
  [[nodiscard]] std::vector<std::string> sources_of(const ProcessingPurpose& purpose) const;
  /// The purposes that use a category.
  [[nodiscard]] std::vector<const ProcessingPurpose*> purposes_of(std::string_view category) const;
};

}  // namespace privacy
