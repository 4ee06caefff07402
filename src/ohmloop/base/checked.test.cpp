#include "ohmloop/base/checked.hpp"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

TEST(CheckedArithmetic, gives_exact_results_up_to_the_limits) {
  EXPECT_EQ(checked_add(INT64_MAX - 1, 1), INT64_MAX);
  EXPECT_EQ(checked_subtract(INT64_MIN + 1, 1), INT64_MIN);
  EXPECT_EQ(checked_multiply(INT64_C(3037000499), INT64_C(3037000499)), INT64_C(9223372030926249001));
}

TEST(CheckedArithmetic, throws_beyond_the_limits) {
  EXPECT_THROW(checked_add(INT64_MAX, 1), OverflowError);
  EXPECT_THROW(checked_subtract(INT64_MIN, 1), OverflowError);
  EXPECT_THROW(checked_multiply(INT64_C(3037000500), INT64_C(3037000500)), OverflowError);
}

TEST(CheckedArithmetic, names_the_operation_in_the_error) {
  try {
    checked_multiply(INT64_MAX, 2);
    FAIL() << "no error";
  } catch (const OverflowError& error) {
    EXPECT_STREQ(error.what(), "9223372036854775807 x 2 does not fit in a 64-bit count");
  }
}

TEST(CeilDivide, rounds_up) {
  EXPECT_EQ(ceil_divide(0, 4), 0);
  EXPECT_EQ(ceil_divide(8, 4), 2);
  EXPECT_EQ(ceil_divide(9, 4), 3);
  EXPECT_EQ(ceil_divide(INT64_MAX, INT64_MAX), 1);
}

TEST(OhmCheck, throws_with_place_condition_and_message) {
  try {
    OHM_CHECK(1 > 2, "the order of numbers");
    FAIL() << "no error";
  } catch (const InternalError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("checked.test.cpp:"), std::string::npos) << text;
    EXPECT_NE(text.find("'1 > 2' does not hold: the order of numbers"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace ohmloop
