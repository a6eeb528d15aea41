#include "edges/smtp/mail_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace edges::smtp {
namespace {

using core::ErrorCode;
using core::fail;

/// libcurl wants this once, before any thread uses it; it lives as long as the process.
struct CurlLibrary {
  CurlLibrary() { curl_global_init(CURL_GLOBAL_DEFAULT); }
};

struct EasyEnd {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct ListEnd {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// The letter on its way out.
struct Upload {
  std::string_view rest;
};

std::size_t read_letter(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& upload = *static_cast<Upload*>(user);
  const auto bytes = std::min(size * count, upload.rest.size());
  std::memcpy(buffer, upload.rest.data(), bytes);
  upload.rest.remove_prefix(bytes);
  return bytes;
}

/// Whatever the server says beside its codes is of no interest.
std::size_t ignore_answer(char* /*bytes*/, std::size_t size, std::size_t count, void* /*user*/) {
  return size * count;
}

core::Status outcome(CURLcode code, long answer) {
  if (code == CURLE_OK) return {};
  switch (code) {
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return fail(ErrorCode::kUnavailable, "mail.not_protected", fmt::format("curl {}", int(code)));
    case CURLE_LOGIN_DENIED:
      return fail(ErrorCode::kUnavailable, "mail.login", fmt::format("answer {}", answer));
    default:
      break;
  }
  // A 5xx answer that broke the conversation off: to the sender, the receiver or the letter.
  const bool refused = answer >= 500 && answer < 600 &&
                       (code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY ||
                        code == CURLE_RECV_ERROR || code == CURLE_REMOTE_ACCESS_DENIED);
  if (refused) return fail(ErrorCode::kForbidden, "mail.refused", fmt::format("answer {}", answer));
  return fail(ErrorCode::kUnavailable, "mail.unavailable",
              fmt::format("curl {}, answer {}", int(code), answer));
}

void set_server(CURL* easy, const MailServer& server) {
  const bool implicit = server.protection == Protection::kTls;
  const auto url = fmt::format("{}://{}:{}/{}", implicit ? "smtps" : "smtp", server.host,
                               server.port, server.helo);
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // none of the environment's
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(server.timeout.count()));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server.timeout.count()));
  // With kStartTls a server that does not offer it is left: nobody may strip the protection off.
  curl_easy_setopt(
      easy, CURLOPT_USE_SSL,
      static_cast<long>(server.protection == Protection::kNone ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!server.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, server.ca_file.c_str());
  if (!server.user.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, server.password.reveal().c_str());
  }
}

}  // namespace

MailClient::MailClient(MailServer server) : server_(std::move(server)) {
  static const CurlLibrary library;
}

core::Status MailClient::send(const MailMessage& message) const {
  TRY(const auto wire, to_wire(message));
  const std::unique_ptr<CURL, EasyEnd> easy(curl_easy_init());
  const std::unique_ptr<curl_slist, ListEnd> receivers(
      curl_slist_append(nullptr, message.to.reveal().text().c_str()));
  if (!easy || !receivers) return fail(ErrorCode::kUnavailable, "mail.unavailable", "memory");
  Upload upload{wire.reveal()};
  set_server(easy.get(), server_);
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_FROM, message.from.text().c_str());
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_RCPT, receivers.get());
  curl_easy_setopt(easy.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_READFUNCTION, read_letter);
  curl_easy_setopt(easy.get(), CURLOPT_READDATA, &upload);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, ignore_answer);
  curl_easy_setopt(easy.get(), CURLOPT_INFILESIZE_LARGE,
                   static_cast<curl_off_t>(wire.reveal().size()));
  const auto code = curl_easy_perform(easy.get());
  long answer = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &answer);
  return outcome(code, answer);
}

}  // namespace edges::smtp
