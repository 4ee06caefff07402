#include "ohmloop/text/suggest.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

const std::vector<std::string> keys = {"width", "depth", "size", "read_bandwidth", "KiB", "Kib", "bit"};

TEST(NearestName, undoes_one_or_two_slips) {
  EXPECT_EQ(nearest_name("widht", keys), "width");   // swapped
  EXPECT_EQ(nearest_name("wdth", keys), "width");    // left out
  EXPECT_EQ(nearest_name("wiidth", keys), "width");  // doubled
  EXPECT_EQ(nearest_name("wixtx", keys), "width");   // two replaced
}

TEST(NearestName, allows_short_names_one_slip_only) {
  EXPECT_EQ(nearest_name("bid", keys), "bit");
  EXPECT_EQ(nearest_name("bad", keys), std::nullopt);
}

TEST(NearestName, does_not_care_for_case_but_prefers_the_right_one) {
  EXPECT_EQ(nearest_name("WIDTH", keys), "width");
  EXPECT_EQ(nearest_name("KiBB", keys), "KiB");
  EXPECT_EQ(nearest_name("Kibb", keys), "Kib");
}

TEST(NearestName, finds_a_name_by_its_pieces) {
  EXPECT_EQ(nearest_name("bandwidth_read", keys), "read_bandwidth");
  EXPECT_EQ(nearest_name("bandwidth", keys), "read_bandwidth");
}

TEST(NearestName, is_nothing_for_a_far_name) {
  EXPECT_EQ(nearest_name("technology", keys), std::nullopt);
  EXPECT_EQ(nearest_name("", keys), std::nullopt);
  EXPECT_EQ(nearest_name(std::string(100000, 'w'), keys), std::nullopt);
  EXPECT_EQ(nearest_name("width", {}), std::nullopt);
}

TEST(DidYouMean, is_a_question_or_nothing) {
  EXPECT_EQ(did_you_mean("widht", keys), "did you mean 'width'?");
  EXPECT_EQ(did_you_mean("technology", keys), "");
}

TEST(ListNames, joins_with_commas) {
  EXPECT_EQ(list_names(std::vector<std::string>{"a", "b"}), "a, b");
  EXPECT_EQ(list_names({}), "");
}

}  // namespace
}  // namespace ohmloop
