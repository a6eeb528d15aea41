#include "codec/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>

namespace codec {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::Status;

namespace bj = boost::json;

/// Receives the events of Boost's parser and builds the tree. Boost's own builder keeps the last of
/// two equal names, which lets two programs read one text differently; this one refuses.
class TreeHandler {
 public:
  // Names that basic_parser asks for; our own limits are tighter.
  static constexpr std::size_t max_object_size = SIZE_MAX;  // NOLINT(readability-identifier-naming)
  static constexpr std::size_t max_array_size = SIZE_MAX;   // NOLINT(readability-identifier-naming)
  static constexpr std::size_t max_key_size = SIZE_MAX;     // NOLINT(readability-identifier-naming)
  static constexpr std::size_t max_string_size = SIZE_MAX;  // NOLINT(readability-identifier-naming)

  explicit TreeHandler(const JsonLimits& limits) : limits_(limits) {}

  [[nodiscard]] std::string_view reason() const { return reason_; }
  [[nodiscard]] Json&& take() { return std::move(root_); }

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }
  bool on_object_begin(bj::error_code& ec) { return open(JsonObject{}, ec); }
  bool on_object_end(std::size_t, bj::error_code&) { return close(); }
  bool on_array_begin(bj::error_code& ec) { return open(JsonArray{}, ec); }
  bool on_array_end(std::size_t, bj::error_code&) { return close(); }
  bool on_key_part(bj::string_view part, std::size_t total, bj::error_code& ec) {
    return collect(part, total, ec);
  }
  bool on_key(bj::string_view part, std::size_t total, bj::error_code& ec) {
    if (!collect(part, total, ec)) return false;
    keys_.back() = std::move(text_);
    text_.clear();
    return true;
  }
  bool on_string_part(bj::string_view part, std::size_t total, bj::error_code& ec) {
    return collect(part, total, ec);
  }
  bool on_string(bj::string_view part, std::size_t total, bj::error_code& ec) {
    if (!collect(part, total, ec)) return false;
    const bool added = add(Json(bj::string_view(text_)), ec) != nullptr;
    text_.clear();
    return added;
  }
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t value, bj::string_view, bj::error_code& ec) {
    return add(Json(value), ec) != nullptr;
  }
  bool on_uint64(std::uint64_t value, bj::string_view, bj::error_code& ec) {
    return add(Json(value), ec) != nullptr;
  }
  bool on_double(double value, bj::string_view, bj::error_code& ec) {
    if (!std::isfinite(value)) return refuse("json.malformed", ec);
    return add(Json(value), ec) != nullptr;
  }
  bool on_bool(bool value, bj::error_code& ec) { return add(Json(value), ec) != nullptr; }
  bool on_null(bj::error_code& ec) { return add(Json(nullptr), ec) != nullptr; }
  bool on_comment_part(bj::string_view, bj::error_code& ec) { return refuse("json.malformed", ec); }
  bool on_comment(bj::string_view, bj::error_code& ec) { return refuse("json.malformed", ec); }

 private:
  bool refuse(std::string_view reason, bj::error_code& ec) {
    reason_ = reason;
    ec = bj::error::syntax;
    return false;
  }

  bool collect(bj::string_view part, std::size_t total, bj::error_code& ec) {
    if (total > limits_.string_max) return refuse("json.too_large", ec);
    // U+0000 ends a text for C libraries and PostgreSQL: what they would see is not what we
    // checked.
    if (part.find('\0') != bj::string_view::npos) return refuse("json.malformed", ec);
    text_.append(part.data(), part.size());
    return true;
  }

  /// Puts the value where it belongs; nullptr when refused. The place stays valid while it is open:
  /// its parent grows again only after it is closed.
  Json* add(Json&& value, bj::error_code& ec) {
    if (++values_ > limits_.values_max) {
      refuse("json.too_large", ec);
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (JsonArray* array = open_.back()->if_array()) {
      return &array->emplace_back(std::move(value));
    }
    JsonObject& object = open_.back()->get_object();
    if (object.size() >= limits_.object_members_max) {
      refuse("json.too_large", ec);
      return nullptr;
    }
    const auto [place, added] = object.emplace(keys_.back(), std::move(value));
    if (!added) refuse("json.duplicate_key", ec);
    return added ? &place->value() : nullptr;
  }

  bool open(Json&& container, bj::error_code& ec) {
    Json* place = add(std::move(container), ec);
    if (place == nullptr) return false;
    open_.push_back(place);
    keys_.emplace_back();
    return true;
  }
  bool close() {
    open_.pop_back();
    keys_.pop_back();
    return true;
  }

  const JsonLimits& limits_;
  Json root_;
  std::vector<Json*> open_;
  std::vector<std::string> keys_;  ///< the name being read, one for each open container
  std::string text_;
  std::size_t values_ = 0;
  std::string_view reason_;
};

/// True when the text before the position ends in \uD800..\uDBFF: the library then only says
/// "syntax" about the second half that does not come.
bool follows_leading_surrogate(std::string_view text, std::size_t position) {
  constexpr std::size_t kEscape = 6;
  std::string_view before = text.substr(0, position);
  if (before.ends_with('\\')) before.remove_suffix(1);
  if (before.size() < kEscape) return false;
  const std::string_view escape = before.substr(before.size() - kEscape);
  return (escape.starts_with("\\ud") || escape.starts_with("\\uD")) &&
         std::string_view("89abAB").find(escape[3]) != std::string_view::npos;
}

std::string_view reason_of(const bj::error_code& ec, std::string_view text, std::size_t position) {
  if (ec == bj::error::too_deep) return "json.too_deep";
  if (ec == bj::error::illegal_leading_surrogate || ec == bj::error::illegal_trailing_surrogate ||
      follows_leading_surrogate(text, position)) {
    return "json.surrogate";
  }
  return "json.malformed";
}

auto refuse_at(std::string_view reason, std::size_t position) {
  return fail(ErrorCode::kInvalidInput, reason, "at byte " + std::to_string(position));
}

auto refuse_member(std::string_view reason, std::string_view name) {
  return fail(ErrorCode::kInvalidInput, reason, std::string(name));
}

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes_max) return refuse_at("json.too_large", limits.bytes_max);
  bj::parse_options options;
  options.max_depth = limits.depth_max;
  bj::basic_parser<TreeHandler> parser(options, limits);
  bj::error_code ec;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
  const std::string_view own_reason = parser.handler().reason();
  if (!own_reason.empty()) return refuse_at(own_reason, read);
  if (ec) return refuse_at(reason_of(ec, text, read), read);
  if (read != text.size()) return refuse_at("json.malformed", read);
  return parser.handler().take();
}

std::string to_text(const Json& value) { return bj::serialize(value); }

Result<JsonFields> JsonFields::of(const Json& value) {
  const JsonObject* object = value.if_object();
  if (object == nullptr) return fail(ErrorCode::kInvalidInput, "json.not_object");
  return JsonFields(*object);
}

const Json* JsonFields::find(std::string_view name) {
  const Json* value = object_->if_contains(name);
  if (value != nullptr) asked_.push_back(value);
  return value;
}

Result<const Json*> JsonFields::require(std::string_view name) {
  const Json* value = find(name);
  if (value == nullptr) return refuse_member("json.member_missing", name);
  return value;
}

Result<std::string> JsonFields::string(std::string_view name, std::size_t bytes_max) {
  TRY(const Json* value, require(name));
  const bj::string* text = value->if_string();
  if (text == nullptr) return refuse_member("json.member_type", name);
  if (text->size() > bytes_max) return refuse_member("json.member_too_long", name);
  return std::string(text->data(), text->size());
}

Result<std::optional<std::string>> JsonFields::optional_string(std::string_view name,
                                                               std::size_t bytes_max) {
  if (!object_->contains(name)) return std::optional<std::string>();
  TRY(std::string text, string(name, bytes_max));
  return std::optional(std::move(text));
}

Result<std::int64_t> JsonFields::int64(std::string_view name, std::int64_t min, std::int64_t max) {
  TRY(const Json* value, require(name));
  if (value->is_uint64()) return refuse_member("json.member_range", name);  // above int64
  const std::int64_t* number = value->if_int64();
  if (number == nullptr) return refuse_member("json.member_type", name);
  if (*number < min || *number > max) return refuse_member("json.member_range", name);
  return *number;
}

Result<std::optional<std::int64_t>> JsonFields::optional_int64(std::string_view name,
                                                               std::int64_t min, std::int64_t max) {
  if (!object_->contains(name)) return std::optional<std::int64_t>();
  TRY(const std::int64_t number, int64(name, min, max));
  return std::optional(number);
}

Result<bool> JsonFields::boolean(std::string_view name) {
  TRY(const Json* value, require(name));
  const bool* flag = value->if_bool();
  if (flag == nullptr) return refuse_member("json.member_type", name);
  return *flag;
}

Result<const JsonObject*> JsonFields::object(std::string_view name) {
  TRY(const Json* value, require(name));
  const JsonObject* object = value->if_object();
  if (object == nullptr) return refuse_member("json.member_type", name);
  return object;
}

Result<const JsonArray*> JsonFields::array(std::string_view name, std::size_t items_max) {
  TRY(const Json* value, require(name));
  const JsonArray* array = value->if_array();
  if (array == nullptr) return refuse_member("json.member_type", name);
  if (array->size() > items_max) return refuse_member("json.member_too_long", name);
  return array;
}

Status JsonFields::finish() const {
  std::size_t unknown = 0;
  for (const auto& member : *object_) {
    bool known = false;
    for (const Json* asked : asked_) known = known || asked == &member.value();
    unknown += known ? 0 : 1;
  }
  if (unknown == 0) return {};
  return fail(ErrorCode::kInvalidInput, "json.unknown_member",
              std::to_string(unknown) + " unknown members");
}

}  // namespace codec
