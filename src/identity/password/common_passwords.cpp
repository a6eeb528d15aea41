#include "identity/password/common_passwords.h"

#include <algorithm>
#include <vector>

namespace identity {
namespace {

std::vector<std::string_view> lines(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    if (end > 0) found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

}  // namespace

bool is_common_password(std::string_view folded) {
  static const std::vector<std::string_view> kSorted = lines(common_passwords_text());
  return std::binary_search(kSorted.begin(), kSorted.end(), folded);
}

}  // namespace identity
