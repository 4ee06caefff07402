#include "ohmloop/arch/read_schedule.hpp"

#include <gtest/gtest.h>

#include "ohmloop/arch/arch_testing.hpp"

namespace ohmloop {
namespace {

using arch_testing::analog;
using arch_testing::complaints;
using arch_testing::file;
using arch_testing::plain_array;

SourceFilePtr file_of(const std::string& schedule) {
  return file(analog(plain_array, "- !Component {name: link, class: hyper_transport}\n") + "schedule: " + schedule + "\n");
}

TEST(Schedule, LeftOutMeansOneLayerAfterAnotherOnAsManyChipsAsItTakes) {
  const Schedule schedule = arch_testing::read(file(analog(plain_array))).schedule;
  EXPECT_EQ(schedule.order, LayerOrder::one_after_another);
  EXPECT_EQ(schedule.weights, WeightResidence::more_chips);
  EXPECT_EQ(schedule.copies, LayerCopies::one);
  EXPECT_FALSE(schedule.chips);
  EXPECT_FALSE(schedule.link);
}

TEST(Schedule, IsReadAsWritten) {
  const Architecture chip =
      arch_testing::read(file_of("{order: pipelined, copies: balanced, chips: 1 + 2, link: link}"));
  EXPECT_EQ(chip.schedule.order, LayerOrder::pipelined);
  EXPECT_EQ(chip.schedule.copies, LayerCopies::balanced);
  EXPECT_EQ(chip.schedule.chips, 3);
  EXPECT_EQ(chip.node(*chip.schedule.link).name, "link");
  EXPECT_EQ(arch_testing::read(file_of("{weights: one_chip}")).schedule.weights, WeightResidence::one_chip);
}

TEST(Schedule, WrongWordsNameTheNearest) {
  EXPECT_NE(complaints(file_of("{order: pipeline}")).find("pipelined"), std::string::npos);
  EXPECT_NE(complaints(file_of("{weights: reloads}")).find("reload"), std::string::npos);
  const std::string link = complaints(file_of("{link: lnk}"));
  EXPECT_NE(link.find("no !Component of this file is called 'lnk'"), std::string::npos);
  EXPECT_NE(link.find("did you mean 'link'?"), std::string::npos);
  EXPECT_NE(complaints(file_of("{chips: 0}")).find("chips"), std::string::npos);
  EXPECT_NE(complaints(file_of("{chip: 2}")).find("did you mean 'chips'?"), std::string::npos);
}

TEST(Schedule, ChoicesThatContradictEachOtherAreErrors) {
  EXPECT_NE(complaints(file_of("{order: pipelined, weights: reload}")).find("cannot take turns"), std::string::npos);
  EXPECT_NE(complaints(file_of("{copies: balanced, weights: reload}")).find("left over"), std::string::npos);
  EXPECT_NE(complaints(file_of("{chips: 2, weights: one_chip}")).find("cannot be several"), std::string::npos);
}

}  // namespace
}  // namespace ohmloop
