#include <fmt/format.h>

#include "app/adapters/mail_delivery.h"
#include "app/cli/commands.h"
#include "app/system_clock.h"
#include "crypto/system_rng.h"

namespace app {

// One letter now, past the outbox: tells an operator what a mail server says to us.
int mail_test_command(const MailTestOptions& options, Terminal& terminal) {
  const auto reading = load_config(options.config, true, terminal);
  if (!reading) return kExitFailed;
  const auto& settings = reading->config.mail;
  if (!settings) {
    terminal.err << "the section [mail] is not there, so no letter can be sent\n";
    return kExitFailed;
  }
  const auto from = edges::smtp::Mailbox::parse(settings->from);
  auto to = edges::smtp::Mailbox::parse(options.to);
  if (!from || !to) return tell(terminal, from ? to.error() : from.error());
  crypto::SystemRng rng;
  const auto now = SystemClock().now();
  const auto& name = reading->config.installation.name;
  const auto sent = edges::smtp::MailClient(mail_server_of(*settings))
                        .send({.id = core::CitizenId::make(now, rng).to_string(),
                               .from = *from,
                               .from_name = name,
                               .to = core::Secret<edges::smtp::Mailbox>(std::move(*to)),
                               .subject = name + ": test / проверка",
                               .text = core::Secret<std::string>("It works. Работает.\n"),
                               .at = now});
  if (!sent) return tell(terminal, sent.error());
  terminal.out << fmt::format("{}:{} took the letter\n", settings->host, settings->port);
  return kExitGood;
}

}  // namespace app
