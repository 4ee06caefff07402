#include <gtest/gtest.h>

#include "ohmloop/energy/component_estimator.hpp"
#include "ohmloop/energy/models/functional_units_formulas.hpp"
#include "ohmloop/energy/models/wire_formulas.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {
namespace {

constexpr const char* compound_path = OHMLOOP_SOURCE_DIR "/share/ohmloop/compounds/xy_noc.yaml";

/// The shipped network at 40 nm, where the comparators' numbers hold.
ComponentEstimate network() {
  Diagnostics diagnostics;
  const YamlNode file = parse_yaml(read_source_file(compound_path), diagnostics);
  Registry registry;
  register_builtin_estimators(registry);
  const CompoundLibrary compounds = read_compound_classes(*file.find("components"), registry.classes(), diagnostics);
  diagnostics.throw_if_errors();
  ComponentEstimator estimator(registry, compounds, nullptr, diagnostics);
  ComponentInstance instance{"xy_noc", {{"technology", {Quantity{40e-9, dimension::length}, {}}}}, "network", {}};
  const ComponentEstimate estimate = estimator.estimate(std::move(instance), {.whatever_is_known = true});
  diagnostics.throw_if_errors();
  return estimate;
}

TEST(XyNoc, ATransferIsItsComparisonsAndItsWires) {
  const ComponentEstimate noc = network();
  const double comparison = functional_unit(FunctionalUnit::comparator, 4).energy_pj;
  const double bit = wire_energy_pj(2, 40, .8, .25);
  const ActionEnergy* few = noc.find("transfer", {{"rows", 1}, {"columns", 4}});
  ASSERT_NE(few, nullptr);
  EXPECT_NEAR(few->energy_pj, 5 * comparison + 68 * bit, 1e-9);
  const ActionEnergy* all = noc.find("transfer", {{"rows", 12}, {"columns", 14}});
  ASSERT_NE(all, nullptr);
  EXPECT_NEAR(all->energy_pj, (12 + 168) * comparison + 68 * bit, 1e-9);
}

TEST(XyNoc, ARepeatedWordCostsNothing) {
  const ComponentEstimate noc = network();
  const ActionEnergy* repeated = noc.find("transfer_repeated", {{"rows", 1}, {"columns", 4}});
  ASSERT_NE(repeated, nullptr);
  EXPECT_EQ(repeated->energy_pj, 0);
  EXPECT_NEAR(noc.area_um2, 180 * functional_unit(FunctionalUnit::comparator, 4).area_um2, 1e-6);
}

}  // namespace
}  // namespace ohmloop
