#include "app/observe/process_usage.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace app {
namespace {

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double total_pages = 0;
  double resident_pages = 0;
  file >> total_pages >> resident_pages;
  return file ? resident_pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) : 0;
}

double open_files() {
  std::error_code error;
  const std::filesystem::directory_iterator files("/proc/self/fd", error);
  if (error) return 0;
  return static_cast<double>(std::distance(begin(files), end(files)));
}

double in_seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double processor_seconds() {
  rusage usage = {};
  if (::getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return in_seconds(usage.ru_utime) + in_seconds(usage.ru_stime);
}

// Boot time and field 22 of /proc/self/stat: ticks from boot to start. The second field, the name
// in brackets, may hold spaces, so counting begins behind it.
double started_at_seconds() {
  std::ifstream boot("/proc/stat");
  double booted_at = 0;
  for (std::string word; boot >> word;) {
    if (word == "btime" && boot >> booted_at) break;
  }
  std::ifstream file("/proc/self/stat");
  std::string line;
  std::getline(file, line);
  const auto bracket = line.rfind(')');
  if (bracket == std::string::npos || booted_at == 0) return 0;
  std::istringstream fields(line.substr(bracket + 1));
  std::string field;
  for (int number = 3; number < 22; ++number) fields >> field;
  double ticks = 0;
  if (!(fields >> ticks)) return 0;
  return booted_at + ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace

ProcessUsage read_process_usage() {
  return {.resident_bytes = resident_bytes(),
          .open_files = open_files(),
          .processor_seconds = processor_seconds(),
          .started_at_seconds = started_at_seconds()};
}

}  // namespace app
