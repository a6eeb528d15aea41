// ClientLink: one connection to a peer, TCP or TLS, used by one call at a time and kept between
// calls. Every step is an asynchronous operation run on the caller's own thread up to a deadline.
// Internal to the HTTP room.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "core/result.h"
#include "http/client_address.h"
#include "http/client_url.h"

namespace http {

class ClientLink {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  using WireRequest = boost::beast::http::request<boost::beast::http::string_body>;
  using WireParser = boost::beast::http::response_parser<boost::beast::http::string_body>;

  ClientLink() : socket_(context_) {}

  /// Connects to the first address that answers and, for https, shakes hands and checks the name.
  /// Errors: kUnavailable "client.unreachable", "client.timeout", "client.tls".
  [[nodiscard]] core::Status open(const ClientUrl& url, const std::vector<ClientAddress>& addresses,
                                  boost::asio::ssl::context& tls, Deadline deadline);
  /// Sends the request and reads the answer into the parser.
  /// Errors: kUnavailable "client.unreachable", "client.timeout", "client.too_large",
  ///         "client.malformed", "client.tls".
  [[nodiscard]] core::Status exchange(const WireRequest& request, WireParser& parser,
                                      Deadline deadline);
  /// False when the peer has hung up or spoken out of turn since the last answer.
  [[nodiscard]] bool is_quiet();
  /// Whether any byte of an answer has come in the last exchange.
  [[nodiscard]] bool heard() const { return heard_; }

  std::chrono::steady_clock::time_point idle_since;

 private:
  using Tls = boost::asio::ssl::stream<boost::asio::ip::tcp::socket&>;

  template <typename Start>
  [[nodiscard]] boost::system::error_code run(const Start& start, Deadline deadline);
  template <typename Stream>
  [[nodiscard]] core::Status exchange_over(Stream& stream, const WireRequest& request,
                                           WireParser& parser, Deadline deadline);
  [[nodiscard]] core::Status shake_hands(const ClientUrl& url, boost::asio::ssl::context& tls,
                                         Deadline deadline);

  boost::asio::io_context context_{1};
  boost::asio::ip::tcp::socket socket_;
  std::optional<Tls> tls_;
  boost::beast::flat_buffer buffer_;
  bool heard_ = false;
};

}  // namespace http
