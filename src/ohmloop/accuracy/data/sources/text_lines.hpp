#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// A piece of a text file: a line without its end, or a cell or word of one.
struct TextPiece {
  std::string_view text;
  std::size_t offset = 0;  ///< in the file's text
};

/// The lines that are not blank; a byte order mark is left out.
std::vector<TextPiece> text_lines(const SourceFile& file);
/// The cells of a line, between separators.
std::vector<TextPiece> split_cells(const TextPiece& line, char separator);
/// The words of a line, between blanks and tabs.
std::vector<TextPiece> split_words(const TextPiece& line);

SourceSpan span_of(const SourceFilePtr& file, const TextPiece& piece);

/// Errors of the same kind, of which a file may have as many as lines: the first ones one by one, the rest as a number.
class ErrorsOfAKind {
 public:
  explicit ErrorsOfAKind(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  /// Whether the next one would still be told; finding its place may be slow.
  [[nodiscard]] bool tells_next() const { return count_ < most_told; }
  void add(std::string message, const SourceSpan& where, std::string label = {}, std::vector<std::string> notes = {});
  /// One that is counted only.
  void add_untold() { ++count_; }
  /// Says how many more there are: "and 7 more images that are not there".
  void finish(std::string_view what);
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  static constexpr std::size_t most_told = 10;

  Diagnostics& diagnostics_;
  std::size_t count_ = 0;
};

}  // namespace ohmloop
