#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// Finds places in a YAML text by byte offset; what the parser library reports as the place of a node may be its tag or
/// its anchor, and it reports no lengths.
class YamlLayout {
 public:
  explicit YamlLayout(SourceFilePtr source);

  [[nodiscard]] std::string_view text() const { return source_->text; }
  [[nodiscard]] SourceSpan span(std::size_t offset, std::size_t length = 1) const;
  /// The byte offset of a position of the library, which does not count a byte order mark.
  [[nodiscard]] std::size_t offset_of(int position) const;

  struct Properties {
    std::size_t tag_offset = 0;
    std::size_t tag_length = 0;   ///< 0 where there is no tag
    std::size_t node_offset = 0;  ///< first character behind tag, anchor, blanks and comments
  };
  /// Steps over the `!tag` and `&anchor` that may stand at `offset`.
  [[nodiscard]] Properties properties_at(std::size_t offset) const;

  /// Bytes of the scalar that starts at `offset` and has this value: with its quotes, or the first line of a value that
  /// goes over several. 0 if the closing quote is missing.
  [[nodiscard]] std::size_t scalar_length(std::size_t offset, std::string_view value) const;
  [[nodiscard]] bool is_quote(std::size_t offset) const;

  /// The offset of a tab within the indentation of the line of `offset` or of the last line above it that is not empty;
  /// npos if there is none.
  [[nodiscard]] std::size_t tab_in_indentation(std::size_t offset) const;

 private:
  [[nodiscard]] std::size_t line_start(std::size_t offset) const;
  [[nodiscard]] std::size_t skip_blanks_and_comments(std::size_t offset) const;

  SourceFilePtr source_;
  std::vector<std::size_t> line_starts_;
  std::size_t mark_length_ = 0;
};

}  // namespace ohmloop
