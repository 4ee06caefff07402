#include "ohmloop/report/page/page_constants.hpp"

#include <fmt/format.h>

#include "ohmloop/energy/component_classes.hpp"
#include "ohmloop/report/energy_report.hpp"

namespace ohmloop {
namespace {

PageConstant::Kind kind_of(const Provenance& provenance) {
  if (provenance.fitted) return PageConstant::Kind::fitted;
  return provenance.estimator.substr(0, 6) == "table " ? PageConstant::Kind::published : PageConstant::Kind::predicted;
}

std::string source_of(const Provenance& provenance) {
  std::string text = provenance.estimator;
  for (const std::string* part : {&provenance.source, &provenance.derivation}) {
    if (!part->empty()) text += (text.empty() ? "" : "; ") + *part;
  }
  return text;
}

}  // namespace

std::vector<PageConstant> page_constants(const Architecture& architecture, const ReferenceTables& tables) {
  std::vector<PageConstant> constants;
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const NodeReference& reference = tables.of(NodeId(i));
    const auto add = [&](const std::string& what, double value, std::string unit, const Provenance& provenance) {
      if (provenance.estimator.empty()) return;
      constants.push_back({fmt::format("{}: {}", architecture.nodes[i].name, what), value, std::move(unit),
                           source_of(provenance), kind_of(provenance)});
    };
    for (const ActionEnergy& action : reference.actions) {
      const std::string arguments = argument_text(action.arguments);
      if (action.known)
        add(fmt::format("energy of {}{}{}", action.action, arguments.empty() ? "" : " ", arguments), action.energy_pj,
            fmt::format("pJ/{}", to_string(action.unit)), action.provenance);
    }
    add("area", reference.area_um2, "um2", reference.area_provenance);
    if (reference.leakage_known) add("leakage", reference.leakage_power_w, "W", reference.leakage_provenance);
  }
  return constants;
}

}  // namespace ohmloop
