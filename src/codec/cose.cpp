#include "codec/cose.h"

#include "codec/cbor.h"
#include "codec/cbor_writer.h"
#include "codec/rfc9052_cose.h"
#include "core/assert.h"

namespace codec {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::Status;

auto refuse(std::string_view reason) { return fail(ErrorCode::kInvalidInput, reason); }

/// Checks the algorithm and takes the kid out of the protected header.
Status read_protected_header(CoseSign1& message) {
  TRY(const CborDocument document, CborDocument::decode(message.protected_header));
  const CborValue header = document.root();
  if (header.type() != CborType::kMap) return refuse("cose.malformed");
  const auto alg = header.find(cose::kHeaderAlg);
  if (!alg || alg->as_int64() != cose::kAlgEs256) return refuse("cose.algorithm");
  const auto kid = header.find(cose::kHeaderKid);
  TRY(const CborItems items, header.as_items());
  if (items.size() != (kid ? 4U : 2U)) return refuse("cose.malformed");
  if (!kid) return {};
  const auto bytes = kid->as_bytes();
  if (!bytes || bytes->empty() || bytes->size() > cose::kKidBytesMax) {
    return refuse("cose.malformed");
  }
  message.kid = *bytes;
  return {};
}

/// The protected header of a new message.
Bytes make_protected_header(const CoseSign1Draft& draft) {
  CborWriter writer;
  writer.map(draft.kid ? 2 : 1).integer(cose::kHeaderAlg).integer(cose::kAlgEs256);
  if (draft.kid) {
    CORE_ASSERT(!draft.kid->empty() && draft.kid->size() <= cose::kKidBytesMax);
    writer.integer(cose::kHeaderKid).bytes(*draft.kid);
  }
  return writer.finish();
}

Bytes encode(const CoseSign1& message) {
  return CborWriter()
      .array(4)
      .bytes(message.protected_header)
      .map(0)
      .bytes(message.payload)
      .bytes(message.signature)
      .finish();
}

}  // namespace

Result<CoseSign1> CoseSign1::parse(ByteView bytes) {
  TRY(const CborDocument document, CborDocument::decode(bytes));
  const auto items = document.root().as_items();
  if (document.root().type() != CborType::kArray || !items || items->size() != 4) {
    return refuse("cose.malformed");
  }
  auto item = items->begin();
  const auto protected_header = (*item).as_bytes();
  const CborValue unprotected = *++item;
  const auto payload = (*++item).as_bytes();
  const auto signature = (*++item).as_bytes();
  if (!protected_header || unprotected.type() != CborType::kMap || !payload || !signature) {
    return refuse("cose.malformed");
  }
  if (unprotected.as_items()->size() != 0) return refuse("cose.unprotected_not_empty");
  if (signature->size() != cose::kEs256SignatureBytes) return refuse("cose.signature_length");
  CoseSign1 message{.protected_header = *protected_header,
                    .kid = std::nullopt,
                    .payload = *payload,
                    .signature = *signature};
  TRY_VOID(read_protected_header(message));
  return message;
}

Bytes CoseSign1::to_be_signed(std::string_view external_aad) const {
  return CborWriter()
      .array(4)
      .text(cose::kContextSignature1)
      .bytes(protected_header)
      .bytes(core::as_bytes(external_aad))
      .bytes(payload)
      .finish();
}

Status CoseSign1::verify(const crypto::P256PublicKey& key, std::string_view external_aad) const {
  if (key.verify(to_be_signed(external_aad), signature)) return {};
  return fail(ErrorCode::kForbidden, "cose.signature");
}

Bytes make_cose_sign1(const CoseSign1Draft& draft, const crypto::P256PrivateKey& key) {
  auto made = make_cose_sign1(draft, [&key](ByteView message) -> Result<crypto::P256Signature> {
    return key.sign(message);
  });
  CORE_ASSERT(made.has_value());
  return std::move(*made);
}

Result<Bytes> make_cose_sign1(const CoseSign1Draft& draft, const CoseSigner& signer) {
  const Bytes protected_header = make_protected_header(draft);
  CoseSign1 message{.protected_header = protected_header,
                    .kid = draft.kid,
                    .payload = draft.payload,
                    .signature = {}};
  TRY(const crypto::P256Signature signature, signer(message.to_be_signed(draft.external_aad)));
  message.signature = signature;
  return encode(message);
}

}  // namespace codec
