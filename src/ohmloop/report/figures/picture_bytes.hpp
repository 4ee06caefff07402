#pragma once

#include <string>

namespace ohmloop {

struct PictureLabel {
  std::string title;
  std::string description;
  double width_inches = 0;
  double height_inches = 0;
};

/// gnuplot's SVG with its size in print, a title and description of its own for those who hear it, more than one
/// family of fonts, and without the name of the program's version.
std::string labelled_svg(const std::string& svg, const PictureLabel& label);

/// A PDF whose date of creation is the first of 1970; its length stays, for its table counts bytes.
std::string undated_pdf(std::string pdf);

/// Text as the content or a quoted attribute of XML and HTML: drawable (figure_text.hpp), with &, <, > and quotes
/// escaped.
std::string escaped_markup(const std::string& text);

}  // namespace ohmloop
