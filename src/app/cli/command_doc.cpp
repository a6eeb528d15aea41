#include "app/cli/command_doc.h"

namespace app {

CommandDoc command_doc(const CLI::App& app) {
  CommandDoc doc{
      .name = app.get_name(), .description = app.get_description(), .options = {}, .commands = {}};
  for (const auto* option : app.get_options()) {
    OptionDoc row{.names = {},
                  .value = {},
                  .description = option->get_description(),
                  .positional = option->get_positional()};
    for (const auto& name : option->get_snames()) row.names.push_back("-" + name);
    for (const auto& name : option->get_lnames()) row.names.push_back("--" + name);
    if (row.names.empty()) row.names.push_back(option->get_name());
    if (option->get_items_expected_max() > 0) row.value = option->get_type_name();
    doc.options.push_back(std::move(row));
  }
  for (const auto* inner : app.get_subcommands([](const CLI::App*) { return true; })) {
    doc.commands.push_back(command_doc(*inner));
  }
  return doc;
}

}  // namespace app
