#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ohmloop {

/// Text that every format can hold: UTF-8, every broken or control character replaced by U+FFFD, line breaks and tabs
/// by a blank.
std::string drawable_text(std::string_view text);

/// About how wide text is, in units of its size; rather too wide, as it is not known which font will draw it. The
/// widths are those of DejaVu Sans, the widest of the usual ones.
double text_width(std::string_view text);

/// The text, or as much of its beginning as fits with an ellipsis. `width` as in text_width.
std::string shortened(std::string_view text, double width);

/// Broken at blanks into lines of at most `width`; the last of `most_lines` is shortened.
std::vector<std::string> wrapped(std::string_view text, double width, std::size_t most_lines);

}  // namespace ohmloop
