// MessageTemplate: the operator's request body with holes for {id}, {to}, {text} and {code}, each
// filled in the escaping of the body's media type, so that no text can step out of its place.
// Immutable after parse(); safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/secret.h"
#include "edges/sms_http/gateway.h"

namespace edges::sms_http {

class MessageTemplate {
 public:
  enum class Escaping { kJson, kForm, kUrl };

  /// "application/json" -> kJson, "application/x-www-form-urlencoded" -> kForm.
  /// Errors: kInvalidInput "gateway.template" another media type.
  [[nodiscard]] static core::Result<Escaping> escaping_for(std::string_view media_type);

  /// Errors: kInvalidInput "gateway.template" a JSON body that is not JSON once filled.
  [[nodiscard]] static core::Result<MessageTemplate> parse(std::string_view text,
                                                           Escaping escaping);

  [[nodiscard]] core::Secret<std::string> fill(const OutgoingMessage& message) const;

 private:
  enum class Hole { kNone, kId, kTo, kText, kCode };
  struct Piece {
    std::string literal;
    Hole hole = Hole::kNone;  ///< what follows the literal
  };
  [[nodiscard]] static Hole hole_at(std::string_view text, std::size_t& size);
  [[nodiscard]] std::string escape(std::string_view value) const;

  std::vector<Piece> pieces_;
  Escaping escaping_ = Escaping::kJson;
};

}  // namespace edges::sms_http
