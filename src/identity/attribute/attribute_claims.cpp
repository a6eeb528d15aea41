#include "identity/attribute/attribute_claims.h"

#include <algorithm>
#include <array>

#include "vault/claims.h"

namespace identity {
namespace {

constexpr std::array<std::string_view, 3> kNumbers{"snils", "inn", "phone"};

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

/// A two-byte Cyrillic letter in lower case: U+0410..042F and U+0401; "ё" becomes "е".
void append_cyrillic(std::string& text, unsigned char lead, unsigned char trail) {
  const unsigned int code = (lead & 0x1FU) << 6U | (trail & 0x3FU);
  unsigned int lower = code;
  if (code >= 0x410 && code <= 0x42F) lower = code + 0x20;
  if (code == 0x401 || code == 0x451) lower = 0x435;
  text += static_cast<char>(0xC0U | lower >> 6U);
  text += static_cast<char>(0x80U | (lower & 0x3FU));
}

std::string folded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == ' ' || byte == '-') {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (byte >= 'A' && byte <= 'Z') {
      out += static_cast<char>(byte - 'A' + 'a');
    } else if ((byte & 0xE0U) == 0xC0U && at + 1 < text.size()) {
      append_cyrillic(out, byte, static_cast<unsigned char>(text[++at]));
    } else {
      out += text[at];
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

bool is_proven(const Claim& claim) {
  return claim.provenance.assurance_level == vault::kVerifiedLevel;
}

bool differ(const Attribute& attribute) {
  const Claim* first = nullptr;
  for (const auto& claim : attribute.claims) {
    if (!is_proven(claim)) continue;
    if (first == nullptr) {
      first = &claim;
    } else if (comparable(attribute.name, claim.value).reveal() !=
               comparable(attribute.name, first->value).reveal()) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<core::Instant> Freshness::stale_at(std::string_view attribute,
                                                 const vault::Provenance& provenance) const {
  const auto kind = std::string_view(provenance.source).substr(0, provenance.source.find(':'));
  for (const auto& rule : rules_) {
    const bool fits =
        rule.source == kind &&
        (rule.attributes.empty() || std::find(rule.attributes.begin(), rule.attributes.end(),
                                              attribute) != rule.attributes.end());
    if (fits) return provenance.proven_at + rule.life;
  }
  return std::nullopt;
}

std::vector<Attribute> attributes_of(vault::PersonalRecords records, const Freshness& freshness,
                                     core::Instant now) {
  vault::put_in_force_order(records);
  std::vector<Attribute> attributes;
  for (auto& record : records) {
    // "phone:<id>": one of several contacts, which have a page and routes of their own.
    if (record.name.find(':') != std::string::npos) continue;
    if (attributes.empty() || attributes.back().name != record.name) {
      attributes.push_back({record.name, {}, false});
    }
    const auto stale_at = freshness.stale_at(record.name, record.provenance);
    attributes.back().claims.push_back({std::move(record.value), std::move(record.provenance),
                                        stale_at, stale_at && *stale_at <= now});
  }
  for (auto& attribute : attributes) attribute.conflict = differ(attribute);
  return attributes;
}

const Attribute* find_attribute(const std::vector<Attribute>& attributes, std::string_view name) {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& one) { return one.name == name; });
  return found == attributes.end() ? nullptr : &*found;
}

core::Secret<std::string> comparable(std::string_view attribute,
                                     const core::Secret<std::string>& value) {
  const bool number = std::find(kNumbers.begin(), kNumbers.end(), attribute) != kNumbers.end();
  return core::Secret<std::string>(number ? digits_of(value.reveal()) : folded(value.reveal()));
}

}  // namespace identity
