#include "ohmloop/workload/onnx/constant.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace ohmloop {
namespace {

using Integers = std::vector<std::int64_t>;

Constant whole(Dims dims, Integers values) { return {std::move(dims), std::move(values)}; }
Constant real(std::vector<double> values) { return {{static_cast<std::int64_t>(values.size())}, std::move(values)}; }

constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

TEST(Constant, arithmetic_broadcasts) {
  const Constant column = whole({2, 1}, {10, 20});
  const Constant row = whole({3}, {1, 2, 3});
  EXPECT_EQ(fold(Arithmetic::add, column, row), whole({2, 3}, {11, 12, 13, 21, 22, 23}));
  EXPECT_EQ(fold(Arithmetic::add, whole({2}, {1, 2}), row), std::nullopt);
  EXPECT_EQ(fold(Arithmetic::multiply, whole({}, {3}), row), whole({3}, {3, 6, 9}));
}

TEST(Constant, whole_numbers_stay_whole) {
  const auto result = [](Arithmetic operation, std::int64_t a, std::int64_t b) {
    const auto value = fold(operation, whole({}, {a}), whole({}, {b}));
    return value ? std::optional(std::get<0>(value->elements)[0]) : std::nullopt;
  };
  EXPECT_EQ(result(Arithmetic::divide, -7, 2), -3);
  EXPECT_EQ(result(Arithmetic::modulo, -7, 3), 2);
  EXPECT_EQ(result(Arithmetic::modulo, 7, -1), 0);
  EXPECT_EQ(result(Arithmetic::minimum, 3, 5), 3);
  EXPECT_EQ(result(Arithmetic::maximum, 3, 5), 5);
  EXPECT_EQ(result(Arithmetic::equal, 3, 3), 1);
  EXPECT_EQ(result(Arithmetic::less, 3, 3), 0);
  EXPECT_EQ(result(Arithmetic::greater, 4, 3), 1);
}

TEST(Constant, values_that_do_not_exist_are_not_folded) {
  const auto folds = [](Arithmetic operation, std::int64_t a, std::int64_t b) {
    return fold(operation, whole({}, {a}), whole({}, {b})).has_value();
  };
  EXPECT_FALSE(folds(Arithmetic::divide, 1, 0));
  EXPECT_FALSE(folds(Arithmetic::modulo, 1, 0));
  EXPECT_FALSE(folds(Arithmetic::divide, smallest, -1));
  EXPECT_FALSE(folds(Arithmetic::add, largest, 1));
  EXPECT_FALSE(folds(Arithmetic::subtract, smallest, 1));
  EXPECT_FALSE(folds(Arithmetic::multiply, largest, 2));
  EXPECT_EQ(fold(Rounding::negate, whole({}, {smallest})), std::nullopt);
  EXPECT_EQ(fold_cast(real({1e300}), true), std::nullopt);
  EXPECT_EQ(fold_cast(real({std::numeric_limits<double>::quiet_NaN()}), true), std::nullopt);
}

TEST(Constant, results_that_are_too_large_are_not_folded) {
  const Constant column = whole({64, 1}, Integers(64, 1));
  const Constant row = whole({64}, Integers(64, 1));
  EXPECT_EQ(fold(Arithmetic::add, column, row), std::nullopt);
  const Constant half = whole({600}, Integers(600, 1));
  EXPECT_EQ(join({&half, &half}), std::nullopt);
}

TEST(Constant, reals_round_and_become_whole) {
  EXPECT_EQ(fold(Rounding::floor, real({1.5, -1.5})), real({1, -2}));
  EXPECT_EQ(fold(Rounding::ceiling, real({1.5, -1.5})), real({2, -1}));
  EXPECT_EQ(fold(Rounding::absolute, whole({1}, {-4})), whole({1}, {4}));
  EXPECT_EQ(fold(Rounding::floor, whole({1}, {-4})), whole({1}, {-4}));
  EXPECT_EQ(fold_cast(real({2.9}), true), whole({1}, {2}));
  EXPECT_EQ(fold_cast(whole({1}, {2}), false), real({2}));
  EXPECT_EQ(fold(Arithmetic::multiply, whole({}, {7}), real({2.5})), real({17.5}));
  EXPECT_EQ(fold(Arithmetic::less, whole({}, {7}), real({2.5})), whole({1}, {0}));
}

TEST(Constant, choices_and_parts) {
  EXPECT_EQ(fold_where(whole({3}, {1, 0, 1}), whole({3}, {1, 2, 3}), whole({}, {-1})), whole({3}, {1, -1, 3}));
  EXPECT_EQ(fold_where(whole({1}, {1}), whole({1}, {1}), real({1})), std::nullopt);
  const Constant list = integer_list({5, 6, 7});
  EXPECT_EQ(pick(list, {2}, {2, 0}), integer_list({7, 5}));
  EXPECT_EQ(pick(list, {1}, {3}), std::nullopt);
  EXPECT_EQ(pick(list, {1}, {-1}), std::nullopt);
  const Constant scalar = whole({}, {8});
  EXPECT_EQ(join({&list, &scalar}), integer_list({5, 6, 7, 8}));
  const Constant reals = real({1});
  EXPECT_EQ(join({&list, &reals}), std::nullopt);
}

}  // namespace
}  // namespace ohmloop
