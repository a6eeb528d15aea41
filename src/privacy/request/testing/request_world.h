// People, an officer and the rules of Russia as they stand in jurisdictions/ru.toml, on real
// databases. For tests only.
#pragma once

#include <string>

#include "privacy/request/request_desk_service.h"
#include "privacy/request/request_service.h"
#include "vault/testing/vault_world.h"

namespace world {

inline privacy::Edition privacy_edition(privacy::EditionKind kind) {
  privacy::Edition made;
  made.kind = kind;
  made.number = 1;
  made.language = "ru";
  made.sha256 = std::string(privacy::name_of(kind)) + "-1";
  made.in_force_at = core::Instant::from_seconds(1);
  return made;
}

inline core::WorkCalendar::Rules russian_days() {
  return {.first = {2025, 1, 1},
          .last = {2027, 12, 31},
          .weekly_days_off = {6, 7},
          .public_holidays = {{1, 1},
                              {1, 2},
                              {1, 3},
                              {1, 4},
                              {1, 5},
                              {1, 6},
                              {1, 7},
                              {1, 8},
                              {2, 23},
                              {3, 8},
                              {5, 1},
                              {5, 9},
                              {6, 12},
                              {11, 4}},
          .moved_days_off = {{2025, 5, 2},
                             {2025, 5, 8},
                             {2025, 6, 13},
                             {2025, 11, 3},
                             {2025, 12, 31},
                             {2026, 1, 9},
                             {2026, 12, 31},
                             {2026, 3, 9},
                             {2026, 5, 11},
                             {2027, 5, 3},
                             {2027, 5, 10},
                             {2027, 6, 14}},
          .moved_working_days = {{2025, 11, 1}},
          .utc_offset_minutes = 180};
}

inline privacy::RequestRules russian_rules() {
  const privacy::RequestTerm answer{true, 10, 5, "152-ФЗ, ст. 14, 20"};
  return {core::WorkCalendar::make(russian_days()).value(),
          {answer, answer, privacy::RequestTerm{true, 7, 0, "152-ФЗ, ст. 20 ч. 3"}, answer,
           privacy::RequestTerm{true, 10, 5, "152-ФЗ, ст. 21 ч. 5.1"},
           privacy::RequestTerm{false, 30, 0, "152-ФЗ, ст. 21 ч. 5"}, answer,
           privacy::RequestTerm{false, 30, 0, "editions/agreement"}},
          {{"data_are_right", "152-ФЗ, ст. 20 ч. 3", {{"ru", "Данные верны"}}}},
          {{{"ru", "Роскомнадзор"}}, "https://pd.rkn.gov.ru/"}};
}

inline std::vector<privacy::Edition> one_edition_of_each() {
  std::vector<privacy::Edition> editions;
  for (const auto kind : privacy::kAllEditionKinds) editions.push_back(privacy_edition(kind));
  return editions;
}

class NothingEnds final : public privacy::ConsentEnded {
 public:
  core::Status consent_ended(store::UnitOfWork& /*unit*/, const core::CitizenId& /*citizen_id*/,
                             privacy::ConsentPurpose /*purpose*/) override {
    ++ended;
    return {};
  }
  int ended = 0;
};

struct RequestWorld {
  VaultWorld vaults;
  privacy::EditionLibrary editions =
      privacy::EditionLibrary::make(one_edition_of_each(), {"ru"}).value();
  NothingEnds ended;
  privacy::PrivacyService consents{vaults.databases.data(), editions, ended,
                                   vaults.databases.rng()};
  privacy::RequestRules rules = russian_rules();
  privacy::RequestPorts ports{vaults.databases.data(), vaults.vault, consents,
                              vaults.databases.rng()};
  privacy::RequestService requests{ports, rules};
  privacy::RequestDeskService desk{ports, rules};
};

}  // namespace world
