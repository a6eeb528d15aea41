#include "codec/cbor.h"
#include "codec/cbor_writer.h"
#include "fuzz/fuzz_target.h"

namespace {

/// Writes a value again; false when it holds an integer below the writer's range.
bool rewrite(const codec::CborValue& value, codec::CborWriter& writer) {
  using codec::CborType;
  const auto items = value.as_items();
  if (items && value.type() == CborType::kArray) writer.array(items->size());
  if (items && value.type() == CborType::kMap) writer.map(items->size() / 2);
  if (items) {
    for (const auto item : *items) {
      if (!rewrite(item, writer)) return false;
    }
    return true;
  }
  if (value.type() == CborType::kNegative && !value.as_int64()) return false;
  if (const auto number = value.as_unsigned()) {
    writer.unsigned_integer(*number);
  } else if (const auto negative = value.as_int64()) {
    writer.integer(*negative);
  } else if (const auto bytes = value.as_bytes()) {
    writer.bytes(*bytes);
  } else if (const auto text = value.as_text()) {
    writer.text(*text);
  } else if (const auto flag = value.as_bool()) {
    writer.boolean(*flag);
  } else {
    writer.null();
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const core::ByteView input(data, size);
  const auto document = codec::CborDocument::decode(input);
  if (!document) return 0;
  codec::CborWriter writer;
  if (rewrite(document->root(), writer)) CORE_ASSERT(writer.finish() == core::to_bytes(input));
  static_cast<void>(document->root().find(1));
  static_cast<void>(document->root().find("a"));
  return 0;
}
