#include "codec/cbor.h"

#include <cbor.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "codec/utf8.h"

namespace codec {
namespace {

using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using detail::CborNode;

/// What the callbacks of libcbor say about one head.
struct Head {
  CborNode node;
  std::uint64_t argument = 0;  ///< what stands in the head: decides its shortest length
  bool outside_subset = false;
};

Head& head_of(void* context) { return *static_cast<Head*>(context); }

void set(void* context, CborType type, std::uint64_t number) {
  Head& head = head_of(context);
  head.node.type = type;
  head.node.number = number;
  head.argument = number;
}
template <typename Number>
void on_unsigned(void* context, Number value) {
  set(context, CborType::kUnsigned, value);
}
template <typename Number>
void on_negative(void* context, Number value) {
  set(context, CborType::kNegative, value);
}
template <CborType type>
void on_string(void* context, cbor_data data, std::size_t length) {
  set(context, type, length);
  head_of(context).node.data = data;
}
template <CborType type>
void on_container(void* context, std::size_t size) {
  set(context, type, size);
}
void on_bool(void* context, bool value) {
  set(context, CborType::kBool, 0);  // the argument of a simple value is in its first byte
  head_of(context).node.number = value ? 1 : 0;
}
void on_null(void* context) { set(context, CborType::kNull, 0); }
void refuse_simple(void* context) { head_of(context).outside_subset = true; }
void refuse_float(void* context, float) { head_of(context).outside_subset = true; }
void refuse_double(void* context, double) { head_of(context).outside_subset = true; }
void refuse_tag(void* context, std::uint64_t) { head_of(context).outside_subset = true; }

constexpr cbor_callbacks kCallbacks = {
    .uint8 = on_unsigned<std::uint8_t>,
    .uint16 = on_unsigned<std::uint16_t>,
    .uint32 = on_unsigned<std::uint32_t>,
    .uint64 = on_unsigned<std::uint64_t>,
    .negint64 = on_negative<std::uint64_t>,
    .negint32 = on_negative<std::uint32_t>,
    .negint16 = on_negative<std::uint16_t>,
    .negint8 = on_negative<std::uint8_t>,
    .byte_string_start = refuse_simple,
    .byte_string = on_string<CborType::kBytes>,
    .string = on_string<CborType::kText>,
    .string_start = refuse_simple,
    .indef_array_start = refuse_simple,
    .array_start = on_container<CborType::kArray>,
    .indef_map_start = refuse_simple,
    .map_start = on_container<CborType::kMap>,
    .tag = refuse_tag,
    .float2 = refuse_float,
    .float4 = refuse_float,
    .float8 = refuse_double,
    .undefined = refuse_simple,
    .null = on_null,
    .boolean = on_bool,
    .indef_break = refuse_simple,
};

/// Bytes of the shortest head with this argument. Source: RFC 8949, section 4.2.1.
std::size_t shortest_head(std::uint64_t argument) {
  if (argument < 24) return 1;
  if (argument <= UINT8_MAX) return 2;
  if (argument <= UINT16_MAX) return 3;
  return argument <= UINT32_MAX ? 5 : 9;
}

bool is_string(CborType type) { return type == CborType::kBytes || type == CborType::kText; }
bool is_container(CborType type) { return type == CborType::kArray || type == CborType::kMap; }
bool is_tag(ByteView head) { return !head.empty() && head[0] >> 5U == 6; }
bool may_be_key(CborType type) {
  return type == CborType::kUnsigned || type == CborType::kNegative || type == CborType::kText;
}

/// Reads one item with everything below it, without recursion.
class Decoder {
 public:
  explicit Decoder(ByteView bytes) : bytes_(bytes) { nodes_.reserve(kNodesExpected); }

  Result<std::vector<CborNode>> run() {
    if (bytes_.size() > kCborBytesMax) return refuse("cbor.too_large");
    do {
      if (const auto reason = next_item(); !reason.empty()) return refuse(reason);
    } while (depth_ > 0);
    return std::move(nodes_);
  }

  [[nodiscard]] std::size_t used() const { return position_; }
  [[nodiscard]] tl::unexpected<core::Error> refuse(std::string_view reason) const {
    return fail(ErrorCode::kInvalidInput, reason, "at byte " + std::to_string(position_));
  }

 private:
  static constexpr std::size_t kNodesExpected = 16;

  struct Open {
    std::uint32_t node = 0;
    std::uint64_t items_left = 0;
    bool is_map = false;
    ByteView last_key;
  };

  /// Empty, or the reason to refuse.
  std::string_view next_item() {
    if (nodes_.size() >= kCborItemsMax) return "cbor.too_large";
    const ByteView rest = bytes_.subspan(position_);
    Head head;
    const auto outcome = cbor_stream_decode(rest.data(), rest.size(), &kCallbacks, &head);
    if (outcome.status != CBOR_DECODER_FINISHED) {
      // libcbor knows few tags and calls the others an error; for us all are the same.
      return is_tag(rest) ? "cbor.not_canonical" : "cbor.malformed";
    }
    if (head.outside_subset) return "cbor.not_canonical";
    const std::size_t content = is_string(head.node.type) ? head.node.number : 0;
    if (outcome.read - content != shortest_head(head.argument)) return "cbor.not_canonical";
    if (head.node.type == CborType::kText && !is_utf8({text_of(head.node), content})) {
      return "cbor.malformed";
    }
    if (const auto reason = check_key(head.node.type, rest.first(outcome.read)); !reason.empty()) {
      return reason;
    }
    position_ += outcome.read;
    return append(head.node);
  }

  static const char* text_of(const CborNode& node) {
    return node.number == 0 ? "" : reinterpret_cast<const char*>(node.data);
  }

  std::string_view check_key(CborType type, ByteView encoded) {
    if (depth_ == 0) return {};
    Open& parent = open_[depth_ - 1];
    const bool at_key = parent.is_map && parent.items_left % 2 == 0;
    if (!at_key) return {};
    if (!may_be_key(type)) return "cbor.not_canonical";
    if (!std::ranges::lexicographical_compare(parent.last_key, encoded)) {
      return "cbor.not_canonical";
    }
    parent.last_key = encoded;
    return {};
  }

  std::string_view append(const CborNode& node) {
    nodes_.push_back(node);
    const auto index = static_cast<std::uint32_t>(nodes_.size() - 1);
    if (!is_container(node.type)) {
      close_finished();
      return {};
    }
    // A lying count cannot reserve anything: every item takes at least one byte of what is left.
    if (node.number > bytes_.size() - position_) return "cbor.malformed";
    if (depth_ == kCborDepthMax) return "cbor.too_deep";
    const bool is_map = node.type == CborType::kMap;
    open_[depth_++] = {.node = index,
                       .items_left = node.number * (is_map ? 2 : 1),
                       .is_map = is_map,
                       .last_key = {}};
    if (node.number == 0) close_empty();
    return {};
  }

  void close_empty() {
    --depth_;
    nodes_[open_[depth_].node].next = static_cast<std::uint32_t>(nodes_.size());
    close_finished();
  }

  /// The newest item is whole: counts it in its parent, and the parent in its own when full.
  void close_finished() {
    const auto end = static_cast<std::uint32_t>(nodes_.size());
    nodes_.back().next = end;
    while (depth_ > 0 && --open_[depth_ - 1].items_left == 0) {
      --depth_;
      nodes_[open_[depth_].node].next = end;
    }
  }

  ByteView bytes_;
  std::size_t position_ = 0;
  std::vector<CborNode> nodes_;
  std::array<Open, kCborDepthMax> open_;
  std::size_t depth_ = 0;
};

auto wrong_type() { return fail(ErrorCode::kInvalidInput, "cbor.type"); }

}  // namespace

Result<CborDocument> CborDocument::decode(ByteView bytes) {
  Decoder decoder(bytes);
  TRY(auto nodes, decoder.run());
  if (decoder.used() != bytes.size()) return decoder.refuse("cbor.malformed");
  return CborDocument(std::move(nodes));
}

Result<CborDocument> CborDocument::decode_first(ByteView bytes, std::size_t& used) {
  Decoder decoder(bytes);
  TRY(auto nodes, decoder.run());
  used = decoder.used();
  return CborDocument(std::move(nodes));
}

Result<std::uint64_t> CborValue::as_unsigned() const {
  if (type() != CborType::kUnsigned) return wrong_type();
  return node().number;
}

Result<std::int64_t> CborValue::as_int64() const {
  const bool integer = type() == CborType::kUnsigned || type() == CborType::kNegative;
  if (!integer || node().number > INT64_MAX) return wrong_type();
  const auto number = static_cast<std::int64_t>(node().number);
  return type() == CborType::kUnsigned ? number : -1 - number;
}

Result<ByteView> CborValue::as_bytes() const {
  if (type() != CborType::kBytes) return wrong_type();
  return ByteView(node().data, node().number);
}

Result<std::string_view> CborValue::as_text() const {
  if (type() != CborType::kText) return wrong_type();
  return core::as_text(ByteView(node().data, node().number));
}

Result<bool> CborValue::as_bool() const {
  if (type() != CborType::kBool) return wrong_type();
  return node().number == 1;
}

Result<CborItems> CborValue::as_items() const {
  if (!is_container(type())) return wrong_type();
  return CborItems(*this);
}

std::optional<CborValue> CborValue::find(std::int64_t key) const {
  if (type() != CborType::kMap) return std::nullopt;
  const CborNode wanted{.type = key < 0 ? CborType::kNegative : CborType::kUnsigned,
                        .number = static_cast<std::uint64_t>(key < 0 ? -1 - key : key)};
  for (std::uint32_t at = index_ + 1; at < node().next; at = nodes_[at + 1].next) {
    const CborNode& found = nodes_[at];
    if (found.type == wanted.type && found.number == wanted.number)
      return CborValue(nodes_, at + 1);
  }
  return std::nullopt;
}

std::optional<CborValue> CborValue::find(std::string_view key) const {
  if (type() != CborType::kMap) return std::nullopt;
  for (std::uint32_t at = index_ + 1; at < node().next; at = nodes_[at + 1].next) {
    const auto found = CborValue(nodes_, at).as_text();
    if (found && *found == key) return CborValue(nodes_, at + 1);
  }
  return std::nullopt;
}

CborItems::CborItems(const CborValue& container)
    : nodes_(container.nodes_),
      first_(container.index_ + 1),
      last_(container.node().next),
      size_(container.node().number * (container.type() == CborType::kMap ? 2 : 1)) {}

}  // namespace codec
