#include "ohmloop/energy/part_figures.hpp"

#include <fmt/format.h>

namespace ohmloop {

std::vector<PartFigure> part_figures(const Registry& registry, const ComponentClass& component_class,
                                     const AttributeMap& attributes) {
  std::vector<PartFigure> figures;
  for (const ActionSpec& action : component_class.actions) {
    figures.push_back({action.name, fmt::format("pJ/{}", to_string(action.unit)),
                       choose_estimate(registry, component_class, attributes, Query::Subject::energy, &action)});
  }
  figures.push_back({"area", "um2", choose_estimate(registry, component_class, attributes, Query::Subject::area)});
  figures.push_back({"leakage", "W", choose_estimate(registry, component_class, attributes, Query::Subject::leakage)});
  return figures;
}

}  // namespace ohmloop
