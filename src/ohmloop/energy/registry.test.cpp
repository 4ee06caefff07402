#include "ohmloop/energy/registry.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

/// Answers with a fixed value and accuracy for the class sigmoid.
class FixedEstimator final : public Estimator {
 public:
  FixedEstimator(std::string name, double value, double accuracy, double only_nm = 0)
      : name_(std::move(name)), value_(value), accuracy_(accuracy), only_nm_(only_nm) {}

  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] std::string title() const override { return "fixed " + name_; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"sigmoid"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override {
    return only_nm_ > 0 ? std::vector<double>{only_nm_} : std::vector<double>();
  }
  [[nodiscard]] Answer estimate(Query& query) const override {
    const double technology = query.number("technology").value_or(0);
    if (only_nm_ > 0 && std::abs(technology - only_nm_) > 1e-6) return Rejection{"knows another technology"};
    Estimate estimate;
    estimate.value = value_;
    estimate.accuracy_percent = accuracy_;
    estimate.provenance = {title(), "a test", "", false};
    return estimate;
  }

 private:
  std::string name_;
  double value_;
  double accuracy_;
  double only_nm_;
};

Choice choose(const Registry& registry, double technology_nm, Query::Subject subject = Query::Subject::energy) {
  const ComponentClass* sigmoid = find_component_class("sigmoid");
  AttributeMap attributes;
  attributes["technology"] = {Quantity{technology_nm * 1e-9, dimension::length}, {}, AttributeOrigin::derived};
  return choose_estimate(registry, *sigmoid, attributes, subject, sigmoid->action("compute"));
}

Registry registry_of(std::vector<FixedEstimator*> estimators) {
  Registry registry;
  for (FixedEstimator* each : estimators) registry.add(std::unique_ptr<Estimator>(each));
  return registry;
}

TEST(ChooseEstimate, HighestDeclaredAccuracyWins) {
  const Registry registry = registry_of({new FixedEstimator("a", 1, 50), new FixedEstimator("b", 2, 80)});
  EXPECT_DOUBLE_EQ(choose(registry, 32).estimate->value, 2);
}

TEST(ChooseEstimate, FirstOfEqualsWinsAndTheOthersAreNamed) {
  const Registry registry = registry_of({new FixedEstimator("a", 1, 50), new FixedEstimator("b", 2, 50)});
  const Choice choice = choose(registry, 32);
  EXPECT_DOUBLE_EQ(choice.estimate->value, 1);
  EXPECT_EQ(choice.estimate->provenance.derivation, "fixed b declares the same accuracy and gives 2");
}

TEST(ChooseEstimate, ScalingIsForWhenNobodyKnowsTheTechnology) {
  const Registry both = registry_of({new FixedEstimator("far", 1, 99, 45), new FixedEstimator("here", 7, 10, 32)});
  EXPECT_DOUBLE_EQ(choose(both, 32).estimate->value, 7);
  const Registry far = registry_of({new FixedEstimator("far", 1, 99, 65)});
  const Choice area = choose(far, 45, Query::Subject::area);
  EXPECT_DOUBLE_EQ(area.estimate->value, .66);
  EXPECT_NE(area.estimate->provenance.derivation.find("x 0.66 area from 65 nm to 45 nm"), std::string::npos);
  const Choice leakage = choose(far, 45, Query::Subject::leakage);
  EXPECT_DOUBLE_EQ(leakage.estimate->value, .66);
  EXPECT_NE(leakage.estimate->provenance.derivation.find("assumed: as area x supply"), std::string::npos);
}

TEST(ChooseEstimate, OfEqualAccuracyTheNearerTechnologyIsScaled) {
  const Registry registry = registry_of({new FixedEstimator("far", 1, 50, 90), new FixedEstimator("near", 2, 50, 45)});
  EXPECT_EQ(choose(registry, 32).estimate->provenance.estimator, "fixed near");
}

/// Of a component with a supply of its own.
Choice choose_at(const Registry& registry, double technology_nm, double supply_v,
                 Query::Subject subject = Query::Subject::energy) {
  const ComponentClass* sigmoid = find_component_class("sigmoid");
  AttributeMap attributes;
  attributes["technology"] = {Quantity{technology_nm * 1e-9, dimension::length}, {}, AttributeOrigin::derived};
  attributes["voltage"] = {Quantity{supply_v, dimension::voltage}, {}, AttributeOrigin::stated};
  return choose_estimate(registry, *sigmoid, attributes, subject, sigmoid->action("compute"));
}

TEST(ChooseEstimate, SupplyScalesEnergyAndLeakageButNoArea) {
  const Registry registry = registry_of({new FixedEstimator("a", 1, 50, 45)});
  const double at_08 = 1.103 * .64 - .362 * .8 + .2767;
  const double at_06 = 1.103 * .36 - .362 * .6 + .2767;
  const Choice energy = choose_at(registry, 45, .6);
  EXPECT_DOUBLE_EQ(energy.estimate->value, at_06 / at_08);
  EXPECT_TRUE(energy.used.contains("voltage"));
  EXPECT_NE(energy.estimate->provenance.derivation.find("energy from 0.8 V to 0.6 V"), std::string::npos)
      << energy.estimate->provenance.derivation;
  EXPECT_DOUBLE_EQ(choose_at(registry, 45, .6, Query::Subject::leakage).estimate->value, .75);
  EXPECT_DOUBLE_EQ(choose_at(registry, 45, .6, Query::Subject::area).estimate->value, 1);
  const Choice both = choose_at(registry, 32, .7);
  const double at_32 = .9559 * .49 - .7823 * .7 + .471;
  EXPECT_DOUBLE_EQ(both.estimate->value, at_32 / at_08);
  EXPECT_NE(both.estimate->provenance.derivation.find("from 45 nm to 32 nm and from 0.8 V to 0.7 V"),
            std::string::npos);
}

TEST(ChooseEstimate, SuppliesBelowTheScalingsRangeAreRejected) {
  const Registry registry = registry_of({new FixedEstimator("a", 1, 50, 65)});
  const Choice choice = choose_at(registry, 65, .5);
  EXPECT_FALSE(choice.estimate.has_value());
  ASSERT_EQ(choice.rejections.size(), 1U);
  EXPECT_EQ(choice.rejections[0], "fixed a can't be scaled to 0.5 V: at 65 nm the scaling holds from 0.59 V on");
}

TEST(ChooseEstimate, OnlySelectedEstimatorsAnswer) {
  Registry registry = registry_of({new FixedEstimator("a", 1, 90), new FixedEstimator("b", 2, 50)});
  Diagnostics diagnostics;
  registry.select({"b"}, diagnostics);
  EXPECT_DOUBLE_EQ(choose(registry, 32).estimate->value, 2);
  EXPECT_FALSE(diagnostics.has_errors());
  registry.select({"bb"}, diagnostics);
  EXPECT_NE(render(diagnostics.all()).find("did you mean 'b'?"), std::string::npos) << render(diagnostics.all());
}

TEST(ChooseEstimate, KeepsAllAnswersBestFirst) {
  const Registry registry =
      registry_of({new FixedEstimator("a", 1, 50), new FixedEstimator("b", 2, 90), new FixedEstimator("c", 3, 99, 45)});
  const Choice choice = choose(registry, 32);
  ASSERT_EQ(choice.candidates.size(), 2U);
  EXPECT_EQ(choice.candidates[0].estimator, "b");
  EXPECT_EQ(choice.candidates[1].estimator, "a");
  EXPECT_EQ(choice.estimate->provenance.asked,
            (std::vector<std::string>{"fixed b gives 2, accuracy 90%, and is taken", "fixed a gives 1, accuracy 50%",
                                      "fixed c knows another technology"}));
}

TEST(ChooseEstimate, RejectionsOfAllAreKept) {
  const Registry registry = registry_of({new FixedEstimator("a", 1, 50, 45)});
  const ComponentClass* sigmoid = find_component_class("sigmoid");
  const Choice choice = choose_estimate(registry, *sigmoid, {}, Query::Subject::energy, sigmoid->action("compute"));
  EXPECT_FALSE(choice.estimate.has_value());
  EXPECT_EQ(choice.rejections, std::vector<std::string>{"fixed a knows another technology"});
}

TEST(ChooseEstimate, NonsenseOfAnEstimatorIsNeverTaken) {
  const Registry registry = registry_of({new FixedEstimator("a", std::nan(""), 50)});
  EXPECT_THROW(choose(registry, 32), InternalError);
}

TEST(Registry, NamesAreUnique) {
  EXPECT_THROW(registry_of({new FixedEstimator("a", 1, 1), new FixedEstimator("a", 2, 2)}), InternalError);
}

/// Energy that the built-in estimators give, or nothing where all reject.
std::optional<double> energy(const std::string& class_name, const std::string& action,
                             const std::map<std::string, Quantity>& attributes,
                             const std::set<std::string>& named = {}) {
  static const Registry registry = [] {
    Registry built;
    register_builtin_estimators(built);
    return built;
  }();
  const ComponentClass* component_class = find_component_class(class_name);
  AttributeMap map;
  for (const auto& [name, value] : attributes) map[name] = {value, {}, AttributeOrigin::stated};
  const Choice choice =
      choose_estimate(registry, *component_class, map, Query::Subject::energy, component_class->action(action), named);
  if (!choice.estimate) return std::nullopt;
  return choice.estimate->value;
}

RC_GTEST_PROP(BuiltinEstimators, MemoriesAreFiniteAtAnyTechnology, ()) {
  const double width = *rc::gen::inRange(4, 512);
  const double depth = *rc::gen::inRange(16, 100000);
  const double nm = *rc::gen::inRange(7, 131);
  const std::optional<double> value = energy("sram", "read",
                                             {{"size", {width * depth, dimension::bits}},
                                              {"width", {width, dimension::bits}},
                                              {"technology", {nm * 1e-9, dimension::length}}});
  RC_ASSERT(value.has_value());
  RC_ASSERT(std::isfinite(*value) && *value > 0);
}

RC_GTEST_PROP(BuiltinEstimators, ConversionsCostMoreWithEveryBit, ()) {
  const int bits = *rc::gen::inRange(1, 14);
  const double nm = *rc::gen::element(7.0, 16.0, 22.0, 65.0, 130.0);
  // No table has a row at these technologies, so that one and the same model answers.
  const auto at = [&](int resolution) {
    return energy("adc", "convert",
                  {{"resolution", {static_cast<double>(resolution), dimension::bits}},
                   {"rate", {0.5e9, dimension::frequency}},
                   {"technology", {nm * 1e-9, dimension::length}}});
  };
  RC_ASSERT(at(bits).has_value());
  RC_ASSERT(*at(bits) > 0 && *at(bits + 1) > *at(bits));
}

TEST(BuiltinEstimators, TablesHoldTheirPublishedPoints) {
  const Quantity nm45{45e-9, dimension::length};
  const Quantity nm32{32e-9, dimension::length};
  const auto bits = [](double value) { return Quantity{value, dimension::bits}; };
  EXPECT_DOUBLE_EQ(*energy("int_multiplier", "multiply", {{"width", bits(32)}, {"technology", nm45}}), 3.1);
  EXPECT_DOUBLE_EQ(*energy("int_adder", "add", {{"width", bits(16)}, {"technology", nm45}}), .05);
  EXPECT_DOUBLE_EQ(
      *energy(
          "sram", "read",
          {{"size", bits(128 * 1024 * 8)}, {"width", bits(64)}, {"banks", {32, dimension::none}}, {"technology", nm45}},
          {"eyeriss_like"}),
      37.1);
  EXPECT_DOUBLE_EQ(*energy("adc", "convert", {{"resolution", bits(7)}, {"technology", nm32}}, {"library"}), 1.42);
  EXPECT_DOUBLE_EQ(*energy("shift_add", "shift_add", {{"width", bits(16)}, {"technology", nm32}}), .01953125);
}

}  // namespace
}  // namespace ohmloop
