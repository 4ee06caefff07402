#include "ohmloop/mapper/placement_choices.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "ohmloop/mapper/chips_for_tests.hpp"

namespace ohmloop {
namespace {

TestChip chip_with_free_buffers(int buffers) {
  TestChip chip;
  chip.add_memory("dram", keep_all, std::nullopt, 200);
  for (int i = 0; i < buffers; ++i) chip.add_memory("buffer" + std::to_string(i), leave_free, 4096, 6);
  chip.add("mac", Compute{}, {{"compute", 1}});
  return chip;
}

PlacementChoices choices_of(const TestChip& chip, std::size_t most) {
  const Einsum einsum = lower("matmul", matmul(1, 2, 4, 2), chip.architecture);
  return placement_choices(make_mapspace(einsum, chip.architecture, {}), most);
}

TEST(PlacementChoices, AreAllWaysWhereTheyAreFew) {
  const PlacementChoices found = choices_of(chip_with_free_buffers(2), 64);
  EXPECT_TRUE(found.complete);
  std::set<std::string> different;
  for (const std::vector<std::uint8_t>& keeps : found.choices) different.emplace(keeps.begin(), keeps.end());
  EXPECT_EQ(different.size(), 64U);
  EXPECT_EQ(found.choices.front(), (std::vector<std::uint8_t>{7, 7, 7})) << "everything kept comes first";
}

TEST(PlacementChoices, SayWhereTheyStop) {
  const PlacementChoices found = choices_of(chip_with_free_buffers(4), 20);
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.choices.size(), 20U);
  EXPECT_EQ(found.choices[1], (std::vector<std::uint8_t>{7, 0, 0, 0, 0})) << "nothing kept comes second";
}

TEST(PlacementChoices, OfAChipThatDecidesEverythingAreOne) {
  EXPECT_EQ(choices_of(small_digital_chip(), 64).choices.size(), 1U);
}

}  // namespace
}  // namespace ohmloop
