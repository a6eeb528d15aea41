// Settings of the mail server that letters are handed to. Without the section there is no e-mail.
// Plain data.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/secret.h"

namespace app {

struct Setting;

struct MailSettings {
  std::string host;
  std::uint16_t port = 587;
  std::string protection = "starttls";  ///< "starttls", "tls" or, on this machine only, "none"
  std::string user;
  core::Secret<std::string> password;
  std::string from;       ///< an address of ours
  std::string from_name;  ///< as the reader's list shows it
  std::string ca_file;    ///< empty = the system's
  std::chrono::milliseconds timeout{15'000};
};

[[nodiscard]] std::vector<Setting> mail_settings();

}  // namespace app
