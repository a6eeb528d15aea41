#include "app/wiring/witness_push.h"

#include <charconv>

#include "audit/checkpoint.h"
#include "codec/base64url.h"

namespace app {
namespace {

using core::ErrorCode;
using core::fail;

constexpr core::Duration kAfterFailure = std::chrono::seconds(60);
constexpr std::size_t kAnswerBytesMax = 64UL * 1024;
/// A size, a newline, nothing else.
constexpr std::size_t kSizeBytesMax = 21;

std::uint64_t size_of(std::string_view note) {
  const auto parsed = audit::SignedNote::parse(note);
  if (!parsed) return 0;
  const auto checkpoint = audit::Checkpoint::parse(parsed->text);
  return checkpoint ? checkpoint->head.size : 0;
}

core::Result<std::uint64_t> told_size(const http::ClientResponse& answer) {
  std::string_view text = answer.body;
  if (answer.field("content-type") == "text/x.tlog.size" && text.size() <= kSizeBytesMax &&
      text.ends_with('\n')) {
    text.remove_suffix(1);
    std::uint64_t size = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), size);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size()) return size;
  }
  // Two roots of one size: the one answer that must never come.
  return fail(ErrorCode::kUnavailable, "witness.conflict", answer.body.substr(0, 200));
}

}  // namespace

WitnessPush::WitnessPush(audit::LogService& log, http::HttpCaller& caller,
                         const std::vector<WitnessSetting>& witnesses)
    : log_(log), caller_(caller) {
  for (const auto& one : witnesses) {
    if (!one.url.empty()) peers_.push_back({one.key.name(), one.url, 0, false, {}});
  }
}

core::Result<http::ClientResponse> WitnessPush::submit(const Peer& peer,
                                                       const audit::ConsistencyPage& page) {
  http::ClientRequest request;
  request.method = http::Method::kPost;
  request.url = peer.url + "/add-checkpoint";
  request.fields = {{"Content-Type", "text/plain; charset=utf-8"}};
  request.response_bytes_max = kAnswerBytesMax;
  request.body = "old " + std::to_string(peer.seen) + "\n";
  for (const auto& hash : page.proof) request.body += codec::to_base64(hash) + "\n";
  request.body += "\n" + page.checkpoint;
  return caller_.call(request);
}

core::Status WitnessPush::push(Peer& peer, core::Instant now) {
  // Once more after it has told what it saw last.
  for (int round = 0; round < 2; ++round) {
    const auto page = log_.consistency(peer.seen);
    if (!page && page.error().reason == "proof.sizes") {
      return fail(ErrorCode::kUnavailable, "witness.ahead",
                  "it cosigned " + std::to_string(peer.seen) + " entries, more than there are");
    }
    if (!page) return fail(page.error());
    const auto size = size_of(page->checkpoint);
    if (peer.is_known && size == peer.seen) return {};
    TRY(const auto answer, submit(peer, *page));
    if (answer.status == 200) {
      TRY_VOID(log_.add_cosignatures(page->checkpoint + answer.body, now));
      peer.seen = size;
      peer.is_known = true;
      return {};
    }
    if (answer.status != 409) {
      return fail(ErrorCode::kUnavailable, "witness.refused", std::to_string(answer.status));
    }
    TRY(peer.seen, told_size(answer));
  }
  return fail(ErrorCode::kUnavailable, "witness.conflict", "it names one size after another");
}

void WitnessPush::run_once(core::Instant now, JsonLog& log) {
  for (auto& peer : peers_) {
    if (now < peer.not_before) continue;
    const auto done = push(peer, now);
    if (done || done.error().reason == "checkpoint.none") continue;
    peer.not_before = now + kAfterFailure;
    log.failure("log.witness_failed", core::Error{done.error().code, done.error().reason,
                                                  peer.name + ": " + done.error().detail});
  }
}

}  // namespace app
