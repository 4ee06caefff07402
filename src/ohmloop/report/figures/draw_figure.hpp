#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/report/figures/figure.hpp"

namespace ohmloop {

enum class PictureFormat { svg, pdf, png };

/// "svg"
std::string_view to_string(PictureFormat format);
/// Nothing if there is none of that name.
std::optional<PictureFormat> picture_format(std::string_view name);

struct FigureOptions {
  PictureFormat format = PictureFormat::svg;
  double width_inches = 3.3;  ///< in print: a column; text keeps its size in points. 2 to 20, else taken to there
  int dots_per_inch = 300;    ///< of a PNG; 50 to 600
};

struct FigureDrawing {
  std::string script;                    ///< gnuplot's, with the data in it; writes to its standard output
  std::optional<std::string> picture{};  ///< the bytes of the file
  std::string problem{};                 ///< why there is no picture: a phrase
  std::vector<std::string> left_out{};   ///< what could not be drawn: "3 values are not drawn: no number"
};

/// Draws with the program gnuplot (5.4 or newer). Equal figures give equal bytes with the same gnuplot and fonts; no
/// date is in them. Text of the figure is never taken for a command. More than 200,000 points are a problem.
FigureDrawing draw_figure(const Figure& figure, const FigureOptions& options = {});

/// Draws into a file that is there as a whole or not at all; `options.format` gives its format, whatever its name.
/// Throws FileError if it can't be written, or with the problem if there is no picture.
FigureDrawing write_figure(const std::string& path, const Figure& figure, const FigureOptions& options = {});

}  // namespace ohmloop
