#include "crypto/pkcs11_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace crypto {
namespace {

constexpr unsigned long kSlotsMax = 256;

auto failed(const std::string& why) {
  return core::fail(core::ErrorCode::kUnavailable, "key.token_failed", why);
}

/// The label of a token is 32 bytes, padded with spaces.
std::string label_of(const ck_token_info& info) {
  std::string label(std::begin(info.label), std::end(info.label));
  label.erase(label.find_last_not_of(' ') + 1);
  return label;
}

}  // namespace

core::Result<ck_function_list*> load_pkcs11(const std::string& module_path) {
  // Never unloaded: another user of the process (ESIA's key) may have it too.
  void* module = ::dlopen(module_path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (module == nullptr) return failed(module_path + " cannot be loaded");
  const auto get_functions =
      reinterpret_cast<ck_rv_t (*)(ck_function_list**)>(::dlsym(module, "C_GetFunctionList"));
  ck_function_list* library = nullptr;
  if (get_functions == nullptr || get_functions(&library) != CKR_OK || library == nullptr) {
    return failed(module_path + " is no PKCS#11 library");
  }
  ck_c_initialize_args arguments = {};
  arguments.flags = CKF_OS_LOCKING_OK;
  const auto begun = library->C_Initialize(&arguments);
  if (begun != CKR_OK && begun != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
    return failed("C_Initialize: " + to_text(begun));
  }
  return library;
}

core::Result<ck_slot_id_t> find_token(ck_function_list& library, const std::string& label) {
  std::array<ck_slot_id_t, kSlotsMax> slots{};
  unsigned long count = slots.size();
  const auto listed = library.C_GetSlotList(1, slots.data(), &count);
  if (listed != CKR_OK) return failed("C_GetSlotList: " + to_text(listed));
  std::vector<ck_slot_id_t> found;
  for (unsigned long i = 0; i < count; ++i) {
    ck_token_info info = {};
    if (library.C_GetTokenInfo(slots.at(i), &info) == CKR_OK && label_of(info) == label) {
      found.push_back(slots.at(i));
    }
  }
  if (found.empty()) return failed("there is no token " + label);
  if (found.size() > 1) return failed("there are two tokens " + label);
  return found.front();
}

bool is_session_fault(ck_rv_t code) {
  constexpr std::array<ck_rv_t, 12> kFaults{
      CKR_SESSION_HANDLE_INVALID, CKR_SESSION_CLOSED,     CKR_USER_NOT_LOGGED_IN,
      CKR_DEVICE_REMOVED,         CKR_DEVICE_ERROR,       CKR_DEVICE_MEMORY,
      CKR_TOKEN_NOT_PRESENT,      CKR_KEY_HANDLE_INVALID, CKR_OBJECT_HANDLE_INVALID,
      CKR_OPERATION_ACTIVE,       CKR_HOST_MEMORY,        CKR_CRYPTOKI_NOT_INITIALIZED};
  return std::find(kFaults.begin(), kFaults.end(), code) != kFaults.end();
}

std::string to_text(ck_rv_t code) { return fmt::format("0x{:08x}", code); }

}  // namespace crypto
