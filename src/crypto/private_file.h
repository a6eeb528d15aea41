// Private files: small files that only the server's account may read or write, such as keys. One
// that anybody else could touch is refused. Functions for start-up and the command line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/secret.h"

namespace crypto {

/// Reads the whole file, or its first bytes_max + 1 bytes, by which the caller sees that it is too
/// long.
/// Errors: kNotFound "key.file_missing"          no such file;
///         kInternal "key.not_regular_file"      a link, folder, device or pipe;
///         kInternal "key.not_owned"             belongs to another user;
///         kInternal "key.permissions_too_open"  group or others may do anything with it (detail:
///                                               mode and path);
///         kInternal "key.unreadable"            any other failure of the file system.
[[nodiscard]] core::Result<core::Secret<std::string>> read_private_file(const std::string& path,
                                                                        std::size_t bytes_max);

/// Writes a new file of mode 0600 and returns when file and folder are on disk. The caller wipes
/// the text.
/// Errors: kConflict "key.file_exists"    something is there already; it is left as it is;
///         kInternal "key.not_written"    the file system refused (detail says why); nothing is
///                                        left behind.
[[nodiscard]] core::Status create_private_file(const std::string& path, std::string_view text);

/// Replaces a private file as one step: whoever reads it meanwhile, or after a power cut, finds the
/// old text or the new one, whole. What an interrupted call left in PATH.new is overwritten. The
/// caller wipes the text.
/// Errors: kInternal "key.not_written" the file system refused (detail says why); the old file is
///         as it was.
[[nodiscard]] core::Status replace_private_file(const std::string& path, std::string_view text);

}  // namespace crypto
