// The two files of a data set: the rows, and FILE.report.json beside them. Neither is ever written
// over another file, and neither appears under its name half written or before the log has it.
// Used on one thread.
#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "core/result.h"

namespace app {

class DatasetFiles {
 public:
  explicit DatasetFiles(std::string path) : path_(std::move(path)) {}
  /// Removes what was not published.
  ~DatasetFiles();
  DatasetFiles(const DatasetFiles&) = delete;
  DatasetFiles& operator=(const DatasetFiles&) = delete;

  [[nodiscard]] const std::string& rows_path() const { return path_; }
  [[nodiscard]] std::string report_path() const { return path_ + ".report.json"; }

  /// Takes both names. Errors: kConflict "depersonalise.file_exists" one of the files, or the
  /// beginning
  ///   of one, is there; kUnavailable "depersonalise.not_written".
  [[nodiscard]] core::Status claim();
  /// Writes the rows for nobody but the owner to read. @return SHA-256, hexadecimal.
  /// Errors: kUnavailable "depersonalise.not_written".
  [[nodiscard]] core::Result<std::string> write_rows(
      const std::function<void(std::ostream&)>& write);
  /// Writes the report and gives both files their names.
  /// Errors: as claim: files that appeared meanwhile are left alone.
  [[nodiscard]] core::Status publish(const std::string& report);

 private:
  [[nodiscard]] std::string part() const { return path_ + ".part"; }

  std::string path_;
  bool claimed_ = false;
};

}  // namespace app
