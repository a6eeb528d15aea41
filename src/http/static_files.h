// StaticFiles: the web client, read into memory at start. Requests are looked up in a table and
// never touch the file system, so no path can climb out of the folder. Immutable; safe from any
// thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "http/response.h"

namespace http {

/// What decides which bytes a file request gets.
struct StaticRequest {
  std::string_view path = {};
  std::string_view accept = {};
  std::string_view accept_encoding = {};
  std::string_view if_none_match = {};
};

class StaticFiles {
 public:
  /// Reads every regular file below `root`; NAME.br and NAME.gz become encodings of NAME. Hidden
  /// files and symbolic links are left out.
  /// Errors: kInvalidInput "http.static_root" no such folder, unreadable, or over limits.h.
  [[nodiscard]] static core::Result<StaticFiles> load(const std::string& root);

  /// The file, 304 when the client has it, or index.html for a navigation to a page of the client
  /// (no extension, not below /api, text/html accepted); empty otherwise.
  [[nodiscard]] std::optional<Response> answer(const StaticRequest& request) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  using Bytes = std::shared_ptr<const std::string>;
  struct File {
    std::string media_type;
    std::string etag;  ///< without quotes
    bool immutable = false;
    Bytes plain;
    Bytes brotli;
    Bytes gzip;
  };
  [[nodiscard]] static Response respond(const File& file, const StaticRequest& request);

  std::map<std::string, File, std::less<>> files_;  ///< by URL path
};

}  // namespace http
