// Signed notes, checkpoints, keys and records of the transparency log, as strangers send them.
#include "audit/checkpoint.h"
#include "audit/log_record.h"
#include "fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = core::as_text({data, size});
  if (const auto note = audit::SignedNote::parse(text)) {
    // What was read is written the same: a note has one spelling.
    CORE_ASSERT(note->to_string() == text);
    if (const auto checkpoint = audit::Checkpoint::parse(note->text)) {
      CORE_ASSERT(checkpoint->to_text() == note->text);
    }
  }
  if (const auto key = audit::NoteVerifier::parse(text)) CORE_ASSERT(key->to_string() == text);
  if (const auto record = audit::LogRecord::parse(text)) CORE_ASSERT(record->to_text() == text);
  return 0;
}
