#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace ohmloop {

/// A text that the user gave: a file, a preset ("preset:isaac") or a command line ("--set"). Immutable and shared, so
/// that every value can say where it stands.
struct SourceFile {
  std::string path;
  std::string text;
};

using SourceFilePtr = std::shared_ptr<const SourceFile>;

/// A place in a source file: 1-based line and column (in bytes), `length` bytes long. Empty when `file` is null.
struct SourceSpan {
  SourceFilePtr file;
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t length = 1;

  [[nodiscard]] bool empty() const { return file == nullptr; }
};

/// "arch.yaml:14:7", or the empty string for an empty span.
std::string to_string(const SourceSpan& span);

/// The place of `length` bytes that start `offset` bytes into the file.
SourceSpan span_at(const SourceFilePtr& file, std::size_t offset, std::size_t length = 1);

/// Reads a whole text file of at most `max_bytes`. Throws IoError (cannot open, a directory, cannot read) or InputError
/// (empty, larger than the limit, a control character or invalid UTF-8: "a binary file").
SourceFilePtr read_source_file(const std::string& path, std::size_t max_bytes = std::size_t{16} << 20);

}  // namespace ohmloop
