#include "http/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include "http/limits.h"
#include "http/text.h"

namespace http {
namespace {

namespace beast = boost::beast;
using boost::system::error_code;
using core::ErrorCode;

auto refuse(std::string_view reason, std::string detail = {}) {
  return core::fail(ErrorCode::kInvalidInput, reason, std::move(detail));
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// Beast's parser, collecting views instead of building a message.
class ViewParser final : public beast::http::basic_parser<true> {
 public:
  ViewParser(Head& head, std::string_view& target, std::string& body)
      : head_(head), target_(target), body_(body) {
    header_limit(static_cast<std::uint32_t>(kHeaderBytesMax));
    body_limit(boost::none);
  }

 private:
  void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target,
                       int version, error_code&) override {
    head_.http11 = version == 11;
    head_.method = view(method);
    target_ = view(target);
  }
  void on_response_impl(int, beast::string_view, int, error_code&) override {}
  void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                     error_code& error) override {
    if (in_body_) return;  // trailers: nothing here wants them, and mixing them in is dangerous
    // A folded line is joined in a buffer of Beast's own: the value then no longer follows its
    // name.
    const bool folded = !value.empty() && (value.data() < name.data() ||
                                           value.data() > name.data() + kHeaderBytesMax);
    const bool split = view(value).find_first_of("\r\n") != std::string_view::npos;
    if (folded || split || head_.fields.size() == kHeaderFieldsMax) {
      error = folded || split ? beast::http::error::bad_value : beast::http::error::header_limit;
      return;
    }
    head_.fields.emplace_back(view(name), view(value));
  }
  void on_header_impl(error_code&) override { in_body_ = true; }
  void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
  std::size_t on_body_impl(beast::string_view bytes, error_code&) override {
    body_.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code&) override {
    body_.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  void on_finish_impl(error_code&) override {}

  Head& head_;
  std::string_view& target_;
  std::string& body_;
  bool in_body_ = false;
};

core::Error error_of(const error_code& error) {
  namespace bh = beast::http;
  std::string_view reason = "http.malformed";
  if (error == bh::error::header_limit) reason = "http.header_too_large";
  if (error == bh::error::body_limit) reason = "http.body_too_large";
  if (error == bh::error::bad_version) reason = "http.version";
  return {ErrorCode::kInvalidInput, std::string(reason), error.message()};
}

// Where the head ends (its empty line included); 0 = not yet. Moves `scanned` over whole lines.
core::Result<std::size_t> find_end(std::string_view bytes, std::size_t& scanned) {
  for (;;) {
    const auto feed = bytes.find('\n', scanned);
    if (feed == std::string_view::npos) return 0;
    if (feed == 0 || bytes[feed - 1] != '\r') return refuse("http.malformed", "bare line feed");
    const bool empty_line = feed == scanned + 1;
    scanned = feed + 1;
    if (empty_line) return scanned;
  }
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_target_text(std::string_view target) {
  return std::all_of(target.begin(), target.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > 0x20 && byte < 0x7F && c != '#' && c != '"' && c != '<' && c != '>' && c != '\\';
  });
}

}  // namespace

class RequestReader::Parser {
 public:
  Head head;
  std::string_view target;
  std::string body;
  std::optional<ViewParser> beast;
};

std::string_view Head::field(std::string_view name) const {
  for (const auto& [known, value] : fields) {
    if (equal_no_case(known, name)) return value;
  }
  return {};
}

RequestReader::RequestReader() : parser_(std::make_unique<Parser>()) {}
RequestReader::~RequestReader() = default;
const Head& RequestReader::head() const { return parser_->head; }

core::Result<std::size_t> RequestReader::read_head(std::string_view buffered) {
  // An empty line before a request line is passed over (RFC 9112, section 2.2).
  std::size_t skipped = 0;
  if (scanned_ == 0 && buffered.starts_with("\r\n")) {
    skipped = 2;
    buffered.remove_prefix(2);
  }
  TRY(const auto size, find_end(buffered, scanned_));
  if (size == 0 || size > kHeaderBytesMax) {
    if (std::max(size, buffered.size()) > kHeaderBytesMax) return refuse("http.header_too_large");
    if (skipped != 0) scanned_ = 0;  // the next call sees the empty line again
    return 0;
  }
  scanned_ = 0;
  auto fields = std::move(parser_->head.fields);  // keeps its memory from request to request
  fields.clear();
  parser_->head = Head{};
  parser_->head.fields = std::move(fields);
  parser_->body.clear();
  auto& beast = parser_->beast.emplace(parser_->head, parser_->target, parser_->body);
  error_code error;
  beast.put(boost::asio::buffer(buffered.data(), size), error);
  if (error) return core::fail(error_of(error));
  if (!beast.is_header_done()) return refuse("http.malformed", "head");
  parser_->head.keep_alive = beast.keep_alive();
  parser_->head.chunked = beast.chunked();
  TRY_VOID(check_head());
  TRY_VOID(split_target());
  return size + skipped;
}

core::Status RequestReader::check_head() {
  auto& head = parser_->head;
  const bool http11 = head.http11;
  int hosts = 0;
  int lengths = 0;
  int encodings = 0;
  for (const auto& [name, value] : head.fields) {
    if (equal_no_case(name, "host")) ++hosts;
    if (equal_no_case(name, "content-length")) {
      if (!all_digits(value)) return refuse("http.malformed", "content-length");
      ++lengths;
    } else if (equal_no_case(name, "transfer-encoding")) {
      if (!equal_no_case(trim(value), "chunked")) return refuse("http.transfer_encoding");
      ++encodings;
    } else if (equal_no_case(name, "expect")) {
      if (!equal_no_case(trim(value), "100-continue")) return refuse("http.expectation");
      head.expects_continue = http11;
    }
  }
  if (hosts > 1 || (http11 && hosts != 1)) return refuse("http.malformed", "host");
  // Two framings, or one given twice, are how one request hides in another.
  if (lengths + encodings > 1) return refuse("http.malformed", "framing");
  if (encodings == 1 && !http11) return refuse("http.malformed", "chunked in HTTP/1.0");
  if (lengths == 1) head.content_length = parser_->beast->content_length().value_or(0);
  return {};
}

core::Status RequestReader::split_target() {
  auto& head = parser_->head;
  auto target = parser_->target;
  if (target.size() > kTargetBytesMax) return refuse("http.uri_too_long");
  if (!is_target_text(target)) return refuse("http.malformed", "target");
  if (target == "*" && head.method == "OPTIONS") {
    head.path = target;
    return {};
  }
  if (!target.starts_with('/')) {
    // absolute-form, as a proxy sends it (RFC 9112, section 3.2.2)
    const auto scheme = target.find("://");
    const bool known =
        scheme != std::string_view::npos && (equal_no_case(target.substr(0, scheme), "http") ||
                                             equal_no_case(target.substr(0, scheme), "https"));
    if (!known) return refuse("http.malformed", "target");
    const auto slash = target.find('/', scheme + 3);
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  head.path = next_part(target, '?');
  head.query = target;
  return {};
}

core::Status RequestReader::limit_body(std::size_t bytes_max) {
  auto& head = parser_->head;
  if (head.content_length.value_or(0) > bytes_max) return refuse("http.body_too_large");
  parser_->beast->body_limit(bytes_max);
  parser_->beast->eager(true);
  if (head.content_length) parser_->body.reserve(static_cast<std::size_t>(*head.content_length));
  return {};
}

core::Result<std::size_t> RequestReader::read_body(std::string_view buffered) {
  auto& beast = *parser_->beast;
  std::size_t taken = 0;
  while (!beast.is_done() && taken < buffered.size()) {
    error_code error;
    const auto rest = buffered.substr(taken);
    const auto n = beast.put(boost::asio::buffer(rest.data(), rest.size()), error);
    taken += n;
    if (error == beast::http::error::need_more) break;
    if (error) return core::fail(error_of(error));
    if (n == 0) break;
  }
  return taken;
}

bool RequestReader::complete() const { return parser_->beast && parser_->beast->is_done(); }
std::string RequestReader::take_body() { return std::move(parser_->body); }

}  // namespace http
