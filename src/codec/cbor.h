// Deterministic CBOR (RFC 8949, section 4.2.1) and nothing else: what is signed has one spelling.
// CborDocument decodes without copying: byte and text strings are views into the input. CborValue
// is a handle into a document. All are value types; reading is safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/bytes.h"

namespace codec {

inline constexpr std::size_t kCborDepthMax = 8;
inline constexpr std::size_t kCborItemsMax = 1024;
inline constexpr std::size_t kCborBytesMax = 64UL * 1024;

enum class CborType { kUnsigned, kNegative, kBytes, kText, kArray, kMap, kBool, kNull };

namespace detail {
/// One item in document order; children follow their container.
struct CborNode {
  CborType type = CborType::kNull;
  std::uint32_t next = 0;    ///< index of the first node after this item's subtree
  std::uint64_t number = 0;  ///< value, or -1 - value if negative; children of a container
  const std::uint8_t* data = nullptr;  ///< of a string; its length is `number`
};
}  // namespace detail

class CborItems;

/// One item. Valid as long as its CborDocument and the bytes that were decoded.
/// The as_... functions fail with kInvalidInput "cbor.type" when the item is of another kind.
class CborValue {
 public:
  CborValue(const detail::CborNode* nodes, std::uint32_t index) : nodes_(nodes), index_(index) {}

  [[nodiscard]] CborType type() const { return node().type; }
  [[nodiscard]] core::Result<std::uint64_t> as_unsigned() const;
  /// Also "cbor.type" when the integer does not fit 64 signed bits.
  [[nodiscard]] core::Result<std::int64_t> as_int64() const;
  [[nodiscard]] core::Result<core::ByteView> as_bytes() const;
  [[nodiscard]] core::Result<std::string_view> as_text() const;
  [[nodiscard]] core::Result<bool> as_bool() const;

  /// The items of an array; of a map: key, value, key, value in key order.
  [[nodiscard]] core::Result<CborItems> as_items() const;
  /// The value of a map under an integer key; nothing when absent or when this is no map.
  [[nodiscard]] std::optional<CborValue> find(std::int64_t key) const;
  [[nodiscard]] std::optional<CborValue> find(std::string_view key) const;

 private:
  friend class CborItems;
  [[nodiscard]] const detail::CborNode& node() const { return nodes_[index_]; }

  const detail::CborNode* nodes_;
  std::uint32_t index_;
};

/// The direct children of an array or a map, for range-for.
class CborItems {
 public:
  class Iterator {
   public:
    Iterator(const detail::CborNode* nodes, std::uint32_t index) : nodes_(nodes), index_(index) {}
    CborValue operator*() const { return {nodes_, index_}; }
    Iterator& operator++() {
      index_ = nodes_[index_].next;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const detail::CborNode* nodes_;
    std::uint32_t index_;
  };

  explicit CborItems(const CborValue& container);
  [[nodiscard]] Iterator begin() const { return {nodes_, first_}; }
  [[nodiscard]] Iterator end() const { return {nodes_, last_}; }
  /// How many: two for each entry of a map.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  const detail::CborNode* nodes_;
  std::uint32_t first_;
  std::uint32_t last_;
  std::size_t size_;
};

/// One decoded item with everything below it.
class CborDocument {
 public:
  /// Decodes exactly one item; the bytes must outlive the document.
  /// Errors: kInvalidInput "cbor.malformed" truncated, lying length, trailing bytes, text that is
  ///         not UTF-8, reserved or unassigned heads; "cbor.not_canonical" outside the subset: a
  ///         head that is not the shortest, indefinite length, map keys unsorted, repeated or
  ///         neither integer nor text, float, tag, undefined; "cbor.too_deep" (kCborDepthMax);
  ///         "cbor.too_large" (kCborBytesMax, kCborItemsMax). Detail: the byte position.
  [[nodiscard]] static core::Result<CborDocument> decode(core::ByteView bytes);

  /// Decodes the item that `bytes` begin with; `used` is told how many bytes it took.
  /// Errors: those of decode, but for trailing bytes.
  [[nodiscard]] static core::Result<CborDocument> decode_first(core::ByteView bytes,
                                                               std::size_t& used);

  [[nodiscard]] CborValue root() const { return {nodes_.data(), 0}; }

 private:
  explicit CborDocument(std::vector<detail::CborNode> nodes) : nodes_(std::move(nodes)) {}
  std::vector<detail::CborNode> nodes_;
};

}  // namespace codec
