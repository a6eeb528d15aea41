#include "app/cli/depersonalise_words.h"

#include <fmt/format.h>

#include <array>

namespace app {
namespace {

struct Words {
  std::string_view reason, ru, en;
};

constexpr std::array<Words, 13> kWords{{
    {"depersonalise.k_too_small",
     "k меньше, чем разрешают правила: каждая строка показывала бы слишком немногих. Возьмите "
     "больше или опустите --k",
     "k is smaller than the rules allow: a line would show too few people. Take more, or leave "
     "--k out"},
    {"depersonalise.file_exists", "такой файл уже есть, и он не тронут. Назовите другой",
     "there is such a file already, and it is left as it is. Name another one"},
    {"depersonalise.not_written", "файл не записать: проверьте папку, права и место на диске",
     "the file cannot be written: look at the folder, its permissions and the space left"},
    {"depersonalise.too_few_people", "людей меньше, чем k: таблица показала бы, кто они. Файла нет",
     "there are fewer people than k: a table would show who they are. No file was made"},
    {"depersonalise.not_reachable",
     "при таком --diversity не остаётся ни одной группы. Возьмите меньше, уберите столбец из "
     "--sensitive или разрешите больше --suppress. Файла нет; что людей посчитали, они видят",
     "with this --diversity no group is left. Take less, a column out of --sensitive, or allow "
     "more by --suppress. No file was made; people see that they were counted"},
    {"depersonalise.too_many_combinations", "сочетаний слишком много: возьмите меньше столбцов",
     "there are too many combinations: take fewer columns"},
    {"depersonalise.column_unknown", "такого столбца нет", "there is no such column"},
    {"depersonalise.column_twice", "столбец назван дважды", "a column is named twice"},
    {"depersonalise.no_columns",
     "в --columns нет ни одного столбца, а без них не бывает похожих людей",
     "--columns names no column, and without one nobody is like anybody"},
    {"depersonalise.rules",
     "файл processing/depersonalisation.toml с ошибкой; все ошибки назовёт `beresta config check`",
     "processing/depersonalisation.toml has a fault; `beresta config check` tells all"},
    {"staff.role_required",
     "у этого человека нет роли. Её даёт `beresta staff grant --role data_protection_officer`",
     "this person does not have the role. `beresta staff grant --role data_protection_officer` "
     "gives it"},
    {"phone.malformed", "это не номер телефона: проверьте --by",
     "that is no phone number: look at --by"},
    {"citizen.unknown", "учётной записи с таким номером нет: проверьте --by",
     "no account has this number: look at --by"},
}};

}  // namespace

int tell_refusal(Terminal& terminal, const core::Error& error, SpokenLanguage language) {
  for (const auto& one : kWords) {
    if (one.reason != error.reason) continue;
    terminal.err << fmt::format("beresta: {} ({}{}{})\n",
                                language == SpokenLanguage::kRussian ? one.ru : one.en,
                                error.reason, error.detail.empty() ? "" : ": ", error.detail);
    return kExitFailed;
  }
  return tell(terminal, error);
}

}  // namespace app
