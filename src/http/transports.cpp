#include "http/transports.h"

#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <string_view>
#include <utility>

namespace http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using TlsContext = asio::ssl::context;

class PlainConnection final : public Connection {
 public:
  PlainConnection(Loop& loop, tcp::socket socket, const ClientAddress& peer)
      : Connection(loop, peer), socket_(std::move(socket)) {}

  void start() override {
    enrol();
    open();
  }

 private:
  std::shared_ptr<PlainConnection> self() {
    return std::static_pointer_cast<PlainConnection>(shared_from_this());
  }

  void read_some(asio::mutable_buffer into) override {
    socket_.async_read_some(
        into, [self = self()](const error_code& e, std::size_t n) { self->on_read(e, n); });
  }

  // Nearly every answer fits the socket's buffer, so it is tried at once; waiting is the exception.
  Written write(const Buffers& buffers) override {
    error_code error;
    const auto sent = socket_.write_some(buffers, error);
    if (!error && sent == asio::buffer_size(buffers)) return Written::kDone;
    if (error && error != asio::error::would_block) return Written::kFailed;
    Buffers rest = buffers;
    const auto from_first = std::min(sent, rest[0].size());
    rest[0] += from_first;
    rest[1] += sent - from_first;
    asio::async_write(socket_, rest,
                      [self = self()](const error_code& e, std::size_t) { self->on_written(e); });
    return Written::kPending;
  }

  void end_output() override {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void close_socket() override {
    error_code ignored;
    socket_.close(ignored);
  }

  tcp::socket socket_;
};

class TlsConnection final : public Connection {
 public:
  TlsConnection(Loop& loop, tcp::socket socket, const ClientAddress& peer,
                std::shared_ptr<TlsContext> context)
      : Connection(loop, peer),
        context_(std::move(context)),
        stream_(std::move(socket), *context_) {}

  void start() override {
    enrol();
    stream_.async_handshake(asio::ssl::stream_base::server, [self = self()](const error_code& e) {
      if (e) return self->close();
      self->open();
    });
  }

 private:
  std::shared_ptr<TlsConnection> self() {
    return std::static_pointer_cast<TlsConnection>(shared_from_this());
  }

  void read_some(asio::mutable_buffer into) override {
    stream_.async_read_some(
        into, [self = self()](const error_code& e, std::size_t n) { self->on_read(e, n); });
  }

  Written write(const Buffers& buffers) override {
    asio::async_write(stream_, buffers,
                      [self = self()](const error_code& e, std::size_t) { self->on_written(e); });
    return Written::kPending;
  }

  // close_notify: without it a peer cannot tell the end of an answer from a cut connection.
  void end_output() override {
    stream_.async_shutdown([self = self()](const error_code&) { self->close(); });
  }

  void close_socket() override {
    error_code ignored;
    stream_.lowest_layer().close(ignored);
  }

  std::shared_ptr<TlsContext> context_;
  asio::ssl::stream<tcp::socket> stream_;
};

int choose_http11(SSL*, const unsigned char** out, unsigned char* out_size,
                  const unsigned char* offered, unsigned int offered_size, void*) {
  constexpr std::string_view kOurs("\x08http/1.1");
  auto* const ours = reinterpret_cast<const unsigned char*>(kOurs.data());
  unsigned char* chosen = nullptr;
  const int result = SSL_select_next_proto(
      &chosen, out_size, ours, static_cast<unsigned int>(kOurs.size()), offered, offered_size);
  *out = chosen;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

core::Result<std::shared_ptr<TlsContext>> make_tls_context(const TlsFiles& files) {
  auto context = std::make_shared<TlsContext>(TlsContext::tls_server);
  error_code error;
  const auto failed = [&](std::string_view step) {
    return core::fail(core::ErrorCode::kInvalidInput, "http.tls_files",
                      std::string(step) + ": " + error.message());
  };
  context->set_options(TlsContext::default_workarounds | TlsContext::no_sslv2 |
                           TlsContext::no_sslv3 | TlsContext::no_tlsv1 | TlsContext::no_tlsv1_1 |
                           TlsContext::single_dh_use | SSL_OP_NO_RENEGOTIATION |
                           SSL_OP_CIPHER_SERVER_PREFERENCE,
                       error);
  if (error) return failed("options");
  context->use_certificate_chain_file(files.certificate_chain_file, error);
  if (error) return failed(files.certificate_chain_file);
  context->use_private_key_file(files.private_key_file, TlsContext::pem, error);
  if (error) return failed(files.private_key_file);
  if (SSL_CTX_check_private_key(context->native_handle()) != 1) return failed("key mismatch");
  SSL_CTX_set_alpn_select_cb(context->native_handle(), choose_http11, nullptr);
  return context;
}

std::shared_ptr<Connection> make_connection(Loop& loop, tcp::socket socket,
                                            const ClientAddress& peer,
                                            const std::shared_ptr<TlsContext>& tls) {
  if (tls) return std::make_shared<TlsConnection>(loop, std::move(socket), peer, tls);
  return std::make_shared<PlainConnection>(loop, std::move(socket), peer);
}

}  // namespace http
