// MailClient: hands a letter to one mail server by SMTP with STARTTLS or implicit TLS, through
// libcurl. What is worth another attempt and what is final is told apart by the server's answer.
// Blocks for at most the timeout. Safe from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/result.h"
#include "core/secret.h"
#include "edges/smtp/mail_message.h"

namespace edges::smtp {

/// How the line to the server is protected. kNone is for a server on this machine.
enum class Protection { kStartTls, kTls, kNone };

struct MailServer {
  std::string host;
  std::uint16_t port = 587;
  Protection protection = Protection::kStartTls;
  std::string user;  ///< empty = the server asks for none
  core::Secret<std::string> password;
  std::string ca_file;  ///< PEM; empty = the system's
  std::string helo = "localhost";
  std::chrono::milliseconds timeout{15'000};  ///< of the whole conversation
};

class MailClient {
 public:
  explicit MailClient(MailServer server);

  /// The server took the letter.
  /// Errors: kUnavailable "mail.unavailable"  no answer in time, a broken line, a 4xx answer;
  ///         kUnavailable "mail.not_protected" TLS is not offered, or its certificate is not good:
  ///                                           nothing was said in clear;
  ///         kUnavailable "mail.login"         the server refuses our name and password;
  ///         kForbidden   "mail.refused"       a 5xx answer to this letter: repeating cannot help;
  ///         those of to_wire.
  /// The detail names the step or the code and never an address or the text.
  [[nodiscard]] core::Status send(const MailMessage& message) const;

 private:
  MailServer server_;
};

}  // namespace edges::smtp
