#include "http/static_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "http/limits.h"
#include "http/text.h"

namespace http {
namespace {

namespace fs = std::filesystem;

struct MediaType {
  std::string_view extension;
  std::string_view media_type;
};
constexpr std::array kMediaTypes{
    MediaType{".html", "text/html; charset=utf-8"},
    MediaType{".js", "text/javascript; charset=utf-8"},
    MediaType{".mjs", "text/javascript; charset=utf-8"},
    MediaType{".css", "text/css; charset=utf-8"},
    MediaType{".json", "application/json"},
    MediaType{".map", "application/json"},
    MediaType{".webmanifest", "application/manifest+json"},
    MediaType{".wasm", "application/wasm"},
    MediaType{".svg", "image/svg+xml"},
    MediaType{".png", "image/png"},
    MediaType{".jpg", "image/jpeg"},
    MediaType{".webp", "image/webp"},
    MediaType{".ico", "image/x-icon"},
    MediaType{".woff2", "font/woff2"},
    MediaType{".txt", "text/plain; charset=utf-8"},
    MediaType{".xml", "application/xml"},
    MediaType{".pdf", "application/pdf"},
    MediaType{".cbor", "application/cbor"},
};

std::string_view extension_of(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(dot);
}

std::string media_type_for(std::string_view path) {
  const auto extension = extension_of(path);
  const auto* const known =
      std::find_if(kMediaTypes.begin(), kMediaTypes.end(),
                   [&](const MediaType& entry) { return entry.extension == extension; });
  return std::string(known != kMediaTypes.end() ? known->media_type : "application/octet-stream");
}

// FNV-1a: tells editions of our own files apart; nobody gains by making two alike.
std::string fingerprint(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3U;
  }
  return fmt::format("{:016x}{:x}", hash, bytes.size());
}

auto unusable(std::string detail) {
  return core::fail(core::ErrorCode::kInvalidInput, "http.static_root", std::move(detail));
}

using Contents = std::map<std::string, std::shared_ptr<const std::string>>;

core::Result<std::shared_ptr<const std::string>> read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  auto bytes = std::make_shared<std::string>(std::istreambuf_iterator<char>(in),
                                             std::istreambuf_iterator<char>());
  if (in.bad() || !in.is_open()) return unusable("unreadable: " + path.string());
  return bytes;
}

core::Result<Contents> read_tree(const fs::path& root) {
  Contents contents;
  std::size_t total = 0;
  std::error_code error;
  fs::recursive_directory_iterator at(root, error);
  if (error) return unusable(root.string() + ": " + error.message());
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (error) return unusable(error.message());
    if (at->path().filename().string().starts_with('.')) {
      at.disable_recursion_pending();
      continue;
    }
    if (at->is_symlink(error) || !at->is_regular_file(error)) continue;
    const auto size = at->file_size(error);
    total += size;
    if (size > kStaticFileBytesMax || total > kStaticBytesMax ||
        contents.size() == kStaticFilesMax) {
      return unusable("over the limits at " + at->path().string());
    }
    TRY(auto bytes, read_file(at->path()));
    contents.emplace("/" + at->path().lexically_relative(root).generic_string(), std::move(bytes));
  }
  return contents;
}

std::shared_ptr<const std::string> find_in(const Contents& contents, const std::string& path) {
  const auto at = contents.find(path);
  return at != contents.end() ? at->second : nullptr;
}

bool is_encoding(const Contents& contents, const std::string& path) {
  const auto extension = extension_of(path);
  return (extension == ".br" || extension == ".gz") &&
         contents.contains(path.substr(0, path.size() - extension.size()));
}

bool is_navigation(const StaticRequest& request) {
  const bool api = request.path == "/api" || request.path.starts_with("/api/");
  const bool hidden = request.path.find("/.") != std::string_view::npos;
  return !api && !hidden && extension_of(request.path).empty() &&
         request.accept.find("text/html") != std::string_view::npos;
}

// Whether the encoding is listed and not refused by q=0.
bool accepts(std::string_view accept_encoding, std::string_view coding) {
  while (!accept_encoding.empty()) {
    auto member = next_part(accept_encoding, ',');
    if (!equal_no_case(trim(next_part(member, ';')), coding)) continue;
    const auto weight = trim(member);
    return weight.find_first_of("123456789") != std::string_view::npos || weight.empty();
  }
  return false;
}

}  // namespace

core::Result<StaticFiles> StaticFiles::load(const std::string& root) {
  TRY(const auto contents, read_tree(fs::path(root)));
  StaticFiles files;
  for (const auto& [path, bytes] : contents) {
    if (is_encoding(contents, path)) continue;
    File file;
    file.media_type = media_type_for(path);
    file.etag = fingerprint(*bytes);
    file.immutable = path.starts_with("/assets/");
    file.plain = bytes;
    file.brotli = find_in(contents, path + ".br");
    file.gzip = find_in(contents, path + ".gz");
    files.files_.emplace(path, std::move(file));
  }
  if (const auto index = files.files_.find("/index.html"); index != files.files_.end()) {
    files.files_.emplace("/", index->second);
  }
  return files;
}

Response StaticFiles::respond(const File& file, const StaticRequest& request) {
  Body body = file.plain;
  std::string_view coding;
  if (file.brotli && accepts(request.accept_encoding, "br")) {
    body = file.brotli;
    coding = "br";
  } else if (file.gzip && accepts(request.accept_encoding, "gzip")) {
    body = file.gzip;
    coding = "gzip";
  }
  const auto etag = fmt::format("\"{}{}{}\"", file.etag, coding.empty() ? "" : "-", coding);

  Response response;
  response.with("Content-Type", file.media_type);
  response.with("ETag", etag);
  response.with("Vary", "Accept-Encoding");
  response.with("Cache-Control",
                file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  auto known = request.if_none_match;
  while (!known.empty()) {
    auto tag = trim(next_part(known, ','));
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag != etag && tag != "*") continue;
    response.status = 304;
    return response;
  }
  if (!coding.empty()) response.with("Content-Encoding", std::string(coding));
  response.body = std::move(body);
  return response;
}

std::optional<Response> StaticFiles::answer(const StaticRequest& request) const {
  auto file = files_.find(request.path);
  if (file == files_.end() && is_navigation(request)) file = files_.find("/");
  if (file == files_.end()) return std::nullopt;
  return respond(file->second, request);
}

}  // namespace http
