#include "ohmloop/report/figures/figure_frame.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/figures/figure_text.hpp"

namespace ohmloop {
namespace {

constexpr double edge = 4;            ///< around everything
constexpr double line_of_title = 11;  ///< heights of lines of text
constexpr double line_of_text = 10;
constexpr double line_of_ticks = 9;
constexpr double gap_above_plot = 5;
constexpr double tick_length = 3;
constexpr double gap_at_ticks = 3;
constexpr double gap_of_columns = 9;  ///< of the legend
constexpr double symbol_width = 16;   ///< of the legend, its gap included
constexpr double boldness = 1.1;      ///< how much wider bold text is
constexpr double turned_angle = 40;   ///< degrees
constexpr double longest_turned = 95;

enum class Turn { none, slanted, upright };

struct Size {
  double width = 0;
  double height = 0;
  double left = 0;
  double right = 0;
  double top = 0;
  double bottom = 0;

  [[nodiscard]] double plot_width() const { return width - left - right; }
};

/// Commands that place things in points from the bottom left of the picture.
class FrameScript {
 public:
  explicit FrameScript(const Size& size) : size_(size) {}

  [[nodiscard]] std::string at(double x, double y) const {
    return fmt::format("screen {:.5f}, screen {:.5f}", x / size_.width, y / size_.height);
  }
  void add(std::string_view line) {
    text_ += line;
    text_ += '\n';
  }
  void label(double x, double y, std::string_view text, std::string_view how) {
    add(fmt::format("set label {} at {} {} tc rgb '{}'", quoted_text(text), at(x, y), how, ink_colour));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Size size_;
  std::string text_;
};

/// "[low:high]", a hair beyond the ends, lest rounding lose the ticks that stand there.
std::string range_text(const AxisTicks& ticks, AxisScale scale) {
  constexpr double hair = 1e-6;
  const bool linear = scale == AxisScale::linear;
  const double room = hair * (ticks.high - ticks.low);
  return fmt::format("[{}:{}]", shortest_double(linear ? ticks.low - room : ticks.low * (1 - hair)),
                     shortest_double(linear ? ticks.high + room : ticks.high * (1 + hair)));
}

double points_wide(std::string_view text, double size) { return text_width(drawable_text(text)) * size; }

double widest_label(const std::vector<AxisTick>& ticks) {
  double widest = 0;
  for (const AxisTick& tick : ticks) widest = std::max(widest, points_wide(tick.label, small_points));
  return widest;
}

/// So many that they can still be told apart; a last line says how many more there are.
std::vector<LegendEntry> shown_entries(const std::vector<LegendEntry>& legend) {
  constexpr std::size_t most_entries = 60;
  if (legend.size() <= most_entries) return legend;
  std::vector<LegendEntry> shown(legend.begin(), legend.begin() + most_entries - 1);
  shown.push_back({fmt::format("and {} more", legend.size() - shown.size()), std::string(ink_colour)});
  return shown;
}

/// Entries run down the columns.
struct LegendShape {
  std::size_t rows = 0;
  std::vector<double> column_widths;
};

LegendShape shape_of(const std::vector<LegendEntry>& legend, double width) {
  constexpr std::size_t most_columns = 20;
  for (std::size_t columns = std::min(legend.size(), most_columns); columns > 0; --columns) {
    LegendShape shape;
    shape.rows = (legend.size() + columns - 1) / columns;
    double sum = 0;
    for (std::size_t first = 0; first < legend.size(); first += shape.rows) {
      double widest = 0;
      for (std::size_t i = first; i < std::min(first + shape.rows, legend.size()); ++i)
        widest = std::max(widest, points_wide(legend[i].name, text_points));
      shape.column_widths.push_back(symbol_width + widest + gap_of_columns);
      sum += shape.column_widths.back();
    }
    if (sum - gap_of_columns <= width) return shape;
    if (columns == 1) {
      shape.column_widths = {width};
      return shape;
    }
  }
  return {};
}

void draw_entry(const LegendEntry& entry, double x, double y, double width, FrameScript& script) {
  constexpr double line = symbol_width - 3;
  if (entry.box)
    script.add(fmt::format("set object rectangle from {} to {} fs solid 1 noborder fc rgb '{}'",
                           script.at(x + 3, y - 3), script.at(x + 11, y + 3), entry.colour));
  if (entry.dash != 0) {
    // Into SVG, gnuplot 5.4 draws neighbours of one colour and width with one dash: widths differ by a hair.
    const double width_of_line = 1.2 + 0.01 * entry.dash;
    script.add(fmt::format("set arrow from {} to {} nohead lw {:.2f} dt {} lc rgb '{}'", script.at(x, y),
                           script.at(x + line, y), width_of_line, dash_type(entry.dash), entry.colour));
  }
  if (entry.marker != 0)
    script.add(fmt::format("set label '' at {} point pt {} ps 0.6 lc rgb '{}'", script.at(x + line / 2, y),
                           entry.marker, entry.colour));
  script.label(x + symbol_width, y, shortened(drawable_text(entry.name), (width - symbol_width) / text_points),
               "left font text_font");
}

void draw_legend(const std::vector<LegendEntry>& legend, const LegendShape& shape, double left, double top,
                 FrameScript& script) {
  double x = left;
  for (std::size_t column = 0; column < shape.column_widths.size(); ++column) {
    for (std::size_t row = 0; row < shape.rows && column * shape.rows + row < legend.size(); ++row)
      draw_entry(legend[column * shape.rows + row], x, top - line_of_text * (static_cast<double>(row) + 0.5),
                 shape.column_widths[column], script);
    x += shape.column_widths[column];
  }
}

/// How names along x must stand.
Turn turn_of(const Plot& plot, double plot_width) {
  if (!plot.x_has_names || plot.x.ticks.size() < 2) return Turn::none;
  const double distance = plot_width / (plot.x.high - plot.x.low);
  if (widest_label(plot.x.ticks) + 3 <= distance) return Turn::none;
  constexpr double degree = 3.14159265358979323846 / 180;
  return distance * std::sin(turned_angle * degree) > small_points ? Turn::slanted : Turn::upright;
}

double height_of_names(const Plot& plot, Turn turn) {
  if (turn == Turn::none) return line_of_ticks;
  const double longest = std::min(longest_turned, widest_label(plot.x.ticks));
  constexpr double degree = 3.14159265358979323846 / 180;
  return turn == Turn::upright ? longest : longest * std::sin(turned_angle * degree) + 4;
}

std::string minor_list(const AxisTicks& axis) {
  std::string list;
  for (const double at : axis.minor) list += fmt::format(", '' {} 1", shortest_double(at));
  return list;
}

void draw_x_ticks(const Plot& plot, Turn turn, const Size& size, FrameScript& script) {
  std::string list;
  const double distance = size.plot_width() / (plot.x.high - plot.x.low);
  const auto every = plot.x_has_names ? static_cast<std::size_t>(std::ceil(small_points / distance)) : 1;
  for (std::size_t i = 0; i < plot.x.ticks.size(); i += every) {
    const AxisTick& tick = plot.x.ticks[i];
    double room = turn == Turn::none && plot.x_has_names && plot.x.ticks.size() > 1 ? distance : longest_turned;
    if (turn == Turn::slanted)  // the first names must not leave the picture on the left
      room = std::min(room, (size.left + (tick.at - plot.x.low) * distance - edge) / 0.77);
    if (turn == Turn::none && plot.x.ticks.size() == 1) room = size.plot_width();
    list +=
        fmt::format("{}{} {}", list.empty() ? "" : ", ",
                    quoted_tick(shortened(drawable_text(tick.label), room / small_points)), shortest_double(tick.at));
  }
  list += minor_list(plot.x);
  const std::string rotation = turn == Turn::none      ? " offset 0,0.45"
                               : turn == Turn::slanted ? fmt::format(" rotate by {} right", turned_angle)
                                                       : " rotate by 90 right";
  script.add(fmt::format("set xtics {}{} ({}) font small_font", plot.x_has_names ? "scale 0" : "out scale 0.4",
                         rotation, list));
}

void draw_y_ticks(const Plot& plot, FrameScript& script) {
  std::string list;
  for (const AxisTick& tick : plot.y.ticks)
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", quoted_tick(tick.label), shortest_double(tick.at));
  list += minor_list(plot.y);
  script.add(fmt::format("set ytics out scale 0.4 ({}) font small_font", list));
}

/// Lines of the title below; it may be as wide as the picture.
std::vector<std::string> x_title_lines(const Plot& plot, double width) {
  return wrapped(drawable_text(axis_title(plot.x_axis, plot.x)), (width - 2 * edge) / text_points, 2);
}

double height_of_x_title(const Plot& plot, double width) {
  const std::size_t lines = x_title_lines(plot, width).size();
  return lines == 0 ? 0 : line_of_text * static_cast<double>(lines) + 1;
}

/// The middle of something of this length that should stand at `wanted` and must stay between the picture's edges.
double middle_inside(double wanted, double length, double whole) {
  return std::clamp(wanted, std::min(whole / 2, edge + length / 2), std::max(whole / 2, whole - edge - length / 2));
}

void draw_axis_titles(const Plot& plot, const Size& size, FrameScript& script) {
  const std::vector<std::string> lines = x_title_lines(plot, size.width);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double length = text_width(lines[i]) * text_points;
    script.label(middle_inside(size.left + size.plot_width() / 2, length, size.width),
                 edge + line_of_text * (static_cast<double>(lines.size() - i) - 0.5), lines[i],
                 "center font text_font");
  }
  const std::string y_title =
      shortened(drawable_text(axis_title(plot.y_axis, plot.y)), (size.height - 2 * edge) / text_points);
  if (y_title.empty()) return;
  const double middle = size.bottom + (size.height - size.top - size.bottom) / 2;
  // A long title runs down beside the ticks' labels, not up into the legend.
  const double length = text_width(y_title) * text_points;
  const double highest = size.height - size.top + gap_above_plot - length / 2;
  script.label(edge + line_of_text / 2 - 1, middle_inside(std::min(middle, highest), length, size.height), y_title,
               "center rotate by 90 font text_font");
}

void draw_groups(const Plot& plot, const Size& size, FrameScript& script) {
  const double distance = size.plot_width() / (plot.x.high - plot.x.low);
  double room = size.width - 2 * edge;
  for (std::size_t i = 1; i < plot.x_groups.size(); ++i)
    room = std::min(room, (plot.x_groups[i].at - plot.x_groups[i - 1].at) * distance - 2);
  for (const AxisTick& group : plot.x_groups) {
    const std::string name = shortened(drawable_text(group.label), room / small_points);
    const double middle = size.left + (group.at - plot.x.low) * distance;
    script.label(middle_inside(middle, text_width(name) * small_points, size.width),
                 edge + height_of_x_title(plot, size.width) + line_of_text / 2, name, "center font small_font");
  }
}

void draw_axes(const Plot& plot, Turn turn, const Size& size, FrameScript& script) {
  script.add(fmt::format("set border 3 lw 0.8 lc rgb '{}'", ink_colour));
  script.add(fmt::format("set tics nomirror tc rgb '{}'", ink_colour));
  script.add(
      fmt::format("set grid {}ytics back lt 1 lw 0.6 lc rgb '{}'", plot.x_has_names ? "" : "xtics ", faint_colour));
  const auto scale = [&](std::string_view axis, AxisScale of) {
    if (of != AxisScale::linear) script.add(fmt::format("set logscale {} {}", axis, of == AxisScale::log2 ? 2 : 10));
  };
  scale("x", plot.x_axis.scale);
  scale("y", plot.y_axis.scale);
  draw_x_ticks(plot, turn, size, script);
  draw_y_ticks(plot, script);
  draw_axis_titles(plot, size, script);
  draw_groups(plot, size, script);
}

}  // namespace

double usual_plot_width(double width_points) { return width_points - 48; }

FigureFrame frame_plot(const Plot& plot, const std::string& title, double width_points) {
  Size size;
  size.width = width_points;
  size.left = edge;
  size.right = edge + 2;
  Turn turn = Turn::none;
  size.bottom = edge;
  if (plot.has_axes) {
    if (!axis_title(plot.y_axis, plot.y).empty()) size.left += line_of_text + 1;
    size.left += widest_label(plot.y.ticks) + tick_length + gap_at_ticks;
    if (!plot.x_has_names && !plot.x.ticks.empty())
      size.right = std::max(size.right, points_wide(plot.x.ticks.back().label, small_points) / 2 + 1);
    turn = turn_of(plot, size.plot_width());
    size.bottom += height_of_names(plot, turn) + gap_at_ticks + tick_length;
    if (!plot.x_groups.empty()) size.bottom += line_of_text;
    size.bottom += height_of_x_title(plot, size.width);
  }
  const std::vector<std::string> title_lines =
      wrapped(drawable_text(title), (size.width - 2 * edge) / (title_points * boldness), 3);
  const std::vector<LegendEntry> entries = shown_entries(plot.legend);
  const LegendShape legend = shape_of(entries, size.width - 2 * edge);
  const double title_height = line_of_title * static_cast<double>(title_lines.size());
  const double legend_height = line_of_text * static_cast<double>(legend.rows);
  size.top = edge + title_height + legend_height + gap_above_plot;
  const double plot_height = plot.height_points > 0 ? plot.height_points : std::min(0.56 * size.plot_width(), 190.0);
  size.height = size.top + plot_height + size.bottom;

  FrameScript script(size);
  script.add(fmt::format("set lmargin at screen {:.5f}\nset rmargin at screen {:.5f}", size.left / size.width,
                         1 - size.right / size.width));
  script.add(fmt::format("set bmargin at screen {:.5f}\nset tmargin at screen {:.5f}", size.bottom / size.height,
                         1 - size.top / size.height));
  script.add(fmt::format("unset key\nset xrange {} noextend\nset yrange {} noextend",
                         range_text(plot.x, plot.x_axis.scale), range_text(plot.y, plot.y_axis.scale)));
  if (plot.has_axes) {
    draw_axes(plot, turn, size, script);
  } else {
    script.add("unset border\nunset tics");
  }
  for (std::size_t i = 0; i < title_lines.size(); ++i)
    script.label(edge, size.height - edge - line_of_title * (static_cast<double>(i) + 0.5), title_lines[i],
                 "left font title_font");
  draw_legend(entries, legend, edge, size.height - edge - title_height, script);
  return {size.width, size.height, script.text()};
}

}  // namespace ohmloop
