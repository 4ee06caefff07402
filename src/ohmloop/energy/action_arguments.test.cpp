#include "ohmloop/energy/action_arguments.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/energy/component_estimator.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {
namespace {

/// 1 pJ, and 10 per data_delta and 100 per address_delta; without arguments the costliest case.
class DeltaEstimator final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "delta"; }
  [[nodiscard]] std::string title() const override { return "delta"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"delta_memory"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }
  [[nodiscard]] Answer estimate(Query& query) const override {
    Estimate estimate;
    estimate.accuracy_percent = 100;
    const double banks = query.number("banks").value_or(1);
    estimate.value =
        1 + 10 * query.argument("data_delta").value_or(1) + 100 * query.argument("address_delta").value_or(banks);
    return estimate;
  }
};

Registry delta_registry() {
  Registry registry;
  registry.add(std::make_unique<DeltaEstimator>());
  registry.classes().add(
      {.name = "delta_memory",
       .actions =
           {{"read", ActionUnit::access, "", {{"data_delta", 0, 1, "", ""}, {"address_delta", 0, 1, "banks", ""}}},
            {"write", ActionUnit::access, "", {}}},
       .scales = false,
       .open = true});
  return registry;
}

constexpr const char* smart = R"(- name: smart
  attributes: {n_banks: 2, adders: 3}
  subcomponents:
  - {name: storage, class: delta_memory, banks: n_banks}
  - {name: address, class: delta_memory, count: adders}
  actions:
  - name: read
    arguments: {data_delta: 0..1, address_delta: 0..n_banks}
    steps:
    - {component: storage, action: read, arguments: {data_delta: data_delta, address_delta: address_delta}}
    - {component: address, action: write, instances: adders, repeat: address_delta}
  - name: write
    steps:
    - {component: storage, action: write}
- name: pair
  attributes: {}
  subcomponents: [{name: half, class: smart, n_banks: 4}]
  actions:
  - name: read
    arguments: {delta: 0..4}
    steps: [{component: half, action: read, instances: 2, arguments: {data_delta: 1, address_delta: delta}}]
)";

struct Outcome {
  ComponentEstimate estimate;
  std::string errors;
};

Outcome estimate(const std::string& components, const std::string& class_name, const WantedActions& wanted,
                 const AttributeMap& attributes = {}) {
  const Registry registry = delta_registry();
  Diagnostics diagnostics;
  const YamlNode yaml =
      parse_yaml(std::make_shared<const SourceFile>(SourceFile{"parts.yaml", components}), diagnostics);
  const CompoundLibrary compounds = read_compound_classes(yaml, registry.classes(), diagnostics);
  Outcome outcome;
  if (!diagnostics.has_errors()) {
    ComponentEstimator estimator(registry, compounds, nullptr, diagnostics);
    ComponentInstance instance;
    instance.class_name = class_name;
    instance.attributes = attributes;
    instance.what = "part 'x'";
    outcome.estimate = estimator.estimate(std::move(instance), wanted);
  }
  outcome.errors = render(diagnostics.all());
  return outcome;
}

// storage.write has no arguments of its own: 1 + 10 + 100 x banks; the address generator's banks are not given: 111.
double smart_read(double data_delta, double address_delta) {
  return 1 + 10 * data_delta + 100 * address_delta + 3 * address_delta * 111;
}

TEST(ActionArguments, EveryCombinationIsAnEntryOfItsOwn) {
  const Outcome outcome = estimate(smart, "smart", {.whatever_is_known = true});
  EXPECT_EQ(outcome.errors, "");
  ASSERT_EQ(outcome.estimate.actions.size(), 2U * 3U + 1U);
  for (const double data : {0., 1.}) {
    for (const double address : {0., 1., 2.}) {
      const ActionArguments arguments = {{"data_delta", data}, {"address_delta", address}};
      const ActionEnergy* energy = outcome.estimate.find("read", arguments);
      ASSERT_NE(energy, nullptr);
      EXPECT_DOUBLE_EQ(energy->energy_pj, smart_read(data, address));
    }
  }
}

TEST(ActionArguments, NoneAskForTheCostliestCase) {
  const Outcome outcome = estimate(smart, "smart", {.actions = {WantedAction{"read"}}});
  ASSERT_EQ(outcome.estimate.actions.size(), 1U);
  EXPECT_TRUE(outcome.estimate.actions[0].arguments.empty());
  EXPECT_DOUBLE_EQ(outcome.estimate.actions[0].energy_pj, smart_read(1, 2));
  EXPECT_NE(outcome.estimate.actions[0].provenance.derivation.find(
                "the costliest of 6 cases: (address_delta 2, data_delta 1)"),
            std::string::npos);
}

TEST(ActionArguments, GoDownThroughNestedCompounds) {
  const Outcome outcome = estimate(smart, "pair", {.actions = {{"read", {{"delta", 3}}}, {"read", {{"delta", 0}}}}});
  EXPECT_EQ(outcome.errors, "");
  EXPECT_DOUBLE_EQ(outcome.estimate.find("read", {{"delta", 3}})->energy_pj, 2 * smart_read(1, 3));
  EXPECT_DOUBLE_EQ(outcome.estimate.find("read", {{"delta", 0}})->energy_pj, 2 * smart_read(1, 0));
}

TEST(ActionArguments, UnknownMissingAndOutOfRangeOnesAreErrors) {
  const auto errors = [](const ActionArguments& arguments) {
    return estimate(smart, "smart", {.actions = {{"read", arguments}}}).errors;
  };
  EXPECT_NE(errors({{"data_dleta", 0}, {"address_delta", 0}}).find("did you mean 'data_delta'?"), std::string::npos)
      << errors({{"data_dleta", 0}, {"address_delta", 0}});
  EXPECT_NE(errors({{"data_delta", 0}}).find("needs argument 'address_delta', too"), std::string::npos);
  EXPECT_NE(errors({{"data_delta", 0}, {"address_delta", 3}}).find("3 is no whole number from 0 to 2"),
            std::string::npos);
  EXPECT_NE(errors({{"data_delta", 0.5}, {"address_delta", 1}}).find("0.5 is no whole number"), std::string::npos);
}

TEST(ActionArguments, WrongOnesInADefinitionPointAtTheStep) {
  std::string wrong = smart;
  wrong.replace(wrong.find("address_delta: address_delta}"), 29, "addres_delta: 1}            ");
  const std::string unknown = estimate(wrong, "smart", {.whatever_is_known = true}).errors;
  EXPECT_NE(unknown.find("'read' of class delta_memory has no argument 'addres_delta'"), std::string::npos) << unknown;
  EXPECT_NE(unknown.find("parts.yaml:10:78"), std::string::npos) << unknown;
  std::string far = smart;
  far.replace(far.find("address_delta: address_delta}"), 29, "address_delta: 3}            ");
  const std::string range = estimate(far, "smart", {.whatever_is_known = true}).errors;
  EXPECT_NE(range.find("'address_delta' is out of range"), std::string::npos) << range;
  EXPECT_NE(range.find("parts.yaml:10:"), std::string::npos) << range;
}

TEST(ActionArguments, RangesAreExpressionsThatMustHoldAValue) {
  std::string bad = smart;
  bad.replace(bad.find("0..n_banks"), 10, "5..n_banks");
  EXPECT_NE(estimate(bad, "smart", {.whatever_is_known = true}).errors.find("its values go from 5 to 2"),
            std::string::npos);
  std::string none = smart;
  none.replace(none.find("0..n_banks"), 10, "n_banks   ");
  EXPECT_NE(estimate(none, "smart", {.whatever_is_known = true}).errors.find("needs a range"), std::string::npos);
}

TEST(ActionArguments, TooManyCombinationsAreAnErrorThatSaysWhich) {
  std::string many = smart;
  many.replace(many.find("0..n_banks"), 10, "0..1000000");
  const std::string errors = estimate(many, "smart", {.whatever_is_known = true}).errors;
  EXPECT_NE(errors.find("the arguments of 'read' of part 'x' have 2e+06 combinations"), std::string::npos) << errors;
  const std::string endless = estimate(smart, "smart", {.whatever_is_known = true},
                                       {{"n_banks", {Quantity{1e300, {}}, {}, AttributeOrigin::stated}}})
                                  .errors;
  EXPECT_NE(endless.find("combinations"), std::string::npos) << endless;
}

RC_GTEST_PROP(CompoundSum, IsInstancesTimesRepeatTimesThePart, (unsigned char a, unsigned char b, unsigned char c)) {
  const std::string text = fmt::format(
      "- name: sum\n  attributes: {{}}\n  subcomponents: [{{name: p, class: delta_memory}}]\n  actions:\n"
      "  - name: go\n    arguments: {{n: 0..255}}\n    steps:\n"
      "    - {{component: p, action: write, instances: {}, repeat: n}}\n"
      "    - {{component: p, action: read, repeat: {}, arguments: {{data_delta: 0, address_delta: 0}}}}\n",
      a, b);
  const ActionArguments arguments = {{"n", c}};
  const Outcome outcome = estimate(text, "sum", {.actions = {{"go", arguments}}});
  RC_ASSERT(outcome.errors.empty());
  RC_ASSERT(outcome.estimate.find("go", arguments)->energy_pj == 111.0 * a * c + 1.0 * b);
}

}  // namespace
}  // namespace ohmloop
