#include <gtest/gtest.h>

#include "ohmloop/energy/models/arithmetic_formulas.hpp"
#include "ohmloop/energy/models/functional_units_formulas.hpp"
#include "ohmloop/energy/models/model_test.hpp"

namespace ohmloop {
namespace {

using model_test::bits;
using model_test::plain;
using model_test::value_of;

const AttributeMap at_40 = {{"technology", model_test::nanometres(40)}};

AttributeMap with(AttributeMap map, const std::string& name, ComponentAttribute attribute) {
  map[name] = std::move(attribute);
  return map;
}

// Tables of the Accelergy plug-in for Aladdin, 1 ns (crossbar 2 ns).
TEST(FunctionalUnits, MeetThePublishedEnergies) {
  const AttributeMap wide = with(at_40, "width", bits(32));
  EXPECT_DOUBLE_EQ(value_of("comparator", wide, "compare"), .02947);
  EXPECT_DOUBLE_EQ(value_of("counter", wide, "count"), .25074);
  EXPECT_DOUBLE_EQ(value_of("shifter", wide, "shift"), .417);
  EXPECT_DOUBLE_EQ(value_of("bitwise", wide, "compute"), .0181);
  EXPECT_DOUBLE_EQ(value_of("crossbar", with(with(wide, "inputs", plain(1)), "outputs", plain(4)), "transfer"), .6804);
}

TEST(FunctionalUnits, MeetThePublishedAreas) {
  const AttributeMap wide = with(at_40, "width", bits(32));
  EXPECT_DOUBLE_EQ(value_of("comparator", wide, "area"), 71);
  EXPECT_DOUBLE_EQ(value_of("counter", wide, "area"), 495.5);
  EXPECT_DOUBLE_EQ(value_of("shifter", wide, "area"), 250);
  EXPECT_DOUBLE_EQ(value_of("bitwise", wide, "area"), 50.4);
}

TEST(FunctionalUnits, MeetThePublishedLeakage) {
  const AttributeMap wide = with(at_40, "width", bits(32));
  EXPECT_DOUBLE_EQ(value_of("int_adder", wide, "leakage"), 2.3e-6);
  EXPECT_DOUBLE_EQ(value_of("int_multiplier", wide, "leakage"), 80e-6);
  EXPECT_DOUBLE_EQ(value_of("comparator", wide, "leakage"), 25.1e-9);
  EXPECT_DOUBLE_EQ(value_of("counter", wide, "leakage"), 321.3e-9);
  EXPECT_DOUBLE_EQ(value_of("register", with(at_40, "width", bits(1)), "leakage"), .07e-6);
}

TEST(FunctionalUnits, AMacLeaksAsItsMultiplierAndAdder) {
  const AttributeMap mac = with(with(at_40, "multiplier_bits", bits(16)), "adder_bits", bits(32));
  EXPECT_DOUBLE_EQ(value_of("int_mac", mac, "leakage"), 80e-6 / 4 + 2.3e-6);
}

TEST(FunctionalUnits, AFifoIsFlipFlopsAndPointers) {
  const AttributeMap fifo = with(with(at_40, "width", bits(16)), "depth", plain(4));
  EXPECT_DOUBLE_EQ(value_of("fifo", fifo, "push"), .009 * 16 + .02947 * 2 / 32);
  EXPECT_DOUBLE_EQ(value_of("fifo", fifo, "pop"), value_of("fifo", fifo, "push"));
  EXPECT_DOUBLE_EQ(value_of("fifo", fifo, "area"), 5.98 * 16 * 4 + 71.0 * 2 / 32);
}

TEST(FunctionalUnits, NothingIsChargedWhereNothingSwitches) {
  const AttributeMap wide = with(at_40, "width", bits(4));
  EXPECT_EQ(value_of("comparator", wide, "idle"), 0);
  EXPECT_EQ(value_of("comparator", wide, "compare_repeated"), 0);
}

// The published mac_reused and mac_gated of eyeriss_like (45 nm, 16 bit) are 85% of the multiplication and none of it,
// plus the addition: Aladdin's 5 ns point (multiplier 8.63 pJ, adder 0.0857 pJ, multiplier idle 0.24 pJ, at 32 bit).
TEST(DataDependentMac, FollowsThePublishedRule) {
  const double multiplication = 8.63 / 4;
  const double addition = .0857 / 2;
  EXPECT_NEAR(multiplication + addition, 2.2, 1e-3);
  EXPECT_NEAR(reused_multiplication * multiplication + addition, 1.877, 1e-3);
  EXPECT_NEAR(.24 / 4 + addition, .103, 1e-3);
}

TEST(DataDependentMac, CostsLessTheLessSwitches) {
  const AttributeMap mac = {
      {"technology", model_test::nanometres(45)}, {"multiplier_bits", bits(16)}, {"adder_bits", bits(16)}};
  EXPECT_DOUBLE_EQ(value_of("int_mac", mac, "mac_random"), value_of("int_mac", mac, "compute"));
  EXPECT_DOUBLE_EQ(value_of("int_mac", mac, "mac_reused"), .85 * multiplier_energy_pj(16) + adder_energy_pj(16));
  EXPECT_DOUBLE_EQ(value_of("int_mac", mac, "mac_gated"), adder_energy_pj(16));
}

TEST(DataDependentMac, EyerissLikeGivesItsPublishedNumbers) {
  const AttributeMap mac = {{"technology", model_test::nanometres(45)},
                            {"multiplier_bits", bits(16)},
                            {"adder_bits", bits(16)},
                            {"from", model_test::name("eyeriss_like")}};
  EXPECT_DOUBLE_EQ(value_of("int_mac", mac, "mac_random"), 2.2);
  EXPECT_DOUBLE_EQ(value_of("int_mac", mac, "mac_reused"), 1.877);
  EXPECT_DOUBLE_EQ(value_of("int_mac", mac, "mac_gated"), .103);
  EXPECT_DOUBLE_EQ(value_of("int_mac", mac, "idle"), .066);
}

// Horowitz, ISSCC 2014.
TEST(FloatingPoint, AMacIsMultiplierAndAdder) {
  const AttributeMap half = {{"technology", model_test::nanometres(45)}, {"width", bits(16)}};
  EXPECT_DOUBLE_EQ(value_of("fp_mac", half, "compute"), 1.5);
  EXPECT_DOUBLE_EQ(value_of("fp_adder", half, "add") + value_of("fp_multiplier", half, "multiply"), 1.5);
  EXPECT_DOUBLE_EQ(value_of("fp_mac", half, "area"), 3000);
}

}  // namespace
}  // namespace ohmloop
