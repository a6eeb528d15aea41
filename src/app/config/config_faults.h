// Faults: how the checks of settings that belong together tell what is wrong, at the place where
// the setting stands; and secrets read from the files that hold them. For the config_*.cpp files
// only.
#pragma once

#include <string>

#include "app/config/config_check.h"

namespace app {

/// A setting that has to be there.
struct RequiredSetting {
  std::string section;
  std::string name;
  std::string example;
};

class Faults {
 public:
  /// Both must outlive it.
  Faults(const CheckedParts& parts, ConfigProblems& problems)
      : parts_(parts), problems_(problems) {}

  /// Tells that an empty value is missing, unless it was refused before.
  void require(const RequiredSetting& setting, const std::string& value);
  void refuse(const std::string& key, std::string what, std::string expected, std::string example);

 private:
  [[nodiscard]] std::string where_of_key(const std::string& key) const;

  const CheckedParts& parts_;
  ConfigProblems& problems_;
};

/// The first line of the file into `secret`; nothing happens without a file.
void read_secret(const std::string& key, const SecretFile& file, SecretText& secret,
                 ConfigProblems& problems);

}  // namespace app
