#include "codec/json.h"
#include "codec/utf8.h"
#include "fuzz/fuzz_target.h"

namespace {

/// Boost.JSON may round the last digit of a double, so only trees without one come back exactly.
bool has_double(const codec::Json& value) {
  if (value.is_double()) return true;
  bool found = false;
  if (const auto* array = value.if_array()) {
    for (const auto& item : *array) found = found || has_double(item);
  }
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) found = found || has_double(member.value());
  }
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = core::as_text({data, size});
  const auto value = codec::parse_json(text);
  if (!value) return 0;
  CORE_ASSERT(codec::is_utf8(text));
  const auto again = codec::parse_json(codec::to_text(*value), {.bytes_max = 1UL << 20U});
  CORE_ASSERT(again.has_value());
  if (!has_double(*value)) CORE_ASSERT(codec::to_text(*again) == codec::to_text(*value));
  auto fields = codec::JsonFields::of(*value);
  if (!fields) return 0;
  static_cast<void>(fields->string("s", 8));
  static_cast<void>(fields->optional_int64("n", -1, 1));
  static_cast<void>(fields->array("a", 4));
  static_cast<void>(fields->finish());
  return 0;
}
