#include "identity/password/normalised_password.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "core/assert.h"

namespace identity {
namespace {

using Instance = const icu::Normalizer2* (*)(UErrorCode&);

std::string normalise(const std::string& utf8, Instance instance) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = instance(status);
  CORE_ASSERT(U_SUCCESS(status));
  auto text = icu::UnicodeString::fromUTF8(utf8);
  auto normal = normalizer->normalize(text, status);
  CORE_ASSERT(U_SUCCESS(status));
  std::string result;
  normal.toUTF8String(result);
  // The library's own copies would stay in freed memory.
  for (auto* copy : {&text, &normal}) {
    auto* buffer = copy->getBuffer(-1);
    if (buffer == nullptr) continue;
    core::wipe(buffer, static_cast<std::size_t>(copy->getCapacity()) * sizeof(*buffer));
    copy->releaseBuffer(0);
  }
  return result;
}

}  // namespace

core::Secret<std::string> normalised_password(const core::Secret<std::string>& password) {
  return core::Secret<std::string>(
      normalise(password.reveal(), &icu::Normalizer2::getNFKCInstance));
}

std::string folded_password(const core::Secret<std::string>& password) {
  return normalise(password.reveal(), &icu::Normalizer2::getNFKCCasefoldInstance);
}

}  // namespace identity
