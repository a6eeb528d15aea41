#include "privacy/processing/register_check.h"

#include <fmt/format.h>

#include <set>

#include "privacy/processing/code_facts.h"

namespace privacy {
namespace {

using Names = std::set<std::string, std::less<>>;

class RegisterCheck {
 public:
  RegisterCheck(const ProcessingRegister& processing, const std::vector<std::string>& languages)
      : register_(processing), languages_(languages) {}

  std::vector<RegisterFault> run() {
    check_names();
    check_against_code();
    for (const auto& term : register_.terms) check_texts("terms." + term.name, term.text);
    for (const auto& source : register_.sources) {
      check_texts("sources." + source.name, source.title);
    }
    for (const auto& one : register_.recipients) check_texts("recipients." + one.name, one.title);
    for (const auto& category : register_.categories) check_category(category);
    for (const auto& purpose : register_.purposes) check_purpose(purpose);
    check_terms_in_days();
    check_used();
    return std::move(faults_);
  }

 private:
  void refuse(std::string entry, std::string what, std::string expected) {
    faults_.push_back({std::move(entry), std::move(what), std::move(expected)});
  }

  template <typename Items>
  void check_once(const std::string& part, const Items& items) {
    Names seen;
    for (const auto& item : items) {
      if (seen.insert(item.name).second) continue;
      refuse(part + "." + item.name, fmt::format("{} \"{}\" stands twice", part, item.name),
             "each name once");
    }
  }

  void check_names() {
    check_once("sources", register_.sources);
    check_once("recipients", register_.recipients);
    check_once("terms", register_.terms);
    check_once("categories", register_.categories);
    check_once("purposes", register_.purposes);
  }

  void check_against_code() {
    Names purposes;
    for (const auto& known : code_purposes()) {
      purposes.emplace(known.name);
      const auto* ours = find_named(register_.purposes, known.name);
      if (ours == nullptr) {
        refuse("", fmt::format("the purpose \"{}\" of the code is not in the register", known.name),
               fmt::format("[[purposes]] with name = \"{}\"", known.name));
      } else if (!known.operations.empty()) {
        check_operations(*ours, known);
      }
    }
    for (const auto& ours : register_.purposes) {
      if (purposes.contains(ours.name)) continue;
      refuse("purposes." + ours.name, fmt::format("the code has no purpose \"{}\"", ours.name),
             fmt::format("one of: {}", fmt::join(purposes, ", ")));
    }
    check_categories_against_code();
  }

  void check_categories_against_code() {
    Names categories;
    for (const auto known : code_categories()) {
      categories.emplace(known);
      if (find_named(register_.categories, known) != nullptr) continue;
      refuse("", fmt::format("the category \"{}\" of the code is not in the register", known),
             fmt::format("[[categories]] with name = \"{}\"", known));
    }
    for (const auto& ours : register_.categories) {
      if (categories.contains(ours.name)) continue;
      refuse("categories." + ours.name, fmt::format("the code has no category \"{}\"", ours.name),
             fmt::format("one of: {}", fmt::join(categories, ", ")));
    }
  }

  void check_operations(const ProcessingPurpose& ours, const CodePurpose& known) {
    std::set<vault::Operation> allowed(known.operations.begin(), known.operations.end());
    const std::set<vault::Operation> written(ours.operations.begin(), ours.operations.end());
    if (allowed == written) return;
    std::vector<std::string_view> names;
    for (const auto operation : allowed) names.push_back(vault::name_of(operation));
    refuse("purposes." + ours.name,
           fmt::format("the operations of \"{}\" are not those the code allows", ours.name),
           fmt::format("operations = [\"{}\"]", fmt::join(names, "\", \"")));
  }

  void check_texts(const std::string& entry, const LocalTexts& texts) {
    for (const auto& language : languages_) {
      const auto found = texts.find(language);
      if (found != texts.end() && !found->second.empty()) continue;
      refuse(entry, fmt::format("{} has a text without the language {}", entry, language),
             "a text in every language of the installation");
    }
  }

  template <typename Items>
  void check_leads(const std::string& entry, const std::string& part, const Items& items,
                   const std::string& name) {
    used_.insert(part + "." + name);
    if (find_named(items, name) != nullptr) return;
    refuse(entry, fmt::format("{} names \"{}\", which is not among {}", entry, name, part),
           fmt::format("a name of [[{}]]", part));
  }

  void check_category(const DataCategory& category) {
    const auto entry = "categories." + category.name;
    check_texts(entry, category.title);
    check_texts(entry, category.data);
    check_leads(entry, "terms", register_.terms, category.term);
    for (const auto& source : category.sources) {
      check_leads(entry, "sources", register_.sources, source);
    }
    if (category.sources.empty()) refuse(entry, entry + " has no source", "at least one");
  }

  void check_purpose(const ProcessingPurpose& purpose) {
    const auto entry = "purposes." + purpose.name;
    check_texts(entry, purpose.title);
    check_texts(entry, purpose.text);
    check_texts(entry, purpose.people);
    check_leads(entry, "terms", register_.terms, purpose.term);
    for (const auto& name : purpose.categories) {
      check_leads(entry, "categories", register_.categories, name);
    }
    for (const auto& name : purpose.recipients) {
      check_leads(entry, "recipients", register_.recipients, name);
    }
    if (purpose.categories.empty()) refuse(entry, entry + " has no category", "at least one");
    if (purpose.operations.empty()) refuse(entry, entry + " has no operation", "at least one");
    if (purpose.bases.empty()) refuse(entry, entry + " has no basis", "at least one");
  }

  void check_terms_in_days() {
    for (const auto name : erased_by_term()) {
      const auto* category = find_named(register_.categories, name);
      if (category == nullptr) continue;
      const auto* term = find_named(register_.terms, category->term);
      if (term == nullptr || term->days) continue;
      refuse("terms." + term->name,
             fmt::format("the code erases \"{}\" by its term, and \"{}\" has no days", name,
                         term->name),
             "deadline = a name of [deadlines] in calendar days");
    }
  }

  template <typename Items>
  void check_used(const std::string& part, const Items& items) {
    for (const auto& item : items) {
      const auto entry = part + "." + item.name;
      if (!used_.contains(entry)) refuse(entry, entry + " is never used", "an entry that names it");
    }
  }

  void check_used() {
    check_used("sources", register_.sources);
    check_used("recipients", register_.recipients);
    check_used("terms", register_.terms);
    check_used("categories", register_.categories);
  }

  const ProcessingRegister& register_;
  const std::vector<std::string>& languages_;
  Names used_;
  std::vector<RegisterFault> faults_;
};

}  // namespace

std::vector<RegisterFault> faults_of(const ProcessingRegister& processing,
                                     const std::vector<std::string>& languages) {
  return RegisterCheck(processing, languages).run();
}

}  // namespace privacy
