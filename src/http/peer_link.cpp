#include "http/peer_link.h"

#include <openssl/ssl.h>

#include <array>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <optional>
#include <utility>

#include "http/name_lookup.h"

namespace http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;
using core::ErrorCode;
using Deadline = PeerLink::Deadline;

/// More than any datagram of use, and a good piece of a stream.
constexpr std::size_t kReceiveBytes = 64UL * 1024;

auto failed(std::string_view reason, std::string_view step, const error_code& error) {
  return core::fail(ErrorCode::kUnavailable, reason, std::string(step) + ": " + error.message());
}

auto failed_step(std::string_view step, const error_code& error) {
  const bool late = error == asio::error::timed_out;
  return failed(late ? "peer.timeout" : "peer.unreachable", step, error);
}

template <typename Endpoint>
std::string address_text(const Endpoint& endpoint) {
  const auto host = endpoint.address().to_string();
  const auto port = std::to_string(endpoint.port());
  return endpoint.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

core::Result<std::vector<asio::ip::address>> look_up(const PeerAddress& address,
                                                     Deadline deadline) {
  NameLookup lookup;
  const auto found = lookup.find(address.host, deadline);
  if (!found) {
    const bool late = found.error().reason == "client.timeout";
    return core::fail(ErrorCode::kUnavailable, late ? "peer.timeout" : "peer.unreachable", "name");
  }
  std::vector<asio::ip::address> addresses;
  for (const auto& one : *found) addresses.push_back(asio::ip::make_address(one.to_string()));
  return addresses;
}

// What both kinds of link share: operations run on the caller's thread up to a deadline, and a read
// that stays outstanding between calls.
template <typename Socket>
class AsioLink : public PeerLink {
 public:
  AsioLink() : socket_(context_) {}

  [[nodiscard]] core::Status send(core::ByteView bytes, Deadline deadline) override {
    const auto error = run([&](auto done) { start_send(bytes, std::move(done)); }, deadline);
    if (error) return failed_step("send", error);
    return {};
  }

  [[nodiscard]] core::Result<core::Bytes> receive(Deadline deadline) override {
    if (!reading_ && !received_) begin_read();
    while (!received_ && !woken_) {
      context_.restart();
      if (context_.run_one_until(deadline) == 0) break;
    }
    woken_ = false;
    if (!received_) return core::Bytes{};
    const auto [error, size] = *std::exchange(received_, std::nullopt);
    if (error) return failed_step("receive", error);
    return core::Bytes(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(size));
  }

  void wake() override {
    asio::post(context_, [this] { woken_ = true; });
  }

  [[nodiscard]] std::string local_address() const override {
    error_code error;
    const auto endpoint = socket_.local_endpoint(error);
    return error ? std::string() : address_text(endpoint);
  }

 protected:
  using Handler = std::function<void(const error_code&, std::size_t)>;
  virtual void start_send(core::ByteView bytes, Handler done) = 0;
  virtual void start_read(Handler done) = 0;

  // Starts one operation and runs it to its end, or cuts the socket at the deadline.
  template <typename Start>
  error_code run(const Start& start, Deadline deadline) {
    std::optional<error_code> result;
    start([&result](const error_code& error, auto&&...) { result = error; });
    while (!result) {
      context_.restart();
      if (context_.run_one_until(deadline) == 0) break;
    }
    if (result) return *result;
    error_code ignored;
    socket_.close(ignored);
    while (!result) {
      context_.restart();
      context_.run_one();
    }
    return asio::error::timed_out;
  }

  asio::io_context context_{1};
  Socket socket_;
  std::array<std::uint8_t, kReceiveBytes> buffer_{};

 private:
  void begin_read() {
    reading_ = true;
    start_read([this](const error_code& error, std::size_t size) {
      reading_ = false;
      received_ = std::pair(error, size);
    });
  }

  bool reading_ = false;
  bool woken_ = false;
  std::optional<std::pair<error_code, std::size_t>> received_;
};

class StreamLink final : public AsioLink<tcp::socket> {
 public:
  core::Status open(const PeerAddress& address, Deadline deadline) {
    TRY(const auto addresses, look_up(address, deadline));
    error_code error = asio::error::host_not_found;
    for (const auto& one : addresses) {
      error_code ignored;
      socket_.close(ignored);
      const tcp::endpoint peer(one, address.port);
      error = run([&](auto done) { socket_.async_connect(peer, std::move(done)); }, deadline);
      if (!error || error == asio::error::timed_out) break;
    }
    if (error) return failed_step("connect", error);
    error_code ignored;
    socket_.set_option(tcp::no_delay(true), ignored);
    return address.tls ? shake_hands(address, deadline) : core::Status();
  }

 protected:
  void start_send(core::ByteView bytes, Handler done) override {
    const auto buffer = asio::buffer(bytes.data(), bytes.size());
    if (tls_) return asio::async_write(*tls_, buffer, std::move(done));
    asio::async_write(socket_, buffer, std::move(done));
  }
  void start_read(Handler done) override {
    if (tls_) return tls_->async_read_some(asio::buffer(buffer_), std::move(done));
    socket_.async_read_some(asio::buffer(buffer_), std::move(done));
  }

 private:
  core::Status shake_hands(const PeerAddress& address, Deadline deadline) {
    error_code error;
    tls_context_.set_options(asio::ssl::context::default_workarounds |
                                 asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1,
                             error);
    if (address.ca_file.empty()) {
      tls_context_.set_default_verify_paths(error);
    } else {
      tls_context_.load_verify_file(address.ca_file, error);
    }
    if (error) return failed("peer.tls", "certificates", error);
    tls_.emplace(socket_, tls_context_);
    tls_->set_verify_mode(asio::ssl::verify_peer);
    tls_->set_verify_callback(asio::ssl::host_name_verification(address.host));
    asio::ip::make_address(address.host, error);
    auto* const name = const_cast<char*>(address.host.c_str());  // OpenSSL copies it
    // Addresses are not named in the clear (RFC 6066, section 3).
    if (error && SSL_ctrl(tls_->native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME,
                          TLSEXT_NAMETYPE_host_name, name) != 1) {
      return core::fail(ErrorCode::kUnavailable, "peer.tls", "server name");
    }
    const auto shaken = run(
        [&](auto done) { tls_->async_handshake(asio::ssl::stream_base::client, std::move(done)); },
        deadline);
    if (!shaken) return {};
    return failed(shaken == asio::error::timed_out ? "peer.timeout" : "peer.tls", "handshake",
                  shaken);
  }

  asio::ssl::context tls_context_{asio::ssl::context::tls_client};
  std::optional<asio::ssl::stream<tcp::socket&>> tls_;
};

class DatagramLink final : public AsioLink<udp::socket> {
 public:
  core::Status open(const PeerAddress& address, Deadline deadline) {
    TRY(const auto addresses, look_up(address, deadline));
    error_code error = asio::error::host_not_found;
    for (const auto& one : addresses) {
      error_code ignored;
      socket_.close(ignored);
      // A connected socket: the system drops what others send to it.
      socket_.connect(udp::endpoint(one, address.port), error);
      if (!error) return {};
    }
    return failed_step("connect", error);
  }

 protected:
  void start_send(core::ByteView bytes, Handler done) override {
    socket_.async_send(asio::buffer(bytes.data(), bytes.size()), std::move(done));
  }
  void start_read(Handler done) override {
    socket_.async_receive(asio::buffer(buffer_), std::move(done));
  }
};

template <typename Link>
core::Result<std::unique_ptr<PeerLink>> open_link(const PeerAddress& address, Deadline deadline) {
  auto link = std::make_unique<Link>();
  TRY_VOID(link->open(address, deadline));
  return std::unique_ptr<PeerLink>(std::move(link));
}

}  // namespace

core::Result<std::unique_ptr<PeerLink>> open_stream(const PeerAddress& address, Deadline deadline) {
  return open_link<StreamLink>(address, deadline);
}

core::Result<std::unique_ptr<PeerLink>> open_datagrams(const PeerAddress& address,
                                                       Deadline deadline) {
  return open_link<DatagramLink>(address, deadline);
}

}  // namespace http
