#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/figure_text.hpp"
#include "ohmloop/report/figures/plot.hpp"

namespace ohmloop {
namespace {

constexpr double line_points = 11;
constexpr double widest_indent = 9;
constexpr std::size_t most_lines = 200;

struct TreeLine {
  std::size_t depth = 0;
  std::string text;
  std::string colour;  ///< of the tensor that is kept; empty: a loop
  bool across = false;
};

std::vector<TreeLine> tree_lines(const NestTreeFigure& body, LeftOut& left_out) {
  std::vector<TreeLine> lines;
  std::size_t depth = 0;
  for (const NestLine& line : body.lines) {
    if (lines.size() == most_lines) {
      left_out.add("a line past the 200th of the nest", static_cast<int>(body.lines.size() - most_lines));
      break;
    }
    if (const auto* loop = std::get_if<LoopLine>(&line)) {
      const std::string where = loop->across.empty() ? "" : " across " + loop->across;
      lines.push_back(
          {depth, fmt::format("for {} in 0..{}{}", loop->rank, loop->bound - 1, where), "", !where.empty()});
      ++depth;
      continue;
    }
    const KeepLine& keep = std::get<KeepLine>(line);
    const auto tensor = std::find_if(body.tensors.begin(), body.tensors.end(),
                                     [&](const FigureSeries& one) { return one.name == keep.tensor; });
    const std::string_view colour = tensor == body.tensors.end() ? reference_colour : look_of(tensor->subject).colour;
    lines.push_back({depth,
                     fmt::format("{}: {}, {} {}", keep.level, keep.tensor, format_count(keep.words),
                                 keep.words == 1 ? "word" : "words"),
                     std::string(colour), false});
  }
  lines.push_back({depth, body.compute + " computes", "", false});
  return lines;
}

/// In points from the top left of the plot area.
class TreeScript {
 public:
  TreeScript(double width, double height) : width_(width), height_(height) {}

  void box(double left, double right, double top, double bottom, std::string_view colour, double opacity) {
    text_ += fmt::format("set object rectangle from {} to {} back fs transparent solid {} noborder fc rgb '{}'\n",
                         at(left, bottom), at(right, top), opacity, colour);
  }
  void stroke(double x1, double y1, double x2, double y2) {
    text_ +=
        fmt::format("set arrow from {} to {} nohead lw 0.6 lc rgb '{}'\n", at(x1, y1), at(x2, y2), reference_colour);
  }
  void label(double x, double y, std::string_view font, std::string_view text) {
    const double size = text_points * 0.98;
    text_ += fmt::format("set label {} at {} left font {} tc rgb '{}'\n",
                         quoted_text(shortened(drawable_text(text), (width_ - x) / size)), at(x, y), font, ink_colour);
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  [[nodiscard]] std::string at(double x, double y) const {
    return fmt::format("graph {:.5f}, graph {:.5f}", x / width_, 1 - y / height_);
  }
  double width_;
  double height_;
  std::string text_;
};

}  // namespace

Plot plot_nest_tree(const NestTreeFigure& body, double width_points) {
  Plot plot;
  plot.has_axes = false;
  plot.x = plot.y = {0, 1, {}};
  const std::vector<TreeLine> lines = tree_lines(body, plot.left_out);
  plot.height_points = line_points * static_cast<double>(lines.size());
  const double indent =
      std::min(widest_indent, 0.45 * width_points / static_cast<double>(std::max<std::size_t>(lines.back().depth, 1)));
  TreeScript script(width_points, plot.height_points);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const TreeLine& line = lines[i];
    const double left = 3 + indent * static_cast<double>(line.depth);
    const double top = line_points * static_cast<double>(i);
    const double middle = top + line_points / 2;
    if (!line.colour.empty()) {
      script.box(left, width_points, top + 0.5, top + line_points - 0.5, line.colour, 0.2);
      script.box(left, left + 3, top + 0.5, top + line_points - 0.5, line.colour, 1);
    }
    // A loop's line runs down to the last thing in it.
    if (line.depth > 0 && line.colour.empty()) script.stroke(left - indent + 1.5, middle, left - 1, middle);
    const bool is_loop = line.colour.empty() && i + 1 < lines.size();
    if (is_loop) {
      const std::size_t next = std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(i) + 1, lines.end(),
                                            [](const TreeLine& one) { return one.colour.empty(); }) -
                               lines.begin();
      script.stroke(left + 1.5, top + line_points - 1.5, left + 1.5, line_points * (static_cast<double>(next) + 0.5));
    }
    script.label(left + (line.colour.empty() ? 0 : 6), middle, line.across ? "bold_font" : "text_font", line.text);
  }
  for (const FigureSeries& tensor : body.tensors)
    plot.legend.push_back({tensor.name, std::string(look_of(tensor.subject).colour), 0, 0, true});
  plot.script = script.text();
  return plot;
}

}  // namespace ohmloop
