// What people type as an e-mail address, and texts that become a letter: whatever the identity room
// accepts the edge accepts, and nothing gets out of its header.
#include <string_view>

#include "edges/smtp/mail_message.h"
#include "fuzz/fuzz_target.h"
#include "identity/account/email_address.h"

namespace {

using edges::smtp::Mailbox;

/// Lines end with CRLF and are short; before the empty one each is a header or goes on with one.
void check_wire(std::string_view wire) {
  bool in_header = true;
  while (!wire.empty()) {
    const auto end = wire.find("\r\n");
    CORE_ASSERT(end != std::string_view::npos && end <= 78);
    const auto line = wire.substr(0, end);
    CORE_ASSERT(line.find_first_of("\r\n") == std::string_view::npos);
    if (line.empty()) in_header = false;
    CORE_ASSERT(!in_header || line.front() == ' ' || line.find(':') != std::string_view::npos);
    wire.remove_prefix(end + 2);
  }
  CORE_ASSERT(!in_header);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = core::as_text({data, size});
  const auto address = identity::EmailAddress::parse(text);
  if (address) {
    CORE_ASSERT(identity::EmailAddress::parse(address->text()).has_value());
    CORE_ASSERT(Mailbox::parse(address->text()).has_value());
    CORE_ASSERT(address->text().find_first_of("\r\n <>,;\"") == std::string::npos);
  }
  const auto mailbox = Mailbox::parse(text);
  const auto usual = Mailbox::parse("a@b.example").value();
  const std::string any(text);
  const auto wire = edges::smtp::to_wire({.id = "id",
                                          .from = usual,
                                          .from_name = any,
                                          .to = core::Secret<Mailbox>(mailbox ? *mailbox : usual),
                                          .subject = any,
                                          .text = core::Secret<std::string>(any),
                                          .at = {}});
  CORE_ASSERT(wire.has_value());
  if (!mailbox || mailbox->text().size() < 60) check_wire(wire->reveal());
  return 0;
}
