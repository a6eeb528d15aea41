// What the process uses of the machine, read from /proc. Pure but for that; safe from any thread.
// A number that cannot be read is 0, since a metric is no reason to fail.
#pragma once

namespace app {

struct ProcessUsage {
  double resident_bytes = 0;
  double open_files = 0;
  double processor_seconds = 0;
  double started_at_seconds = 0;  ///< since 1970 UTC
};

[[nodiscard]] ProcessUsage read_process_usage();

}  // namespace app
