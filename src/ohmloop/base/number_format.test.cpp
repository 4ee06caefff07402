#include "ohmloop/base/number_format.hpp"

#include <bit>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace ohmloop {
namespace {

TEST(FormatNumber, shows_three_significant_figures) {
  EXPECT_EQ(format_number(1.0), "1.00");
  EXPECT_EQ(format_number(1.2345), "1.23");
  EXPECT_EQ(format_number(12.345), "12.3");
  EXPECT_EQ(format_number(123.45), "123");
  EXPECT_EQ(format_number(0.012345), "0.0123");
  EXPECT_EQ(format_number(-1.2345), "-1.23");
}

TEST(FormatNumber, keeps_three_figures_where_rounding_carries) {
  EXPECT_EQ(format_number(9.996), "10.0");
  EXPECT_EQ(format_number(9.994), "9.99");
  EXPECT_EQ(format_number(99.96), "100");
  EXPECT_EQ(format_number(0.9996), "1.00");
  EXPECT_EQ(format_number(0.09996), "0.100");
}

TEST(FormatNumber, separates_thousands) {
  EXPECT_EQ(format_number(1000.0), "1,000");
  EXPECT_EQ(format_number(1234567.8), "1,234,568");
  EXPECT_EQ(format_number(-1234567.8), "-1,234,568");
  EXPECT_EQ(format_number(1e15), "1.00e+15");
}

TEST(FormatNumber, shows_zero_for_a_true_zero_alone) {
  EXPECT_EQ(format_number(0.0), "0");
  EXPECT_EQ(format_number(1e-300), "1.00e-300");
  EXPECT_EQ(format_number(0.00012345), "1.23e-04");
  EXPECT_EQ(format_number(0.0012345), "0.00123");
}

TEST(FormatNumber, shows_a_dash_for_nothing) {
  EXPECT_EQ(format_number(std::optional<double>()), "-");
  EXPECT_EQ(format_number(std::optional<double>(2)), "2.00");
  EXPECT_EQ(format_number(std::numeric_limits<double>::quiet_NaN()), "-");
}

TEST(FormatNumber, names_infinity) { EXPECT_EQ(format_number(std::numeric_limits<double>::infinity()), "inf"); }

TEST(FormatNumber, is_within_half_a_unit_of_the_third_figure) {
  rc::check([] {
    const double mantissa = *rc::gen::inRange(-999999, 1000000) / 1e3;
    const double value = mantissa * std::pow(10, *rc::gen::inRange(-12, 12));
    std::string text = format_number(value);
    std::erase(text, ',');
    RC_ASSERT((std::strtod(text.c_str(), nullptr) == 0) == (value == 0));
    RC_ASSERT(std::abs(std::strtod(text.c_str(), nullptr) - value) <= std::abs(value) * 0.00501);
  });
}

TEST(DisplayUnit, is_chosen_by_the_largest_value_of_a_column) {
  EXPECT_EQ(energy_unit(0.02).name, "fJ");
  EXPECT_EQ(energy_unit(999.0).name, "pJ");
  EXPECT_EQ(energy_unit(1000.0).name, "nJ");
  EXPECT_EQ(energy_unit(3.3e7).name, "uJ");
  EXPECT_EQ(energy_unit(2e9).name, "mJ");
  EXPECT_EQ(energy_unit(2e13).name, "J");
  EXPECT_EQ(energy_unit(0.0).name, "pJ");
  EXPECT_EQ(area_unit(9000.0).name, "um2");
  EXPECT_EQ(area_unit(372000.0).name, "mm2");
  EXPECT_EQ(time_unit(2e-9).name, "ns");
  EXPECT_EQ(time_unit(2e-5).name, "us");
  EXPECT_EQ(time_unit(2e-3).name, "ms");
  EXPECT_EQ(time_unit(20.0).name, "s");
  EXPECT_EQ(power_unit(0.33).name, "mW");
  EXPECT_EQ(cycles_unit().name, "cycles");
}

TEST(DisplayUnit, does_not_show_a_thousand_of_the_smaller_one) {
  EXPECT_EQ(format_with_unit(999.9, energy_unit(999.9)), "1.00 nJ");
  EXPECT_EQ(format_with_unit(999.4, energy_unit(999.4)), "999 pJ");
}

TEST(DisplayUnit, converts_the_values_of_its_column) {
  const DisplayUnit unit = energy_unit(5e6);
  EXPECT_EQ(format_number(5e6, unit), "5.00");
  EXPECT_EQ(format_number(1234.0, unit), "0.00123");
  EXPECT_EQ(format_with_unit(372000.0, area_unit(372000.0)), "0.372 mm2");
  EXPECT_EQ(format_with_unit(0.33, power_unit(0.33)), "330 mW");
}

TEST(FormatMagnitude, keeps_two_figures_of_huge_numbers) {
  EXPECT_EQ(format_magnitude(1), "1");
  EXPECT_EQ(format_magnitude(4608), "4,608");
  EXPECT_EQ(format_magnitude(999'999), "999,999");
  EXPECT_EQ(format_magnitude(1e6), "1.0e6");
  EXPECT_EQ(format_magnitude(3.14e14), "3.1e14");
  EXPECT_EQ(format_magnitude(9.96e14), "1.0e15");
  EXPECT_EQ(format_magnitude(1e300), "1.0e300");
}

TEST(FormatCount, separates_thousands) {
  EXPECT_EQ(format_count(0), "0");
  EXPECT_EQ(format_count(999), "999");
  EXPECT_EQ(format_count(1000), "1,000");
  EXPECT_EQ(format_count(-123456), "-123,456");
  EXPECT_EQ(format_count(INT64_MIN), "-9,223,372,036,854,775,808");
}

TEST(FormatPercent, shows_three_figures) {
  EXPECT_EQ(format_percent(0.1234), "12.3 %");
  EXPECT_EQ(format_percent(1), "100 %");
  EXPECT_EQ(format_percent(0), "0 %");
}

TEST(ShortestDouble, writes_what_people_would) {
  EXPECT_EQ(shortest_double(0.1), "0.1");
  EXPECT_EQ(shortest_double(128), "128");
  EXPECT_EQ(shortest_double(1e15), "1000000000000000");
  EXPECT_EQ(shortest_double(9007199254740992.0), "9007199254740992");
  EXPECT_EQ(shortest_double(1e22), "1e+22");
  EXPECT_EQ(shortest_double(1e-7), "1e-07");
  EXPECT_EQ(shortest_double(-0.0), "-0");
}

TEST(ShortestDouble, refuses_what_is_no_number) {
  EXPECT_THROW(shortest_double(std::numeric_limits<double>::infinity()), std::invalid_argument);
  EXPECT_THROW(shortest_double(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
}

TEST(ShortestDouble, reads_back_as_the_same_double) {
  rc::check([](std::uint64_t bits) {
    const auto value = std::bit_cast<double>(bits);
    RC_PRE(std::isfinite(value));
    RC_ASSERT(std::bit_cast<std::uint64_t>(std::strtod(shortest_double(value).c_str(), nullptr)) == bits);
  });
}

}  // namespace
}  // namespace ohmloop
