#pragma once

#include <string>
#include <vector>

#include "ohmloop/energy/part_figures.hpp"
#include "ohmloop/report/text_table.hpp"

namespace ohmloop {

/// One class of the component library at given attributes.
struct PartReport {
  const ComponentClass* component_class = nullptr;
  std::string attributes;           ///< "size 8192 bit, width 64 bit"
  std::vector<PartFigure> figures;  ///< empty: no attributes were given, only the class is shown
};

/// The same class at several values of one attribute.
struct PartSweep {
  struct Point {
    double value = 0;  ///< in `unit`
    std::vector<PartFigure> figures;
  };
  const ComponentClass* component_class = nullptr;
  std::string attributes;  ///< those that stay
  std::string attribute;
  std::string unit;  ///< of the attribute; may be empty
  std::vector<Point> points;
};

/// All classes, a line each, grouped by what they are used for.
std::string parts_table(const Registry& registry, const TableStyle& style = {});
std::string parts_json(const Registry& registry);
std::string parts_csv(const Registry& registry);

/// A class: attributes, actions, estimators; with figures also the numbers, who else answered, and who rejected why.
std::string part_table(const PartReport& report, const Registry& registry, const TableStyle& style = {});
std::string part_json(const PartReport& report, const Registry& registry);
/// figure,value,unit,chosen,estimator,accuracy_percent,source,derivation: a row per answer, the chosen one first.
std::string part_csv(const PartReport& report);

/// A row per point, a column per figure.
std::string sweep_table(const PartSweep& sweep, const TableStyle& style = {});
std::string sweep_json(const PartSweep& sweep);
std::string sweep_csv(const PartSweep& sweep);

}  // namespace ohmloop
