#include "identity/abuse/device_mark.h"

#include <algorithm>
#include <array>
#include <vector>

#include "codec/base64url.h"
#include "crypto/mac.h"

namespace identity {
namespace {

// version (1) | device id (16) | entries, newest first: day of issue (4, big-endian) | tag (16).
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kDeviceBytes = 16;
constexpr std::size_t kDayBytes = 4;
constexpr std::size_t kEntryBytes = kDayBytes + sizeof(crypto::MacTag);
constexpr std::size_t kHeadBytes = 1 + kDeviceBytes;
constexpr std::string_view kPurpose = "device_mark";
constexpr std::int64_t kDaySeconds = 24LL * 3600;

using DayBytes = std::array<std::uint8_t, kDayBytes>;

struct Entry {
  DayBytes day{};
  core::Bytes tag;
};

struct Mark {
  core::Bytes device;
  std::vector<Entry> entries;
};

DayBytes day_of(core::Instant at) {
  const auto day = static_cast<std::uint32_t>(at.seconds() / kDaySeconds);
  return {static_cast<std::uint8_t>(day >> 24U), static_cast<std::uint8_t>(day >> 16U),
          static_cast<std::uint8_t>(day >> 8U), static_cast<std::uint8_t>(day)};
}

std::int64_t number_of(const DayBytes& day) {
  std::int64_t number = 0;
  for (const auto byte : day) number = number << 8 | byte;
  return number;
}

std::optional<Mark> read(std::string_view text) {
  if (text.size() > DeviceMarks::kTextBytesMax) return {};
  const auto bytes = codec::from_base64url(text);
  if (!bytes || bytes->size() < kHeadBytes || bytes->front() != kVersion) return {};
  const auto rest = core::ByteView(*bytes).subspan(kHeadBytes);
  if (rest.size() % kEntryBytes != 0 || rest.size() > DeviceMarks::kAccountsMax * kEntryBytes) {
    return {};
  }
  Mark mark{core::to_bytes(core::ByteView(*bytes).subspan(1, kDeviceBytes)), {}};
  for (std::size_t at = 0; at < rest.size(); at += kEntryBytes) {
    Entry entry;
    std::copy_n(rest.begin() + static_cast<std::ptrdiff_t>(at), kDayBytes, entry.day.begin());
    entry.tag = core::to_bytes(rest.subspan(at + kDayBytes, sizeof(crypto::MacTag)));
    mark.entries.push_back(std::move(entry));
  }
  return mark;
}

std::string write(const Mark& mark) {
  core::Bytes bytes{kVersion};
  bytes.insert(bytes.end(), mark.device.begin(), mark.device.end());
  for (const auto& entry : mark.entries) {
    bytes.insert(bytes.end(), entry.day.begin(), entry.day.end());
    bytes.insert(bytes.end(), entry.tag.begin(), entry.tag.end());
  }
  return codec::to_base64url(bytes);
}

}  // namespace

std::string DeviceMarks::renew(std::string_view text, const core::CitizenId& id,
                               core::Instant now) const {
  auto mark = read(text).value_or(Mark{core::random_bytes(rng_, kDeviceBytes), {}});
  std::erase_if(mark.entries, [&](const Entry& entry) {
    return crypto::is_mac_tag(entry.tag, key_, kPurpose, {mark.device, entry.day, id.bytes()});
  });
  if (mark.entries.size() >= kAccountsMax) mark.entries.resize(kAccountsMax - 1);
  const auto day = day_of(now);
  const auto tag = crypto::make_mac_tag(key_, kPurpose, {mark.device, day, id.bytes()});
  mark.entries.insert(mark.entries.begin(), Entry{day, core::to_bytes(tag)});
  return write(mark);
}

std::optional<core::Bytes> DeviceMarks::recognise(std::string_view text, const core::CitizenId& id,
                                                  core::Instant now) const {
  const auto mark = read(text);
  if (!mark) return {};
  const auto today = now.seconds() / kDaySeconds;
  const auto days = std::chrono::duration_cast<std::chrono::seconds>(kLife).count() / kDaySeconds;
  bool known = false;
  for (const auto& entry : mark->entries) {
    const bool ours =
        crypto::is_mac_tag(entry.tag, key_, kPurpose, {mark->device, entry.day, id.bytes()});
    known = known || (ours && number_of(entry.day) + days > today);
  }
  return known ? std::optional(mark->device) : std::nullopt;
}

}  // namespace identity
