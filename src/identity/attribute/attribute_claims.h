// Attribute claims: what the sources say about one attribute, which of them is in force, which is
// stale, and whether two of them contradict each other (docs/adr/0025). Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/secret.h"
#include "vault/types.h"

namespace identity {

/// How long a source's word is fresh. Rows are looked through in order, the first that fits counts.
struct FreshnessRule {
  std::string source;                   ///< kind: "identity_provider", "registry"
  std::vector<std::string> attributes;  ///< empty = all
  core::Duration life{};
};

class Freshness {
 public:
  Freshness() = default;
  explicit Freshness(std::vector<FreshnessRule> rules) : rules_(std::move(rules)) {}

  /// When a claim goes stale; empty = never.
  [[nodiscard]] std::optional<core::Instant> stale_at(std::string_view attribute,
                                                      const vault::Provenance& provenance) const;

 private:
  std::vector<FreshnessRule> rules_;
};

/// What one source says.
struct Claim {
  core::Secret<std::string> value;
  vault::Provenance provenance;
  std::optional<core::Instant> stale_at;
  bool stale = false;
};

struct Attribute {
  std::string name;
  std::vector<Claim> claims;  ///< at least one; the first is in force
  /// Two sources of proven identity differ after normalisation.
  bool conflict = false;
};

/// All claims, by attribute; nothing is dropped.
[[nodiscard]] std::vector<Attribute> attributes_of(vault::PersonalRecords records,
                                                   const Freshness& freshness, core::Instant now);
/// The attribute with this name, or nullptr.
[[nodiscard]] const Attribute* find_attribute(const std::vector<Attribute>& attributes,
                                              std::string_view name);

/// A value as it is compared: letters of Latin and Cyrillic without case, "ё" as "е", runs of
/// spaces and hyphens as one space; of numbers the digits alone. Never shown.
[[nodiscard]] core::Secret<std::string> comparable(std::string_view attribute,
                                                   const core::Secret<std::string>& value);

}  // namespace identity
