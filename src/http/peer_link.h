// PeerLink: a connection to a peer that speaks something other than HTTP: a stream over TCP or TLS,
// or datagrams over UDP. For edges, which own the protocol. One thread uses it; wake() may come
// from any. Every wait has a deadline.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/bytes.h"
#include "core/result.h"

namespace http {

struct PeerAddress {
  std::string host;
  std::uint16_t port = 0;
  bool tls = false;     ///< of a stream
  std::string ca_file;  ///< with TLS; empty = the system's
};

class PeerLink {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  virtual ~PeerLink() = default;

  /// Sends all of it, or one datagram. Errors: kUnavailable "peer.unreachable", "peer.timeout".
  [[nodiscard]] virtual core::Status send(core::ByteView bytes, Deadline deadline) = 0;
  /// What has arrived, or one datagram. Empty if nothing came until the deadline or wake().
  /// Errors: kUnavailable "peer.unreachable" the peer has hung up or cannot be reached.
  [[nodiscard]] virtual core::Result<core::Bytes> receive(Deadline deadline) = 0;
  /// Ends a receive() that waits, or the next one. Any thread.
  virtual void wake() = 0;
  /// "127.0.0.1:40506", "[::1]:40506": our end, as the peer's network sees it here.
  [[nodiscard]] virtual std::string local_address() const = 0;
};

/// Connects, and shakes hands and checks the peer's name with TLS.
/// Errors: kUnavailable "peer.unreachable", "peer.timeout", "peer.tls".
[[nodiscard]] core::Result<std::unique_ptr<PeerLink>> open_stream(const PeerAddress& address,
                                                                  PeerLink::Deadline deadline);
/// A socket that sends to the peer alone and hears nobody else. Errors: as above, without TLS.
[[nodiscard]] core::Result<std::unique_ptr<PeerLink>> open_datagrams(const PeerAddress& address,
                                                                     PeerLink::Deadline deadline);

}  // namespace http
