#include "ohmloop/text/quantity.hpp"

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/test_support.hpp"
#include "ohmloop/text/unit.hpp"

namespace ohmloop {
namespace {

std::optional<Quantity> read(const std::string& text) {
  YamlNode node;
  node.kind = YamlNode::Kind::scalar;
  node.scalar = text;
  EmptyScope scope;
  Diagnostics diagnostics;
  const std::optional<Value> value = evaluate(node, scope, diagnostics);
  if (!value || !std::holds_alternative<Quantity>(*value)) return std::nullopt;
  return std::get<Quantity>(*value);
}

void expect_quantity(const std::string& text, double value, Dimension dimension) {
  const std::optional<Quantity> quantity = read(text);
  ASSERT_TRUE(quantity.has_value()) << text;
  EXPECT_EQ(quantity->value, value) << text;
  EXPECT_EQ(quantity->dimension, dimension) << text;
}

TEST(ReadQuantity, knows_sizes) {
  expect_quantity("64 KiB", 64 * 8192.0, dimension::bits);
  expect_quantity("64KiB", 64 * 8192.0, dimension::bits);
  expect_quantity("1 kB", 8000, dimension::bits);
  expect_quantity("8 bit", 8, dimension::bits);
  expect_quantity("8 bits", 8, dimension::bits);
  expect_quantity("8bit", 8, dimension::bits);
  expect_quantity("1 byte", 8, dimension::bits);
  expect_quantity("2 bytes", 16, dimension::bits);
  expect_quantity("1 Gib", 0x1p30, dimension::bits);
  expect_quantity("2 Mb", 2e6, dimension::bits);
  expect_quantity("1.5 GiB", 1.5 * 0x1p33, dimension::bits);
}

TEST(ReadQuantity, knows_physical_units_and_rounds_once) {
  expect_quantity("65 nm", 65e-9, dimension::length);
  expect_quantity("0.8 pJ", 0.8e-12, dimension::energy);
  expect_quantity("200 MHz", 200e6, dimension::frequency);
  expect_quantity("1.2 GHz", 1.2e9, dimension::frequency);
  expect_quantity("100 ns", 100e-9, dimension::time);
  expect_quantity("3 us", 3e-6, dimension::time);
  expect_quantity("1.2 V", 1.2, dimension::voltage);
  expect_quantity("330 mW", 0.33, dimension::power);
  expect_quantity("10 kohm", 10e3, dimension::resistance);
  expect_quantity("10 k\u03a9", 10e3, dimension::resistance);
  expect_quantity("3 \u00b5m", 3e-6, dimension::length);
  expect_quantity("3 m", 3, dimension::length);
  expect_quantity("3 mm", 3e-3, dimension::length);
  expect_quantity("50 %", 0.5, dimension::none);
  expect_quantity("50%", 0.5, dimension::none);
  expect_quantity("3 cycles", 3, {.cycle = 1});
}

TEST(ReadQuantity, tells_microsiemens_from_microseconds) {
  expect_quantity("5 uS", 5e-6, {.second = -1, .joule = 1, .volt = -2});
  expect_quantity("5 us", 5e-6, dimension::time);
}

TEST(ReadQuantity, combines_units_with_powers) {
  expect_quantity("0.3 um2", 0.3e-12, dimension::area);
  expect_quantity("0.3 um^2", 0.3e-12, dimension::area);
  expect_quantity("2 mm2", 2e-6, dimension::area);
  expect_quantity("64 bit/cycle", 64, dimension::bits_per_cycle);
  expect_quantity("6.4 GB/s", 51.2e9, dimension::bits_per_second);
  expect_quantity("4 pJ/bit", 4e-12, {.bit = -1, .joule = 1});
  expect_quantity("2 V*A", 2, dimension::power);
  expect_quantity("2 s^-1", 2, dimension::frequency);
}

TEST(ReadQuantity, agrees_with_the_laws_of_electricity) {
  expect_quantity("2 V * 3 A", 6, dimension::power);
  expect_quantity("6 V / 2 ohm - 3 A", 0, {.second = -1, .joule = 1, .volt = -1});
  expect_quantity("1 / 4 ohm - 0.25 S", 0, {.second = -1, .joule = 1, .volt = -2});
  expect_quantity("3 F * (2 V) ** 2 / 2", 6, dimension::energy);
}

TEST(ReadQuantity, leaves_a_spaced_slash_to_the_arithmetic) {
  EXPECT_EQ(read("64 bit / 2"), (Quantity{32, dimension::bits}));
  EXPECT_EQ(read("64 bit/2"), (Quantity{32, dimension::bits}));
}

TEST(ReadQuantity, reads_plain_numbers) {
  expect_quantity("1e3", 1000, dimension::none);
  expect_quantity("1_000_000", 1e6, dimension::none);
  expect_quantity(".5", 0.5, dimension::none);
  expect_quantity("5.", 5, dimension::none);
  expect_quantity("1e3 nm", 1e-6, dimension::length);
  expect_quantity("-3.5", -3.5, dimension::none);
}

TEST(ReadQuantity, refuses_units_it_does_not_know) {
  for (const char* text : {"3 KB", "3 foo", "3 mHz", "3 um9", "3 um^99999999999", "1e400", "3 Kibits"}) {
    EXPECT_FALSE(read(text).has_value()) << text;
  }
}

TEST(PrintQuantity, chooses_the_unit_that_suits) {
  EXPECT_EQ(to_string(Quantity{65e-9, dimension::length}), "65 nm");
  EXPECT_EQ(to_string(Quantity{0.8e-12, dimension::energy}), "800 fJ");
  EXPECT_EQ(to_string(Quantity{200e6, dimension::frequency}), "200 MHz");
  EXPECT_EQ(to_string(Quantity{0.372e-6, dimension::area}), "372000 um2");
  EXPECT_EQ(to_string(Quantity{64 * 8192.0, dimension::bits}), "64 KiB");
  EXPECT_EQ(to_string(Quantity{16, dimension::bits}), "16 bit");
  EXPECT_EQ(to_string(Quantity{8000, dimension::bits}), "8000 bit");
  EXPECT_EQ(to_string(Quantity{64, dimension::bits_per_cycle}), "64 bit/cycle");
  EXPECT_EQ(to_string(Quantity{0, dimension::energy}), "0 J");
  EXPECT_EQ(to_string(Quantity{-1.5e-3, dimension::voltage}), "-1.5 mV");
  EXPECT_EQ(to_string(Quantity{3, {.bit = 2, .cycle = -1}}), "3 bit^2/cycle");
  EXPECT_EQ(to_string(Quantity{3, {.cycle = -1}}), "3 cycle^-1");
  EXPECT_EQ(to_string(Quantity{42, dimension::none}), "42");
}

TEST(PrintQuantity, reads_back_as_the_same_value) {
  rc::check([] {
    const auto exponent = [] { return static_cast<std::int8_t>(*rc::gen::inRange(-2, 3)); };
    const std::vector<Dimension> named = {dimension::bits,
                                          dimension::time,
                                          dimension::frequency,
                                          dimension::energy,
                                          dimension::power,
                                          dimension::length,
                                          dimension::area,
                                          dimension::voltage,
                                          dimension::resistance,
                                          dimension::bits_per_cycle,
                                          dimension::bits_per_second,
                                          dimension::none};
    const Dimension drawn{exponent(), exponent(), exponent(), exponent(), exponent(), exponent()};
    const Dimension dimension = *rc::gen::arbitrary<bool>() ? drawn : *rc::gen::elementOf(named);
    const double digits = static_cast<double>(*rc::gen::inRange<std::int64_t>(-1000000000000, 1000000000000));
    const Quantity quantity{digits * std::pow(10, *rc::gen::inRange(-40, 20)), dimension};
    const std::string text = to_string(quantity);
    const std::optional<Quantity> again = read(text);
    RC_LOG(text);
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == quantity);
  });
}

TEST(DescribeDimension, says_what_to_write) {
  EXPECT_EQ(describe(dimension::none), "a plain number");
  EXPECT_EQ(describe(dimension::bits), "a size with a unit, as in 64 KiB or 16 bit");
  EXPECT_EQ(describe(dimension::energy), "an energy, as in 0.8 pJ");
  EXPECT_EQ(describe(Dimension{.bit = 2}), "a number in bit^2");
}

TEST(DescribeDimension, gives_examples_that_have_the_dimension) {
  for (const Dimension dimension :
       {dimension::time, dimension::frequency, dimension::energy, dimension::power, dimension::length, dimension::area,
        dimension::voltage, dimension::resistance, dimension::bits_per_cycle, dimension::bits_per_second}) {
    const std::string text = describe(dimension);
    const std::optional<Quantity> example = read(text.substr(text.find("as in ") + 6));
    ASSERT_TRUE(example.has_value()) << text;
    EXPECT_EQ(example->dimension, dimension) << text;
  }
}

TEST(CommonUnitNames, are_all_units) {
  for (const std::string& name : common_unit_names()) EXPECT_TRUE(find_unit(name).has_value()) << name;
}

TEST(PrintValue, writes_words_and_truth_as_they_are) {
  EXPECT_EQ(to_string(Value(true)), "true");
  EXPECT_EQ(to_string(Value(std::string("sram"))), "sram");
}

}  // namespace
}  // namespace ohmloop
