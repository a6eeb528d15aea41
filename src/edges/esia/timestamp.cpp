#include "edges/esia/timestamp.h"

#include <algorithm>

namespace edges::esia {

std::string to_esia_timestamp(core::Instant at) {
  // "2026-11-22T06:42:45Z" differs from what ESIA wants in its separators alone.
  auto text = core::to_rfc3339(at);
  std::replace(text.begin(), text.end(), '-', '.');
  std::replace(text.begin(), text.end(), 'T', ' ');
  text.pop_back();
  return text + " +0000";
}

}  // namespace edges::esia
