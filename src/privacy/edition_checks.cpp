#include "privacy/edition_checks.h"

#include <algorithm>
#include <map>

namespace privacy {
namespace {

using core::ErrorCode;
using ByLanguage = std::map<std::string, const Edition*, std::less<>>;
using ByNumber = std::map<int, ByLanguage>;

std::string title(const Edition& edition) {
  return std::string(name_of(edition.kind)) + "/" + std::to_string(edition.number) + "." +
         edition.language;
}

tl::unexpected<core::Error> refuse(std::string_view reason, const Edition& edition,
                                   std::string_view why) {
  return core::fail(ErrorCode::kInvalidInput, reason, title(edition) + ": " + std::string(why));
}

core::Result<std::map<EditionKind, ByNumber>> sorted(const std::vector<Edition>& editions) {
  std::map<EditionKind, ByNumber> documents;
  for (const auto& edition : editions) {
    auto& languages = documents[edition.kind][edition.number];
    if (!languages.emplace(edition.language, &edition).second) {
      return refuse("editions.clash", edition, "stands twice");
    }
  }
  return documents;
}

core::Status check_languages(const ByLanguage& texts, const std::vector<std::string>& languages) {
  const auto& first = *texts.begin()->second;
  for (const auto& language : languages) {
    if (texts.contains(language)) continue;
    return core::fail(
        ErrorCode::kInvalidInput, "editions.untranslated",
        std::string(name_of(first.kind)) + "/" + std::to_string(first.number) + "." + language);
  }
  for (const auto& [language, text] : texts) {
    if (text->in_force_at != first.in_force_at || text->published_at != first.published_at) {
      return refuse("editions.clash", *text, "has other moments than in " + first.language);
    }
  }
  if (first.in_force_at <= first.published_at) {
    return refuse("editions.early", first, "in_force_at is not after published_at");
  }
  return {};
}

core::Status check_document(const ByNumber& numbers, const std::vector<std::string>& languages) {
  const Edition* before = nullptr;
  int expected = 1;
  for (const auto& [number, texts] : numbers) {
    TRY_VOID(check_languages(texts, languages));
    const auto& edition = *texts.begin()->second;
    if (number != expected) {
      return refuse("editions.gap", edition,
                    "there is no edition " + std::to_string(expected) + " before it");
    }
    if (before != nullptr && edition.in_force_at <= before->in_force_at) {
      return refuse("editions.clash", edition,
                    "comes into force no later than edition " + std::to_string(before->number));
    }
    if (before != nullptr && edition.published_at < before->published_at) {
      return refuse("editions.clash", edition,
                    "is published before edition " + std::to_string(before->number));
    }
    before = &edition;
    ++expected;
  }
  return {};
}

}  // namespace

core::Status check_editions(const std::vector<Edition>& editions,
                            const std::vector<std::string>& languages) {
  TRY(const auto documents, sorted(editions));
  for (const auto& [kind, numbers] : documents) {
    TRY_VOID(check_document(numbers, languages));
  }
  return {};
}

core::Status check_notice(const std::vector<Edition>& editions, int days) {
  for (const auto& edition : editions) {
    const bool binds_later = edition.kind == EditionKind::kAgreement && edition.number > 1;
    if (!binds_later || edition.in_force_at - edition.published_at >= std::chrono::hours(24) * days)
      continue;
    return refuse("editions.notice_short", edition,
                  "is published less than " + std::to_string(days) +
                      " days before it comes into force (deadlines.edition_notice)");
  }
  return {};
}

}  // namespace privacy
