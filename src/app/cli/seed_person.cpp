#include "app/cli/seed_person.h"

#include <fmt/format.h>

#include <array>

namespace app {
namespace {

constexpr std::size_t kOwnDigits = 7;
constexpr std::int64_t kThreeYearsSeconds = 3 * 365 * 24 * 3600;

constexpr std::array<std::string_view, 12> kFamilies{"Соколов", "Морозов", "Лебедев", "Козлов",
                                                     "Новиков", "Волков",  "Зайцев",  "Виноградов",
                                                     "Беляев",  "Тарасов", "Фомин",   "Шишкин"};
constexpr std::array<std::string_view, 10> kGivenNames{
    "Алексей", "Ильдар", "Пётр", "Семён", "Рустам", "Николай", "Глеб", "Айрат", "Матвей", "Фёдор"};
constexpr std::array<std::string_view, 8> kMiddleNames{"Петрович",   "Ильич",     "Маратович",
                                                       "Олегович",   "Сергеевич", "Ренатович",
                                                       "Николаевич", "Андреевич"};

constexpr std::array<std::string_view, 4> kPlaces{
    "420012, Республика Татарстан, г. Казань, ул. Баумана", "115035, г. Москва, ул. Пятницкая",
    "428003, Чувашская Республика, г. Чебоксары, ул. Карла Маркса",
    "603005, Нижегородская область, г. Нижний Новгород, ул. Минина"};
/// Few live in the last one, so that data sets have somebody rare.
constexpr std::uint64_t kRareOneIn = 40;

// SplitMix64: a stream of well-mixed numbers from any starting point; not for secrets.
class Mixer {
 public:
  explicit Mixer(std::uint64_t state) : state_(state) {}
  std::uint64_t below(std::uint64_t bound) {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return (z ^ (z >> 31U)) % bound;
  }
  template <std::size_t N>
  std::string pick(const std::array<std::string_view, N>& names) {
    return std::string(names.at(below(N)));
  }

 private:
  std::uint64_t state_;
};

}  // namespace

SeedPerson make_seed_person(std::uint64_t seed, std::int64_t number,
                            std::string_view example_e164) {
  Mixer mixer(seed * 0x100000001B3U ^ static_cast<std::uint64_t>(number));
  const auto kept = example_e164.size() > kOwnDigits ? example_e164.size() - kOwnDigits : 0;
  SeedPerson person;
  person.phone = fmt::format("{}{:07}", example_e164.substr(0, kept), number % kSeedCitizensMax);
  person.family_name = mixer.pick(kFamilies);
  person.given_name = mixer.pick(kGivenNames);
  person.middle_name = mixer.pick(kMiddleNames);
  person.birth_date = fmt::format("{}-{:02}-{:02}", 1935 + mixer.below(72), 1 + mixer.below(12),
                                  1 + mixer.below(28));
  person.verified = mixer.below(2) == 0;
  person.age_of_account_s = static_cast<std::int64_t>(mixer.below(kThreeYearsSeconds));
  // After everything else: whoever was made before these were is the same person.
  person.sex = mixer.below(2) == 0 ? "F" : "M";
  const auto place =
      mixer.below(kRareOneIn) == 0 ? kPlaces.size() - 1 : mixer.below(kPlaces.size() - 1);
  person.address = fmt::format("{}, д. {}, кв. {}", kPlaces.at(place), 1 + mixer.below(90),
                               1 + mixer.below(200));
  return person;
}

}  // namespace app
