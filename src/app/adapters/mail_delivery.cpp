#include "app/adapters/mail_delivery.h"

#include <fmt/format.h>

#include "identity/account/letter.h"

namespace app {
namespace {

using store::OutboxOutcome;

/// The code goes behind the #: a browser keeps that to itself, so it is in nobody's log. The page
/// asks for the session the code belongs to.
std::string link_of(const std::string& public_url, const std::string& code) {
  return public_url + "/account/email#code=" + code;
}

MailWords russian(const identity::Letter& letter, const std::string& name,
                  const std::string& public_url) {
  const auto& detail = letter.detail.reveal();
  if (letter.topic == "email_code") {
    return {fmt::format("{}: код для почты", name),
            fmt::format("Код {}\n\nВведите его на странице «Почта». Код действует 30 минут.\n\n"
                        "Или откройте в том же браузере: {}\n\n"
                        "Если вы не указывали этот адрес, ничего не делайте.\n",
                        detail, link_of(public_url, detail))};
  }
  if (letter.topic == "email_changed") {
    return {fmt::format("{}: почта изменена", name),
            fmt::format("В вашем кабинете теперь другая почта: {}.\n\n"
                        "Если это не вы, войдите, верните свой адрес и смените пароль.\n",
                        detail)};
  }
  if (letter.topic == "email_removed") {
    return {fmt::format("{}: почта убрана", name),
            "Этот адрес убран из вашего кабинета. Писем больше не будет.\n\n"
            "Если это не вы, войдите, верните адрес и смените пароль.\n"};
  }
  return {name, detail + "\n"};
}

MailWords english(const identity::Letter& letter, const std::string& name,
                  const std::string& public_url) {
  const auto& detail = letter.detail.reveal();
  if (letter.topic == "email_code") {
    return {fmt::format("{}: code for your e-mail", name),
            fmt::format("Code {}\n\nEnter it on the page \"E-mail\". It works for 30 minutes.\n\n"
                        "Or open in the same browser: {}\n\n"
                        "If you did not give this address, do nothing.\n",
                        detail, link_of(public_url, detail))};
  }
  if (letter.topic == "email_changed") {
    return {fmt::format("{}: e-mail changed", name),
            fmt::format("Your account now has another e-mail: {}.\n\n"
                        "If this was not you, sign in, put your address back and change your "
                        "password.\n",
                        detail)};
  }
  if (letter.topic == "email_removed") {
    return {fmt::format("{}: e-mail removed", name),
            "This address is removed from your account. No more letters will come.\n\n"
            "If this was not you, sign in, put it back and change your password.\n"};
  }
  return {name, detail + "\n"};
}

edges::smtp::Protection protection_of(const std::string& name) {
  if (name == "tls") return edges::smtp::Protection::kTls;
  return name == "none" ? edges::smtp::Protection::kNone : edges::smtp::Protection::kStartTls;
}

}  // namespace

edges::smtp::MailServer mail_server_of(const MailSettings& settings) {
  return {.host = settings.host,
          .port = settings.port,
          .protection = protection_of(settings.protection),
          .user = settings.user,
          .password = settings.password,
          .ca_file = settings.ca_file,
          .helo = settings.from.substr(settings.from.find('@') + 1),
          .timeout = settings.timeout};
}

MailDelivery::MailDelivery(const std::optional<MailSettings>& settings, vault::Vault& vault,
                           std::string installation_name, std::string public_url)
    : vault_(vault),
      installation_name_(std::move(installation_name)),
      public_url_(std::move(public_url)) {
  if (!settings) return;
  client_.emplace(mail_server_of(*settings));
  from_ = settings->from;
  from_name_ = settings->from_name.empty() ? installation_name_ : settings->from_name;
}

core::Result<OutboxOutcome> MailDelivery::deliver(const store::OutboxDelivery& delivery,
                                                  core::Instant now) {
  const auto letter = identity::open_letter(vault_, {delivery.dedup_key, delivery.payload});
  if (!letter) return OutboxOutcome(store::GiveUp{letter.error().reason});
  if (!client_) return OutboxOutcome(store::RetryAfter{"email.not_configured"});
  auto words = letter->language == "en" ? english(*letter, installation_name_, public_url_)
                                        : russian(*letter, installation_name_, public_url_);
  return send(delivery.dedup_key, letter->to, std::move(words), now);
}

OutboxOutcome MailDelivery::send(const std::string& id, const core::Secret<std::string>& to_text,
                                 MailWords words, core::Instant now) {
  const auto from = edges::smtp::Mailbox::parse(from_);
  auto to = edges::smtp::Mailbox::parse(to_text.reveal());
  if (!from || !to) return store::GiveUp{"mail.address"};
  const auto sent = client_->send({.id = id,
                                   .from = *from,
                                   .from_name = from_name_,
                                   .to = core::Secret<edges::smtp::Mailbox>(std::move(*to)),
                                   .subject = std::move(words.subject),
                                   .text = core::Secret<std::string>(std::move(words.text)),
                                   .at = now});
  if (sent) return store::Delivered{};
  const auto& error = sent.error();
  if (error.code == core::ErrorCode::kUnavailable) return store::RetryAfter{error.reason};
  return store::GiveUp{error.reason};
}

}  // namespace app
