#include "wallet/trust_list.h"

#include <algorithm>

#include "codec/cbor.h"
#include "codec/cbor_writer.h"
#include "codec/cose.h"
#include "core/assert.h"
#include "wallet/digital_id_code.h"

namespace wallet {
namespace {

using core::ErrorCode;
using core::fail;

constexpr std::string_view kTrustAad = "BRS1-trust";
enum ListKey : std::int64_t { kSerial = 1, kIssued = 2, kExpires = 3, kKeys = 4 };
enum EntryKey : std::int64_t { kKid = 1, kPublicKey = 2, kName = 3, kNotBefore = 4, kNotAfter = 5 };

core::Result<codec::CborValue> member(const codec::CborValue& map, std::int64_t key) {
  const auto value = map.find(key);
  if (!value) return fail(ErrorCode::kInvalidInput, "trust.malformed", "missing key");
  return *value;
}

core::Result<core::Instant> seconds(const codec::CborValue& map, std::int64_t key) {
  TRY(const auto value, member(map, key));
  TRY(const auto number, value.as_unsigned());
  if (number > 253'402'300'799ULL) return fail(ErrorCode::kInvalidInput, "trust.malformed");
  return core::Instant::from_seconds(static_cast<std::int64_t>(number));
}

/// Keys below 16 must be known; those above are room for later.
core::Status check_keys(const codec::CborValue& map, std::int64_t last_known) {
  if (map.type() != codec::CborType::kMap) return fail(ErrorCode::kInvalidInput, "trust.malformed");
  TRY(const auto items, map.as_items());
  bool is_key = true;
  for (const auto item : items) {
    const auto key = is_key ? item.as_int64() : core::Result<std::int64_t>(1);
    const bool known = key && ((*key >= 1 && *key <= last_known) || *key >= 16);
    if (is_key && !known) return fail(ErrorCode::kInvalidInput, "trust.malformed", "unknown key");
    is_key = !is_key;
  }
  return {};
}

core::Result<IssuerKey> read_key(const codec::CborValue& map) {
  TRY_VOID(check_keys(map, kNotAfter));
  TRY(const auto kid_value, member(map, kKid));
  TRY(const auto kid, kid_value.as_bytes());
  TRY(const auto key_value, member(map, kPublicKey));
  TRY(const auto key_bytes, key_value.as_bytes());
  TRY(auto key, crypto::P256PublicKey::from_compressed(key_bytes));
  TRY(const auto name_value, member(map, kName));
  TRY(const auto name, name_value.as_text());
  TRY(const auto not_before, seconds(map, kNotBefore));
  TRY(const auto not_after, seconds(map, kNotAfter));
  // A kid that is not its key's own digest would let two checkers pick different keys.
  if (core::to_bytes(kid) != kid_of(key) || name.size() > TrustList::kIssuerNameBytesMax) {
    return fail(ErrorCode::kInvalidInput, "trust.malformed", "kid or name");
  }
  return IssuerKey{core::to_bytes(kid), std::move(key), std::string(name), not_before, not_after};
}

core::Result<TrustList> read_list(core::ByteView payload) {
  TRY(const auto document, codec::CborDocument::decode(payload));
  const auto map = document.root();
  TRY_VOID(check_keys(map, kKeys));
  TrustList list;
  TRY(const auto serial, member(map, kSerial));
  TRY(list.serial, serial.as_unsigned());
  TRY(list.issued_at, seconds(map, kIssued));
  TRY(list.expires_at, seconds(map, kExpires));
  TRY(const auto keys_value, member(map, kKeys));
  TRY(const auto keys, keys_value.as_items());
  if (keys.size() > TrustList::kKeysMax || keys_value.type() != codec::CborType::kArray) {
    return fail(ErrorCode::kInvalidInput, "trust.malformed", "keys");
  }
  for (const auto item : keys) {
    TRY(auto key, read_key(item));
    list.keys.push_back(std::move(key));
  }
  return list;
}

std::uint64_t whole_seconds(core::Instant at) {
  CORE_ASSERT(at.seconds() >= 0);
  return static_cast<std::uint64_t>(at.seconds());
}

}  // namespace

const IssuerKey* TrustList::find(core::ByteView kid) const {
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const IssuerKey& key) {
    return std::equal(key.kid.begin(), key.kid.end(), kid.begin(), kid.end());
  });
  return found == keys.end() ? nullptr : &*found;
}

core::Bytes sign_trust_list(const TrustList& list, const crypto::P256PrivateKey& root_key) {
  codec::CborWriter writer;
  writer.map(4).unsigned_integer(kSerial).unsigned_integer(list.serial);
  writer.unsigned_integer(kIssued).unsigned_integer(whole_seconds(list.issued_at));
  writer.unsigned_integer(kExpires).unsigned_integer(whole_seconds(list.expires_at));
  writer.unsigned_integer(kKeys).array(list.keys.size());
  for (const auto& key : list.keys) {
    writer.map(5).unsigned_integer(kKid).bytes(key.kid);
    writer.unsigned_integer(kPublicKey).bytes(key.key.compressed());
    writer.unsigned_integer(kName).text(key.issuer_name);
    writer.unsigned_integer(kNotBefore).unsigned_integer(whole_seconds(key.not_before));
    writer.unsigned_integer(kNotAfter).unsigned_integer(whole_seconds(key.not_after));
  }
  const auto payload = writer.finish();
  const auto kid = kid_of(root_key.public_key());
  const codec::CoseSign1Draft draft{
      .payload = payload, .kid = core::ByteView(kid), .external_aad = kTrustAad};
  return codec::make_cose_sign1(draft, root_key);
}

core::Result<TrustList> open_trust_list(core::ByteView signed_list,
                                        const crypto::P256PublicKey& root) {
  const auto message = codec::CoseSign1::parse(signed_list);
  if (!message) {
    return fail(ErrorCode::kInvalidInput, "trust.malformed", message.error().reason);
  }
  if (!message->verify(root, kTrustAad)) return fail(ErrorCode::kForbidden, "trust.signature");
  auto list = read_list(message->payload);
  if (!list) return fail(ErrorCode::kInvalidInput, "trust.malformed", list.error().reason);
  return list;
}

}  // namespace wallet
