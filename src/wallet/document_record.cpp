#include "wallet/document_record.h"

#include <array>

#include "codec/base64url.h"
#include "codec/identifiers.h"
#include "codec/json.h"

namespace wallet {
namespace {

using codec::JsonFields;
using core::ErrorCode;
using core::fail;

constexpr std::size_t kTextBytesMax = 400;

/// Collects a record's fields from an answer, in the order of the paper.
class AnswerReader {
 public:
  explicit AnswerReader(const codec::JsonObject& object) : fields_(object) {}

  core::Status text(std::string_view from, std::string_view name) {
    TRY(auto value, fields_.string(from, kTextBytesMax));
    if (value.empty()) return fail(ErrorCode::kInvalidInput, "json.member_type", std::string(from));
    record.fields.push_back({std::string(name), std::move(value)});
    return {};
  }

  core::Status optional_text(std::string_view from, std::string_view name) {
    if (is_absent(from)) return {};
    return text(from, name);
  }

  core::Status date(std::string_view from, std::string_view name) {
    TRY(const auto value, fields_.string(from, 10));
    TRY(const auto day, core::Date::parse(value));
    record.fields.push_back({std::string(name), day.to_string()});
    return {};
  }

  core::Status valid_until() {
    if (is_absent("valid_until")) return {};
    TRY(const auto value, fields_.string("valid_until", 10));
    TRY(record.valid_until, core::Date::parse(value));
    return {};
  }

  core::Status status() {
    TRY(record.registry_status, fields_.string("status", 16));
    for (const std::string_view known : {"valid", "expired", "invalid"}) {
      if (record.registry_status == known) return {};
    }
    return fail(ErrorCode::kInvalidInput, "json.member_range", "status");
  }

  core::Status full_name() {
    TRY(const auto* object, fields_.object("full_name"));
    JsonFields names(*object);
    TRY(auto full, names.string("family_name", 120));
    for (const std::string_view part : {"given_name", "middle_name"}) {
      const auto* value = names.find(part);
      if (value == nullptr || value->is_null()) continue;
      TRY(const auto name, names.string(part, 120));
      if (!name.empty()) full += " " + name;
    }
    // A nameless answer would end up in a code that no checker reads.
    if (full.empty()) return fail(ErrorCode::kInvalidInput, "json.member_range", "full_name");
    record.fields.push_back({"full_name", std::move(full)});
    return {};
  }

  template <typename Identifier>
  core::Status number(const std::string& text) {
    TRY(const auto identifier, Identifier::parse(text));
    record.number = identifier.grouped();
    return {};
  }
  template <typename Identifier>
  core::Status number_of(std::string_view from) {
    TRY(const auto value, fields_.string(from, codec::kIdentifierBytesMax));
    return number<Identifier>(value);
  }
  template <typename Identifier>
  core::Status series_and_number() {
    TRY(const auto series, fields_.string("series", 8));
    TRY(const auto digits, fields_.string("number", 8));
    return number<Identifier>(series + digits);
  }

  core::Status portrait() {
    if (is_absent("portrait")) return {};
    TRY(const auto* object, fields_.object("portrait"));
    JsonFields picture(*object);
    TRY(const auto media_type, picture.string("media_type", 32));
    TRY(const auto data, picture.string("data", kPortraitBytesMax * 4 / 3 + 4));
    TRY(const auto bytes, codec::from_base64(data));
    constexpr std::string_view kPngSignature = "\x89PNG\r\n\x1a\n";
    if (media_type != "image/png" || !core::as_text(bytes).starts_with(kPngSignature)) {
      return fail(ErrorCode::kInvalidInput, "json.member_type", "portrait");
    }
    record.portrait = core::Secret<std::string>(std::string(core::as_text(bytes)));
    return {};
  }

  core::Status boolean(std::string_view name) {
    TRY(const bool value, fields_.boolean(name));
    record.fields.push_back({std::string(name), value ? "true" : "false"});
    return {};
  }

  core::Status categories() {
    TRY(const auto* items, fields_.array("categories", 32));
    std::string joined;
    for (const auto& item : *items) {
      if (!item.is_string() || item.as_string().size() > 4) {
        return fail(ErrorCode::kInvalidInput, "json.member_type", "categories");
      }
      joined += (joined.empty() ? "" : ", ") + std::string(item.as_string());
    }
    record.fields.push_back({"categories", std::move(joined)});
    return {};
  }

  DocumentRecord record;

 private:
  bool is_absent(std::string_view name) {
    const auto* value = fields_.find(name);
    return value == nullptr || value->is_null();
  }

  JsonFields fields_;
};

core::Status read_passport(AnswerReader& reader) {
  TRY_VOID(reader.series_and_number<codec::RfPassport>());
  TRY_VOID(reader.full_name());
  TRY_VOID(reader.date("birth_date", "birth_date"));
  TRY_VOID(reader.text("birth_place", "birth_place"));
  TRY_VOID(reader.text("sex", "sex"));
  TRY_VOID(reader.date("issue_date", "issue_date"));
  TRY_VOID(reader.text("issued_by", "issued_by"));
  TRY_VOID(reader.text("issue_id", "issue_id"));
  TRY_VOID(reader.valid_until());
  TRY_VOID(reader.status());
  return reader.portrait();
}

core::Status read_driving_licence(AnswerReader& reader) {
  TRY_VOID(reader.series_and_number<codec::DrivingLicence>());
  TRY_VOID(reader.categories());
  TRY_VOID(reader.date("issue_date", "issue_date"));
  TRY_VOID(reader.text("issued_by", "issued_by"));
  TRY_VOID(reader.valid_until());
  return reader.status();
}

core::Status read_snils(AnswerReader& reader) {
  TRY_VOID(reader.number_of<codec::Snils>("snils"));
  TRY_VOID(reader.full_name());
  TRY_VOID(reader.date("birth_date", "birth_date"));
  return reader.status();
}

core::Status read_oms(AnswerReader& reader) {
  TRY_VOID(reader.number_of<codec::OmsPolicy>("number"));
  TRY_VOID(reader.text("insurer", "insurer"));
  TRY_VOID(reader.date("issue_date", "issue_date"));
  return reader.status();
}

core::Status read_inn(AnswerReader& reader) {
  TRY_VOID(reader.number_of<codec::Inn12>("inn"));
  TRY_VOID(reader.date("issue_date", "issue_date"));
  return reader.status();
}

core::Status read_statuses(AnswerReader& reader) {
  // The registry knows more (disability is health data); only what the permission names is kept.
  TRY_VOID(reader.boolean("pensioner"));
  reader.record.registry_status = "valid";
  return reader.date("as_of", "as_of");
}

core::Result<DocumentRecord> read_answer(DocumentKind kind, std::string_view json_text) {
  constexpr codec::JsonLimits kLimits{.bytes_max = kRegistryAnswerBytesMax,
                                      .depth_max = 8,
                                      .string_max = kPortraitBytesMax * 4 / 3 + 4};
  TRY(const auto json, codec::parse_json(json_text, kLimits));
  if (!json.is_object()) return fail(ErrorCode::kInvalidInput, "json.not_object");
  AnswerReader reader(json.as_object());
  using Read = core::Status (*)(AnswerReader&);
  constexpr std::array<Read, 6> kReaders{read_passport, read_driving_licence, read_snils, read_oms,
                                         read_inn,      read_statuses};
  TRY_VOID(kReaders.at(static_cast<std::size_t>(kind))(reader));
  return std::move(reader.record);
}

core::Result<DocumentRecord> read_stored(const std::string& text) {
  TRY(const auto json, codec::parse_json(text));
  TRY(auto object, JsonFields::of(json));
  DocumentRecord record;
  TRY(record.number, object.string("number", kTextBytesMax));
  TRY(record.registry_status, object.string("status", 16));
  TRY(const auto until, object.string("valid_until", 10));
  if (!until.empty()) {
    TRY(record.valid_until, core::Date::parse(until));
  }
  TRY(const auto* fields, object.array("fields", 64));
  for (const auto& item : *fields) {
    TRY(auto pair, JsonFields::of(item));
    DocumentField field;
    TRY(field.name, pair.string("name", 64));
    TRY(field.value, pair.string("value", kTextBytesMax * 2));
    record.fields.push_back(std::move(field));
  }
  return record;
}

}  // namespace

core::Result<DocumentRecord> parse_registry_answer(DocumentKind kind, std::string_view json_text) {
  auto record = read_answer(kind, json_text);
  if (record) return record;
  return fail(ErrorCode::kUnavailable, "registry.malformed",
              record.error().reason + " " + record.error().detail);
}

core::Secret<std::string> encode_record(const DocumentRecord& record) {
  codec::JsonArray fields;
  for (const auto& field : record.fields) {
    fields.push_back(codec::JsonObject{{"name", field.name}, {"value", field.value}});
  }
  return core::Secret<std::string>(codec::to_text(codec::JsonObject{
      {"number", record.number},
      {"status", record.registry_status},
      {"valid_until", record.valid_until ? record.valid_until->to_string() : ""},
      {"fields", std::move(fields)},
  }));
}

core::Result<DocumentRecord> decode_record(const core::Secret<std::string>& text) {
  auto record = read_stored(text.reveal());
  if (!record)
    return fail(ErrorCode::kInternal, "document.stored_malformed", record.error().reason);
  return record;
}

}  // namespace wallet
