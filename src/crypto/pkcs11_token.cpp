#include "crypto/pkcs11_token.h"

#include <algorithm>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "crypto/aead.h"
#include "crypto/pkcs11_library.h"
#include "crypto/system_rng.h"

namespace crypto {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;

constexpr unsigned long kTagBits = 8 * kSealTagBytes;
constexpr unsigned long kNonceBits = 8 * kSealNonceBytes;

auto unavailable(std::string_view what, ck_rv_t code) {
  return fail(ErrorCode::kUnavailable, "key.provider_unavailable",
              std::string(what) + ": " + to_text(code));
}

/// PKCS#11 takes everything by pointers to what it does not change.
unsigned char* bytes_of(ByteView view) { return const_cast<unsigned char*>(view.data()); }

template <typename T>
ck_attribute attribute(ck_attribute_type_t type, T& value) {
  return {type, &value, sizeof(value)};
}
ck_attribute attribute(ck_attribute_type_t type, ByteView value) {
  return {type, bytes_of(value), value.size()};
}

class Token final : public Pkcs11Token {
 public:
  Token(ck_function_list& library, TokenAddress address)
      : library_(library), address_(std::move(address)) {}
  ~Token() override {
    for (const auto session : idle_) library_.C_CloseSession(session);
  }

  /// Opens a session and logs in.
  core::Status begin() {
    TRY(const auto session, open_session());
    give_back(session);
    return {};
  }

  core::Result<KeyId> make_key() override;
  core::Status destroy_key(const KeyId& id) override;
  core::Result<Bytes> seal(const KeyId& id, ByteView aad, ByteView plaintext) override;
  core::Result<Bytes> open_sealed(const KeyId& id, ByteView aad, ByteView sealed) override;

 private:
  using Session = ck_session_handle_t;
  /// What is done in a session; the library's code.
  using Work = std::function<ck_rv_t(Session)>;

  core::Result<Session> open_session();
  core::Result<Session> borrow();
  void give_back(Session session);
  void forget_sessions();
  /// Once more in a new session where the old one broke. @return the library's last code.
  core::Result<ck_rv_t> run(const Work& work);
  ck_rv_t find_key(Session session, const KeyId& id, ck_object_handle_t& key);

  ck_function_list& library_;
  TokenAddress address_;
  std::mutex mutex_;  ///< guards idle_
  std::vector<Session> idle_;
};

core::Result<Token::Session> Token::open_session() {
  TRY(const auto slot, find_token(library_, address_.label));
  Session session = 0;
  const auto opened =
      library_.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session);
  if (opened != CKR_OK) return unavailable("C_OpenSession", opened);
  const auto pin = core::as_bytes(address_.pin.reveal());
  const auto entered = library_.C_Login(session, CKU_USER, bytes_of(pin), pin.size());
  if (entered == CKR_OK || entered == CKR_USER_ALREADY_LOGGED_IN) return session;
  library_.C_CloseSession(session);
  return fail(ErrorCode::kUnavailable, "key.token_failed",
              entered == CKR_PIN_INCORRECT ? "the PIN is wrong" : "C_Login: " + to_text(entered));
}

core::Result<Token::Session> Token::borrow() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      const auto session = idle_.back();
      idle_.pop_back();
      return session;
    }
  }
  return open_session();
}

void Token::give_back(Session session) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(session);
}

void Token::forget_sessions() {
  const std::lock_guard lock(mutex_);
  for (const auto session : idle_) library_.C_CloseSession(session);
  idle_.clear();
}

core::Result<ck_rv_t> Token::run(const Work& work) {
  for (int attempt = 1;; ++attempt) {
    TRY(const auto session, borrow());
    const auto code = work(session);
    if (!is_session_fault(code)) {
      give_back(session);
      return code;
    }
    library_.C_CloseSession(session);
    forget_sessions();
    if (attempt == 2) return unavailable("the token", code);
  }
}

/// Looked for each time: a token that was pulled out gives other handles when it is back.
ck_rv_t Token::find_key(Session session, const KeyId& id, ck_object_handle_t& key) {
  auto object_class = ck_object_class_t{CKO_SECRET_KEY};
  ck_attribute wanted[] = {attribute(CKA_CLASS, object_class), attribute(CKA_ID, ByteView(id))};
  if (const auto begun = library_.C_FindObjectsInit(session, wanted, std::size(wanted));
      begun != CKR_OK) {
    return begun;
  }
  unsigned long count = 0;
  const auto found = library_.C_FindObjects(session, &key, 1, &count);
  library_.C_FindObjectsFinal(session);
  if (found != CKR_OK) return found;
  return count == 1 ? CKR_OK : CKR_KEY_HANDLE_INVALID;
}

core::Result<KeyId> Token::make_key() {
  SystemRng rng;
  KeyId id{};
  rng.fill(id);
  const std::string label = "beresta-root-" + crypto::to_text(id);
  TRY(const auto code, run([&](Session session) {
        unsigned char yes = 1;
        unsigned char no = 0;
        unsigned long bytes = Key256::kBytes;
        ck_attribute form[] = {attribute(CKA_TOKEN, yes),
                               attribute(CKA_PRIVATE, yes),
                               attribute(CKA_SENSITIVE, yes),
                               attribute(CKA_EXTRACTABLE, no),
                               attribute(CKA_ENCRYPT, yes),
                               attribute(CKA_DECRYPT, yes),
                               attribute(CKA_WRAP, no),
                               attribute(CKA_UNWRAP, no),
                               attribute(CKA_VALUE_LEN, bytes),
                               attribute(CKA_ID, ByteView(id)),
                               attribute(CKA_LABEL, core::as_bytes(label))};
        ck_mechanism mechanism = {CKM_AES_KEY_GEN, nullptr, 0};
        ck_object_handle_t key = 0;
        return library_.C_GenerateKey(session, &mechanism, form, std::size(form), &key);
      }));
  if (code != CKR_OK) return unavailable("C_GenerateKey", code);
  return id;
}

core::Status Token::destroy_key(const KeyId& id) {
  TRY(const auto code, run([&](Session session) {
        ck_object_handle_t key = 0;
        const auto found = find_key(session, id, key);
        return found == CKR_OK ? library_.C_DestroyObject(session, key) : found;
      }));
  if (code != CKR_OK) return unavailable("C_DestroyObject", code);
  return {};
}

core::Result<Bytes> Token::seal(const KeyId& id, ByteView aad, ByteView plaintext) {
  Bytes sealed(kSealOverheadBytes + plaintext.size());
  SystemRng rng;
  const std::span nonce(sealed.data(), kSealNonceBytes);
  const std::span body(sealed.data() + kSealNonceBytes, sealed.size() - kSealNonceBytes);
  TRY(const auto code, run([&](Session session) {
        rng.fill(nonce);
        // A token that chooses the nonce itself writes it where it was given one.
        ck_gcm_params gcm = {nonce.data(),  nonce.size(), kNonceBits,
                             bytes_of(aad), aad.size(),   kTagBits};
        ck_mechanism mechanism = {CKM_AES_GCM, &gcm, sizeof(gcm)};
        ck_object_handle_t key = 0;
        auto done = find_key(session, id, key);
        if (done == CKR_OK) done = library_.C_EncryptInit(session, &mechanism, key);
        unsigned long size = body.size();
        if (done == CKR_OK) {
          done = library_.C_Encrypt(session, bytes_of(plaintext), plaintext.size(), body.data(),
                                    &size);
        }
        return done == CKR_OK && size != body.size() ? CKR_GENERAL_ERROR : done;
      }));
  if (code != CKR_OK) return unavailable("C_Encrypt", code);
  return sealed;
}

core::Result<Bytes> Token::open_sealed(const KeyId& id, ByteView aad, ByteView sealed) {
  if (sealed.size() < kSealOverheadBytes) return fail(ErrorCode::kInternal, "crypto.open_failed");
  const auto nonce = sealed.first(kSealNonceBytes);
  const auto body = sealed.subspan(kSealNonceBytes);
  Bytes plain(body.size());  // some tokens want room for the tag too
  unsigned long size = 0;
  TRY(const auto code, run([&](Session session) {
        ck_gcm_params gcm = {bytes_of(nonce), nonce.size(), kNonceBits,
                             bytes_of(aad),   aad.size(),   kTagBits};
        ck_mechanism mechanism = {CKM_AES_GCM, &gcm, sizeof(gcm)};
        ck_object_handle_t key = 0;
        auto done = find_key(session, id, key);
        if (done == CKR_OK) done = library_.C_DecryptInit(session, &mechanism, key);
        size = plain.size();
        if (done != CKR_OK) return done;
        return library_.C_Decrypt(session, bytes_of(body), body.size(), plain.data(), &size);
      }));
  if (code == CKR_OK && size == body.size() - kSealTagBytes) {
    core::wipe(plain.data() + size, plain.size() - size);
    plain.resize(size);
    return plain;
  }
  core::wipe(plain.data(), plain.size());
  // The token does not say which of the two it was; a session's fault was told apart above.
  return fail(ErrorCode::kInternal, "crypto.open_failed", to_text(code));
}

}  // namespace

core::Result<std::shared_ptr<Pkcs11Token>> Pkcs11Token::open(TokenAddress address) {
  TRY(auto* library, load_pkcs11(address.module_path));
  auto token = std::make_shared<Token>(*library, std::move(address));
  TRY_VOID(token->begin());
  return std::shared_ptr<Pkcs11Token>(std::move(token));
}

core::Result<Bytes> TokenRootKey::wrap(const Key256& key, ByteView aad) {
  Bytes wrapped = wrap_header(key_id_);
  TRY(const auto sealed, token_->seal(key_id_, wrap_aad(key_id_, aad), key.reveal()));
  wrapped.insert(wrapped.end(), sealed.begin(), sealed.end());
  return wrapped;
}

core::Result<Key256> TokenRootKey::unwrap(ByteView wrapped, ByteView aad) {
  TRY(const auto parts, parse_wrapped(wrapped));
  if (parts.root_id != key_id_) {
    return fail(ErrorCode::kInternal, "key.unknown_key_id", to_text(parts.root_id));
  }
  TRY(auto bytes, token_->open_sealed(key_id_, wrap_aad(key_id_, aad), parts.sealed));
  auto key = Key256::from_bytes(bytes);
  core::wipe(bytes.data(), bytes.size());
  return key;
}

}  // namespace crypto
