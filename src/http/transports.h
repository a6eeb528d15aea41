// Transports: what carries a Connection's bytes: plain TCP, or TLS by OpenSSL through Asio.
// Internal to the HTTP room.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "core/result.h"
#include "http/connection.h"
#include "http/server.h"

namespace boost::asio::ssl {
class context;
}

namespace http {

/// TLS 1.2 and 1.3 with the key and certificate of the files.
/// Errors: kInvalidInput "http.tls_files" unreadable, or key and certificate do not belong
/// together.
[[nodiscard]] core::Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(
    const TlsFiles& files);

/// A connection over an accepted socket; `tls` null for plain TCP. Call start() on the loop.
[[nodiscard]] std::shared_ptr<Connection> make_connection(
    Loop& loop, boost::asio::ip::tcp::socket socket, const ClientAddress& peer,
    const std::shared_ptr<boost::asio::ssl::context>& tls);

}  // namespace http
