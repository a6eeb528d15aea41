// SeedPerson: an invented citizen for load tests, made from a seed and a number alone, so that a
// load generator knows whom it may sign in. Pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace app {

/// Numbers of one example give this many people: its last seven digits are theirs.
inline constexpr std::int64_t kSeedCitizensMax = 10'000'000;
/// The password of everybody made here.
inline constexpr std::string_view kSeedPassword = "berezovaya-kora-7";

struct SeedPerson {
  std::string phone;  ///< E.164
  std::string family_name;
  std::string given_name;
  std::string middle_name;
  std::string birth_date;  ///< "1954-03-02"
  bool verified = false;   ///< every second one, by the seed's choice
  std::int64_t age_of_account_s = 0;
  std::string sex;      ///< "F" or "M", as a state provider says it
  std::string address;  ///< "420012, Республика Татарстан, г. Казань, ..."
};

/// @param number  0 .. kSeedCitizensMax - 1; the last digits of the phone.
/// @param example_e164  a number of the country, "+79175550142".
[[nodiscard]] SeedPerson make_seed_person(std::uint64_t seed, std::int64_t number,
                                          std::string_view example_e164);

}  // namespace app
