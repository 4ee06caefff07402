#include "ohmloop/text/source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/utf8.hpp"

namespace ohmloop {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw IoError(fmt::format("cannot read '{}': {}", path, why));
}

[[noreturn]] void refuse(const std::string& message) {
  throw InputError(Diagnostic{.severity = Severity::error, .message = message, .where = {}, .label = {}, .notes = {}});
}

/// Reads one byte more than allowed, so that a file that is too large shows itself even if it is a pipe.
std::string read_bytes(const std::string& path, std::size_t max_bytes) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) fail(path, "it is a directory");
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) fail(path, std::strerror(errno));

  std::string bytes;
  constexpr std::size_t block = std::size_t{64} << 10;
  while (bytes.size() <= max_bytes) {
    const std::size_t wanted = std::min(block, max_bytes + 1 - bytes.size());
    const std::size_t start = bytes.size();
    bytes.resize(start + wanted);
    const std::size_t got = std::fread(bytes.data() + start, 1, wanted, file.get());
    bytes.resize(start + got);
    if (got == wanted) continue;
    if (std::ferror(file.get()) != 0) fail(path, std::strerror(errno));
    break;
  }
  return bytes;
}

}  // namespace

std::string to_string(const SourceSpan& span) {
  return span.empty() ? std::string() : fmt::format("{}:{}:{}", span.file->path, span.line, span.column);
}

SourceSpan span_at(const SourceFilePtr& file, std::size_t offset, std::size_t length) {
  const std::string_view before = std::string_view(file->text).substr(0, offset);
  const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  return {.file = file, .line = line, .column = before.size() - line_start + 1, .length = length};
}

SourceFilePtr read_source_file(const std::string& path, std::size_t max_bytes) {
  auto file = std::make_shared<SourceFile>(SourceFile{.path = path, .text = read_bytes(path, max_bytes)});
  if (file->text.empty()) refuse(fmt::format("'{}' is empty", path));
  if (file->text.size() > max_bytes) {
    refuse(fmt::format("'{}' is larger than {} bytes, the most that a description may have", path, max_bytes));
  }
  if (const auto offset = first_non_text_byte(file->text)) {
    refuse(fmt::format("'{}' is a binary file, not text (byte {} is 0x{:02x})", path, *offset,
                       static_cast<unsigned char>(file->text[*offset])));
  }
  return file;
}

}  // namespace ohmloop
