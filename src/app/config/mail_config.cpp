#include "app/config/mail_config.h"

#include "app/config/config_setting.h"
#include "edges/smtp/mail_message.h"

namespace app {
namespace {

const SectionOf<MailSettings> kMail{
    "mail", [](ConfigDraft& draft) -> MailSettings& { return *draft.config.mail; }};
const SectionOf<SecretFile> kPassword{
    "mail", [](ConfigDraft& draft) -> SecretFile& { return draft.mail_password; }};

const TextRule kHost{"a host name or address", is_word};
const TextRule kProtection{"starttls, tls or none", [](std::string_view text) {
                             return text == "starttls" || text == "tls" || text == "none";
                           }};
const TextRule kLine{"a text without line breaks", is_printable};
const TextRule kFrom{"an e-mail address", [](std::string_view text) {
                       return edges::smtp::Mailbox::parse(text).has_value();
                     }};

}  // namespace

std::vector<Setting> mail_settings() {
  using S = MailSettings;
  return {
      text(kMail, &S::host, kHost, {"host", "\"mail.example\""}),
      integer(kMail, &S::port, {1, 65535}, {"port", "587"}),
      text(kMail, &S::protection, kProtection, {"protection", "\"starttls\""}),
      text(kMail, &S::user, kLine, {"user", "\"beresta\""}),
      secret(kMail, &S::password, {"password", "\"...\", better password_file"}),
      path(kPassword, &SecretFile::path, PathKind::kFile,
           {"password_file", "\"/run/credentials/beresta.service/mail.password\""}),
      text(kMail, &S::from, kFrom, {"from", "\"noreply@id.example\""}),
      text(kMail, &S::from_name, kLine, {"from_name", "\"Beresta\""}),
      path(kMail, &S::ca_file, PathKind::kFile, {"ca_file", "\"/etc/beresta/ca.pem\""}),
      integer(kMail, &S::timeout, {10, 600'000}, {"timeout_ms", "15000"}),
  };
}

}  // namespace app
