#include "ohmloop/energy/estimate_budget.hpp"

#include <gtest/gtest.h>

#include "ohmloop/energy/registry.hpp"
#include "ohmloop/energy/system.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {
namespace {

TEST(EstimateBudget, SaysOnceThatItIsUsedUp) {
  EstimateBudget budget(10);
  Diagnostics diagnostics;
  EXPECT_TRUE(budget.spend(4, "'a'", {}, diagnostics));
  EXPECT_TRUE(budget.spend(6, "'b'", {}, diagnostics));
  EXPECT_FALSE(budget.exhausted());
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_FALSE(budget.spend(1, "'c'", {}, diagnostics));
  EXPECT_FALSE(budget.spend(0, "'d'", {}, diagnostics));
  EXPECT_TRUE(budget.exhausted());
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_EQ(diagnostics.all()[0].message, "the description asks for more than 10 numbers");
  EXPECT_EQ(diagnostics.all()[0].label, "'c' asks for 1 of them");
}

/// The first error of a chip of equal parts, each with one action of so many cases and as many empty steps.
std::string first_error(std::size_t parts, std::size_t cases, std::size_t steps) {
  Registry registry;
  register_builtin_estimators(registry);
  std::string text = "- name: part\n  subcomponents: [{name: wire, class: wire, width: 1 bit, length: 1 mm}]\n";
  text += "  actions:\n  - name: act\n    arguments: {step: 1.." + std::to_string(cases) + "}\n    steps:\n";
  for (std::size_t i = 0; i < steps; ++i) text += "    - {component: wire, action: transfer}\n";
  Diagnostics diagnostics;
  const YamlNode list =
      parse_yaml(std::make_shared<const SourceFile>(SourceFile{"parts.yaml", std::move(text)}), diagnostics);
  SystemDescription system;
  system.compounds = read_compound_classes(list, registry.classes(), diagnostics);
  for (std::size_t i = 0; i < parts; ++i) {
    SystemComponent one;
    one.name = "part" + std::to_string(i);
    one.component.class_name = "part";
    one.component.what = "component '" + one.name + "'";
    one.component.attributes["technology"] = {Quantity{45e-9, dimension::length}, {}};
    system.components.push_back(std::move(one));
  }
  try {
    diagnostics.throw_if_errors();
    estimate_system(system, registry, nullptr, diagnostics);
  } catch (const InputError& error) {
    for (const Diagnostic& one : error.diagnostics()) {
      if (one.severity == Severity::error) return one.message + "; " + one.label;
    }
  }
  return "";
}

TEST(EstimateBudget, BoundsWhatAFewLinesAskFor) {
  EXPECT_EQ(first_error(2, 10, 10), "");
  EXPECT_EQ(first_error(2, 60000, 20),
            "the description asks for more than 1000000 numbers; component 'part0' asks for 1260000 of them");
}

// Equal parts are estimated once, but each has its own entry in the tables.
TEST(EstimateBudget, BoundsTheEntriesOfEqualComponents) {
  EXPECT_EQ(first_error(1001, 1000, 1),
            "the description asks for more than 1000000 numbers; component 'part1000' asks for 1000 of them");
}

}  // namespace
}  // namespace ohmloop
