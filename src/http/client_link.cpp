#include "http/client_link.h"

#include <openssl/ssl.h>

#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <string>

#include "http/limits.h"

namespace http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;
using core::ErrorCode;

auto failed(std::string_view reason, std::string_view step, const error_code& error) {
  return core::fail(ErrorCode::kUnavailable, reason, std::string(step) + ": " + error.message());
}

auto failed_step(std::string_view step, const error_code& error) {
  namespace bh = beast::http;
  if (error == asio::error::timed_out) return failed("client.timeout", step, error);
  if (error == bh::error::body_limit || error == bh::error::header_limit ||
      error == bh::error::buffer_overflow) {
    return failed("client.too_large", step, error);
  }
  if (error == bh::error::end_of_stream || error == bh::error::partial_message) {
    return failed("client.unreachable", step, error);
  }
  if (error.category() == bh::make_error_code(bh::error::bad_version).category()) {
    return failed("client.malformed", step, error);
  }
  if (error.category() == asio::error::get_ssl_category()) return failed("client.tls", step, error);
  return failed("client.unreachable", step, error);
}

tcp::endpoint endpoint_of(const ClientAddress& address, const std::string& port) {
  return {asio::ip::make_address(address.to_string()),
          static_cast<std::uint16_t>(std::stoul(port))};
}

}  // namespace

// Starts one operation and runs it to its end, or cuts the socket at the deadline.
template <typename Start>
error_code ClientLink::run(const Start& start, Deadline deadline) {
  bool done = false;
  error_code result;
  start([&](const error_code& error, auto&&...) {
    done = true;
    result = error;
  });
  context_.restart();
  context_.run_until(deadline);
  if (done) return result;
  error_code ignored;
  socket_.close(ignored);
  context_.restart();
  context_.run();
  return asio::error::timed_out;
}

core::Status ClientLink::open(const ClientUrl& url, const std::vector<ClientAddress>& addresses,
                              asio::ssl::context& tls, Deadline deadline) {
  error_code error = asio::error::host_not_found;
  for (const auto& address : addresses) {
    error_code ignored;
    socket_.close(ignored);
    error = run(
        [&](auto done) { socket_.async_connect(endpoint_of(address, url.port), std::move(done)); },
        deadline);
    if (!error || error == asio::error::timed_out) break;
  }
  if (error) return failed_step("connect", error);
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  return url.tls ? shake_hands(url, tls, deadline) : core::Status();
}

core::Status ClientLink::shake_hands(const ClientUrl& url, asio::ssl::context& tls,
                                     Deadline deadline) {
  tls_.emplace(socket_, tls);
  auto* const handle = tls_->native_handle();
  tls_->set_verify_mode(asio::ssl::verify_peer);
  tls_->set_verify_callback(asio::ssl::host_name_verification(url.host));
  const bool is_literal = ClientAddress::parse(url.host).has_value();
  // The name in the clear (SNI) is not defined for addresses (RFC 6066, section 3).
  auto* const name = const_cast<char*>(url.host.c_str());  // OpenSSL copies and does not write it
  if (!is_literal &&
      SSL_ctrl(handle, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name) != 1) {
    return core::fail(ErrorCode::kUnavailable, "client.tls", "server name");
  }
  const auto error = run(
      [&](auto done) { tls_->async_handshake(asio::ssl::stream_base::client, std::move(done)); },
      deadline);
  if (!error) return {};
  const bool timeout = error == asio::error::timed_out;
  return failed(timeout ? "client.timeout" : "client.tls", "handshake", error);
}

template <typename Stream>
core::Status ClientLink::exchange_over(Stream& stream, const WireRequest& request,
                                       WireParser& parser, Deadline deadline) {
  auto error =
      run([&](auto done) { beast::http::async_write(stream, request, std::move(done)); }, deadline);
  if (error) return failed_step("write", error);
  // The head by itself first: that is when the peer is known to have taken the request.
  error = run(
      [&](auto done) { beast::http::async_read_header(stream, buffer_, parser, std::move(done)); },
      deadline);
  heard_ = parser.got_some() || buffer_.size() > 0;
  if (error) return failed_step("read", error);
  if (parser.is_done()) return {};
  error = run([&](auto done) { beast::http::async_read(stream, buffer_, parser, std::move(done)); },
              deadline);
  if (error) return failed_step("read", error);
  return {};
}

core::Status ClientLink::exchange(const WireRequest& request, WireParser& parser,
                                  Deadline deadline) {
  heard_ = false;
  if (tls_) return exchange_over(*tls_, request, parser, deadline);
  return exchange_over(socket_, request, parser, deadline);
}

bool ClientLink::is_quiet() {
  if (!socket_.is_open() || buffer_.size() > 0) return false;
  char byte = 0;
  error_code error;
  socket_.non_blocking(true, error);
  if (error) return false;
  socket_.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, error);
  return error == asio::error::would_block;
}

}  // namespace http
