#include "ohmloop/report/figures/figure_colour.hpp"

#include <set>
#include <tuple>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

TEST(FigureColour, PartsAndTensorsHaveTenColours) {
  std::set<std::string_view> colours;
  for (const CostPart part : all_cost_parts) colours.insert(look_of(part).colour);
  for (const Role role : {Role::input, Role::weight, Role::output}) colours.insert(look_of(role).colour);
  EXPECT_EQ(colours.size(), all_cost_parts.size() + 3);
}

TEST(FigureColour, SeventySevenPlacesDiffer) {
  std::set<std::tuple<std::string_view, int>> looks;
  for (std::size_t place = 0; place < 77; ++place) {
    const SeriesLook look = look_of(SeriesOrder{place});
    looks.insert({look.colour, look.marker});
    EXPECT_GE(look.dash, 1);
  }
  EXPECT_EQ(looks.size(), 77U);
  EXPECT_NE(look_of(SeriesOrder{0}).dash, look_of(SeriesOrder{7}).dash) << "the same colour again, dashed";
}

TEST(FigureColour, OfTheSameThingStaysTheSame) {
  EXPECT_EQ(look_of(CostPart::adc).colour, "#0072b2");
  EXPECT_EQ(look_of(CostPart::off_chip).colour, "#6e6e6e");
  EXPECT_EQ(look_of(Role::weight).colour, "#4477aa");
  EXPECT_EQ(translucent("#0072b2", 0.6), "#990072b2");
}

}  // namespace
}  // namespace ohmloop
