#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// A picture in the page, as draw_figure made it.
struct PageFigure {
  std::string title;      ///< what it shows, for those who do not see it
  std::string caption{};  ///< below it
  std::string svg{};      ///< empty: the page says `problem` instead
  std::string problem{};  ///< why there is no picture
};

struct PageColumn {
  std::string name;
  std::string unit{};  ///< stands below the name
};

/// Nothing, text, or a number. A column of whole numbers shows all digits, others three significant figures; they sort
/// by their full value.
using PageCell = std::variant<std::monostate, std::string, double>;

/// A table that a reader sorts by a click on a column's head. A column whose cells are all numbers or nothing is
/// aligned to the right; every other is text, in which numbers stand as they are.
struct PageTable {
  std::string caption;
  std::vector<PageColumn> columns;
  std::vector<std::vector<PageCell>> rows;  ///< a cell per column
};

struct PageSection {
  std::string title;
  std::vector<std::string> text{};  ///< paragraphs
  std::vector<PageFigure> figures{};
  std::vector<PageTable> tables{};
};

struct PageSetting {
  std::string name;
  std::string value;
};

/// Where a constant comes from that the page's numbers rest on.
struct PageConstant {
  enum class Kind { published, fitted, predicted };
  std::string name;  ///< "adc: energy of convert"
  double value = 0;
  std::string unit{};
  std::string source{};
  Kind kind = Kind::published;
};

/// A report on one study. Strings may hold anything and are shown as text.
struct Page {
  std::string title;
  std::string question{};
  std::vector<std::string> abstract{};  ///< what came out, a line each
  std::vector<PageSection> sections{};
  std::vector<PageSetting> settings{};
  std::vector<PageConstant> constants{};
  std::vector<std::string> warnings{};
  std::vector<std::string> commands{};  ///< that make the numbers again, to be typed
  ToolVersion tool{};
};

}  // namespace ohmloop
