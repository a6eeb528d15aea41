#include <exception>
#include <iostream>

#include "app/cli/command_line.h"

int main(int argc, char** argv) {
  app::Terminal terminal{std::cin, std::cout, std::cerr};
  const int first = argc > 0 ? 1 : 0;
  try {
    return app::run_command_line({argv + first, argv + argc}, terminal);
  } catch (const std::exception& error) {
    // Only what no library promises to throw comes here (no memory, a folder that went away).
    std::cerr << "beresta: " << error.what() << "\n";
    return app::kExitFailed;
  }
}
