#include "openid/keys/signing_keys.h"

#include "codec/base64url.h"
#include "crypto/digest.h"

namespace openid {
namespace {

std::string pseudonym(const crypto::Key256& key, std::string_view kind, std::string_view scope,
                      core::ByteView of) {
  constexpr std::uint8_t kSeparator = 0;
  const core::ByteView separator(&kSeparator, 1);
  return codec::to_base64url(crypto::hmac_sha256(
      key.reveal(), {core::as_bytes(kind), separator, core::as_bytes(scope), separator, of}));
}

}  // namespace

std::string Pseudonyms::sub(const RelyingParty& party, const CitizenId& citizen_id) const {
  return pseudonym(key_, "sub", party.sector, citizen_id.bytes());
}

std::string Pseudonyms::sid(const RelyingParty& party, core::ByteView session_id) const {
  return pseudonym(key_, "sid", party.client_id, session_id);
}

}  // namespace openid
