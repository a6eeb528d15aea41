#include "vault/types.h"

namespace vault {

std::string_view name_of(Category category) {
  switch (category) {
    case Category::kProfile:
      return "profile";
    case Category::kDocuments:
      return "documents";
    case Category::kAuthenticators:
      return "authenticators";
    case Category::kRequests:
      return "requests";
  }
  return "profile";
}

std::string_view name_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::kShowToCitizen:
      return "show_to_citizen";
    case Purpose::kFetchDocuments:
      return "fetch_documents";
    case Purpose::kIssueDigitalId:
      return "issue_digital_id";
    case Purpose::kNotifyCitizen:
      return "notify_citizen";
    case Purpose::kReleaseToParty:
      return "release_to_party";
    case Purpose::kAnswerRequest:
      return "answer_request";
    case Purpose::kShowPortrait:
      return "show_portrait";
  }
  return "show_to_citizen";
}

Basis basis_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::kShowToCitizen:
      return {.owner_only = true};
    case Purpose::kFetchDocuments:
      return {.consent = "registry_documents"};
    case Purpose::kIssueDigitalId:
    case Purpose::kNotifyCitizen:
      return {};
    case Purpose::kReleaseToParty:
      return {.consent_to_actor = true};
    case Purpose::kAnswerRequest:
    case Purpose::kShowPortrait:
      return {};
  }
  return {.owner_only = true};
}

const PersonalRecord* find_record(const PersonalRecords& records, std::string_view name) {
  for (const auto& record : records) {
    if (record.name == name) return &record;
  }
  return nullptr;
}

}  // namespace vault
