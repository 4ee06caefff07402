#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace ohmloop {

/// A file can't be read or written; the message names it and says why. Exit code 3.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Writes a file that is there as a whole or not at all: a temporary name in the same folder, fsync, rename. An
/// existing file is replaced. Throws FileError, and then neither `path` has changed nor the temporary file remains.
void write_file_atomically(const std::string& path, std::string_view text);

/// Throws FileError where write_file_atomically would because of the place; nothing remains. For results of long work,
/// before it begins.
void check_writable(const std::string& path);

}  // namespace ohmloop
