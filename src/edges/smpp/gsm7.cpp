#include "edges/smpp/gsm7.h"

#include <array>
#include <string>

#include "edges/smpp/utf16.h"

namespace edges::smpp {
namespace {

// 3GPP TS 23.038, the default alphabet in the order of its codes; the escape has no character.
constexpr std::u16string_view kDefault =
    u"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFFÆæßÉ"
    u" !\"#¤%&'()*+,-./0123456789:;<=>?"
    u"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    u"¿abcdefghijklmnopqrstuvwxyzäöñüà";
static_assert(kDefault.size() == 128);

struct Extension {
  char16_t character;
  std::uint8_t code;
};
constexpr std::array<Extension, 10> kExtension{{{u'\f', 0x0A},
                                                {u'^', 0x14},
                                                {u'{', 0x28},
                                                {u'}', 0x29},
                                                {u'\\', 0x2F},
                                                {u'[', 0x3C},
                                                {u'~', 0x3D},
                                                {u']', 0x3E},
                                                {u'|', 0x40},
                                                {u'€', 0x65}}};

bool append(core::Bytes& septets, char16_t character) {
  const auto code = kDefault.find(character);
  if (character != u'\uFFFF' && code != std::u16string_view::npos) {
    septets.push_back(static_cast<std::uint8_t>(code));
    return true;
  }
  for (const auto& extension : kExtension) {
    if (extension.character != character) continue;
    septets.push_back(kGsm7Escape);
    septets.push_back(extension.code);
    return true;
  }
  return false;
}

}  // namespace

std::optional<core::Bytes> to_gsm7(std::string_view utf8) {
  const auto text = to_utf16(utf8);
  if (!text) return std::nullopt;
  core::Bytes septets;
  for (const char16_t character : *text) {
    if (!append(septets, character)) return std::nullopt;
  }
  return septets;
}

}  // namespace edges::smpp
