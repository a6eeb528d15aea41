// `beresta inform`: sends one message to everybody who agreed to its topic, by the channels they
// chose. Called once, on the main thread.
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace CLI {
class App;
}

namespace app {

struct InformOptions {
  ConfigOptions config;
  std::string topic;
  std::string ru_file;
  std::string en_file;
  std::string officer;   ///< the number of the account that answers for it
  std::string channels;  ///< "sms,email"; empty = those that are configured
  std::string language;
  bool dry_run = false;
  bool json = false;
};

inline constexpr const char* kInformHelp =
    "Send a message to everybody who agreed to its topic, once to each and by the channels they "
    "chose. The server carries it; nobody else gets it";
/// Its flags, beside those that most commands take.
void add_inform_flags(CLI::App& app, InformOptions& options);
int inform_command(const InformOptions& options, Terminal& terminal);

}  // namespace app
