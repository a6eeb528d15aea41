#include "audit/checkpoint.h"

#include <algorithm>
#include <charconv>

#include "codec/base64url.h"

namespace audit {
namespace {

using core::ErrorCode;
using core::fail;

auto malformed() { return fail(ErrorCode::kInvalidInput, "checkpoint.malformed"); }

}  // namespace

core::Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos || end == 0 || lines.size() == 3) return malformed();
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (lines.size() != 3 || !is_key_name(lines[0])) return malformed();
  Checkpoint checkpoint{.origin = std::string(lines[0]), .head = {}};
  auto& head = checkpoint.head;
  const auto read = std::from_chars(lines[1].data(), lines[1].data() + lines[1].size(), head.size);
  if (read.ec != std::errc{} || head.size > kTreeSizeMax || std::to_string(head.size) != lines[1]) {
    return malformed();
  }
  const auto root = codec::from_base64(lines[2]);
  if (!root || root->size() != head.root.size()) return malformed();
  std::copy(root->begin(), root->end(), head.root.begin());
  return checkpoint;
}

std::string Checkpoint::to_text() const {
  return origin + "\n" + std::to_string(head.size) + "\n" + codec::to_base64(head.root) + "\n";
}

core::Result<VerifiedCheckpoint> open_checkpoint(std::string_view note,
                                                 const std::vector<NoteVerifier>& keys) {
  VerifiedCheckpoint opened;
  TRY(opened.note, SignedNote::parse(note));
  TRY(opened.checkpoint, Checkpoint::parse(opened.note.text));
  bool is_signed = false;
  for (const auto& signature : opened.note.signatures) {
    const auto key = std::find_if(keys.begin(), keys.end(),
                                  [&](const auto& one) { return one.is_of(signature); });
    if (key == keys.end()) continue;
    if (!key->verify(opened.note.text, signature)) {
      return fail(ErrorCode::kForbidden, "checkpoint.signature", key->name());
    }
    if (key->type() == NoteKeyType::kCosignature) {
      opened.witnesses.push_back(*key);
    } else if (key->name() == opened.checkpoint.origin) {
      is_signed = true;
    }
  }
  if (!is_signed) {
    return fail(ErrorCode::kForbidden, "checkpoint.unsigned", opened.checkpoint.origin);
  }
  return opened;
}

}  // namespace audit
