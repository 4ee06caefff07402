#include "ohmloop/mapper/explain.hpp"

#include <functional>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/mapper/chips_for_tests.hpp"
#include "ohmloop/mapper/factors.hpp"
#include "ohmloop/mapper/mapper.hpp"

namespace ohmloop {
namespace {

MapperResult map(const TestChip& chip, const LayerShape& shape, bool imperfect = false) {
  return find_mapping(lower("layer", shape, chip.architecture), chip.architecture, chip.tables,
                      {.imperfect = imperfect, .max_evaluations = 2'000});
}

Fanout& fanout(TestChip& chip, const std::string& name) {
  return std::get<Fanout>(chip.architecture.nodes[chip.architecture.find(name)->index()].body);
}

void bound(LoopConstraints& loops, const std::string& rank, Relation relation, std::int64_t value) {
  FactorConstraint factor{rank, relation, value, {}};
  factor.where.line = 100;
  loops.factors.push_back(factor);
}

/// DRAM, buffer and register as small_digital_chip, with lines in a file.
TestChip digital(std::int64_t buffer_bits = 4096) {
  TestChip chip = small_digital_chip(buffer_bits);
  for (std::size_t i = 0; i < chip.architecture.nodes.size(); ++i) chip.architecture.nodes[i].where.line = 10 + i;
  return chip;
}

TestChip array(std::int64_t arrays) {
  TestChip chip = small_array_chip(arrays);
  for (std::size_t i = 0; i < chip.architecture.nodes.size(); ++i) chip.architecture.nodes[i].where.line = 10 + i;
  return chip;
}

/// The number that a suggestion names: the first of its digits.
std::int64_t number_in(const std::string& suggestion) {
  const std::size_t first = suggestion.find_first_of("0123456789");
  return first == std::string::npos ? -1 : std::stoll(suggestion.substr(first));
}

/// A chip that can't run a layer, what its explanation has to name, and how to follow it.
struct Case {
  TestChip chip;
  LayerShape shape;
  std::string reason;      ///< part of it
  std::string suggestion;  ///< up to the number
  std::uint32_t line = 0;
  std::function<void(TestChip&, std::int64_t)> apply = {};
  std::int64_t step = -1;  ///< the smaller change that must not help
};

void holds(Case given) {
  const MapperResult result = map(given.chip, given.shape);
  ASSERT_FALSE(result.best.has_value());
  ASSERT_TRUE(result.none.has_value());
  const NoMapping& none = *result.none;
  EXPECT_NE(none.reason.find(given.reason), std::string::npos) << none.reason;
  EXPECT_EQ(none.suggestion.rfind(given.suggestion, 0), 0U) << none.suggestion;
  EXPECT_EQ(none.where.line, given.line) << none.reason;
  const std::int64_t number = number_in(none.suggestion);
  ASSERT_GT(number, 0) << none.suggestion;
  TestChip helped = given.chip;
  given.apply(helped, number);
  const MapperResult after = map(helped, given.shape);
  EXPECT_TRUE(after.best.has_value()) << none.suggestion << ", then: " << after.none->reason;
  TestChip not_enough = given.chip;
  given.apply(not_enough, number + given.step);
  EXPECT_FALSE(map(not_enough, given.shape).best.has_value()) << none.suggestion << " is not the smallest change";
}

const auto set_size = [](const char* name) {
  return [name](TestChip& chip, std::int64_t bits) { chip.memory(name).size_bits = bits; };
};
const auto set_copies = [](const char* name) {
  return [name](TestChip& chip, std::int64_t copies) { fanout(chip, name).count = copies; };
};

TEST(Explain, ABufferNeedsOneElementOfEachTensorItKeeps) {
  holds({digital(47), matmul(1, 4, 4, 4), "'buffer' needs at least 48 bits", "size >= ", 11, set_size("buffer")});
}

TEST(Explain, ARegisterNeedsOneElement) {
  TestChip chip = digital();
  chip.memory("register").size_bits = 8;
  holds({chip, matmul(1, 4, 4, 4), "'register' needs at least 16 bits", "size >= ", 13, set_size("register")});
}

TEST(Explain, AnArrayChipsBufferNeedsItsSmallestTile) {
  TestChip chip = array(64);
  chip.memory("buffer").size_bits = 8;
  holds({chip, fully_connected(1, 8, 8), "'buffer' needs at least", "size >= ", 11, set_size("buffer")});
}

TEST(Explain, AnArraysCellsNeedOneSlice) {
  TestChip chip = array(64);
  chip.memory("array").size_bits = 2;
  holds({chip, fully_connected(1, 8, 8), "'array' needs at least 4 bits", "size >= ", 17, set_size("array")});
}

TEST(Explain, AMemoryHoldsWhatConstraintsPutBelowIt) {
  TestChip chip = digital(64);
  bound(chip.memory("buffer").loops, "C", Relation::at_least, 3);
  // At least 3 of 8 channels are 4: inputs 4, weights 4, one output of 16 bits each.
  holds({chip, fully_connected(1, 8, 8), "'buffer' needs at least 144 bits", "size >= ", 11, set_size("buffer")});
}

TEST(Explain, AMemoryHoldsWhatOnlyTheFanoutTakes) {
  TestChip chip = digital(48);
  chip.memory("dram").loops.ranks = {"M", "E", "F", "N"};
  chip.memory("buffer").loops.ranks = {"M"};
  holds({chip, fully_connected(1, 4, 8), "'buffer' needs at least 144 bits", "size >= ", 11, set_size("buffer")});
}

TEST(Explain, TwoMemoriesThatAreTooSmallAreNamedTogether) {
  TestChip chip = digital(40);
  chip.memory("register").size_bits = 8;
  const MapperResult result = map(chip, matmul(1, 4, 4, 4));
  ASSERT_TRUE(result.none.has_value());
  EXPECT_EQ(result.none->suggestion, "size >= 16 bit at 'register' and size >= 48 bit at 'buffer'");
  chip.memory("register").size_bits = 16;
  chip.memory("buffer").size_bits = 48;
  EXPECT_TRUE(map(chip, matmul(1, 4, 4, 4)).best.has_value());
}

TEST(Explain, AnExactFactorHasToDivide) {
  TestChip chip = digital();
  bound(chip.memory("buffer").loops, "M", Relation::equal, 5);
  const auto set_factor = [](TestChip& changed, std::int64_t value) {
    changed.memory("buffer").loops.factors[0].bound = value;
  };
  holds({chip, fully_connected(1, 4, 12), "exactly 5 iterations of rank M", "M: ", 100, set_factor, 1});
}

TEST(Explain, ALowerBoundCanBeTooHighForTheRank) {
  TestChip chip = digital();
  bound(chip.memory("dram").loops, "M", Relation::at_least, 4);
  bound(chip.memory("buffer").loops, "M", Relation::equal, 4);
  const auto set_factor = [](TestChip& changed, std::int64_t value) {
    changed.memory("dram").loops.factors[0].bound = value;
  };
  holds({chip, fully_connected(1, 4, 12), "at least 4 iterations of rank M", "M: >= ", 100, set_factor, 1});
}

TEST(Explain, UpperBoundsCanLeaveTooLittle) {
  TestChip chip = digital();
  fanout(chip, "pe").loops.ranks = {"C"};
  bound(chip.memory("dram").loops, "M", Relation::at_most, 2);
  chip.memory("buffer").loops.ranks = {"C"};
  chip.memory("register").loops.ranks = {"C"};
  const auto set_factor = [](TestChip& changed, std::int64_t value) {
    changed.memory("dram").loops.factors[0].bound = value;
  };
  holds({chip, fully_connected(1, 4, 12), "at most 2 iterations of rank M", "M: <= ", 100, set_factor});
}

TEST(Explain, AFanoutNeedsTheCopiesOfAllItsBounds) {
  TestChip chip = digital();
  bound(fanout(chip, "pe").loops, "M", Relation::at_least, 4);
  bound(fanout(chip, "pe").loops, "C", Relation::equal, 2);
  // At least 4 of 6 are 6.
  holds({chip, fully_connected(1, 4, 6), "want 12 copies at 'pe', it has 4", "fanout >= ", 12, set_copies("pe")});
}

TEST(Explain, AFanoutOfOneTakesNoFactors) {
  TestChip chip = digital();
  fanout(chip, "pe").count = 1;
  bound(fanout(chip, "pe").loops, "M", Relation::equal, 2);
  holds({chip, fully_connected(1, 4, 8), "want 2 copies at 'pe', it has 1", "fanout >= ", 12, set_copies("pe")});
}

TEST(Explain, RanksThatFitOnlyAFanoutShareItsCopies) {
  TestChip chip = digital();
  for (const char* name : {"dram", "buffer", "register"}) chip.memory(name).loops.ranks = {"N"};
  holds({chip, fully_connected(1, 4, 3), "take 12 copies of 'pe', it has 4", "fanout >= ", 12, set_copies("pe")});
}

TEST(Explain, WeightsThatNothingReloadsNeedTheirArrays) {
  TestChip chip = array(4);
  chip.memory("dram").placement = keep_activations;
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = 3;
  // K = 36 rows of 8, M x 2 slices = 40 columns of 16.
  holds({chip, convolution(1, 4, 8, 8, 20, parameters), "needs 15 arrays", "15 arrays", 17, set_copies("tile")});
}

TEST(Explain, ARankThatHasNowhereToGoIsLetIn) {
  TestChip chip = digital();
  for (const char* name : {"dram", "buffer", "register"}) chip.memory(name).loops.ranks = {"M", "E", "N"};
  fanout(chip, "pe").loops.ranks = {"M"};
  const MapperResult result = map(chip, fully_connected(1, 16, 4));
  ASSERT_TRUE(result.none.has_value());
  EXPECT_EQ(result.none->reason, "there is room for 1 of the 16 iterations of rank C within the constraints");
  EXPECT_EQ(result.none->suggestion, "allow loops over C below 'dram'");
  EXPECT_EQ(result.none->where.line, 10U);
  chip.memory("dram").loops.ranks->push_back("C");
  EXPECT_TRUE(map(chip, fully_connected(1, 16, 4)).best.has_value());
}

TEST(Explain, ANodeThatContradictsItselfIsNamed) {
  TestChip chip = digital();
  chip.memory("buffer").loops.ranks = {"C"};
  bound(chip.memory("buffer").loops, "M", Relation::equal, 2);
  const MapperResult result = map(chip, fully_connected(1, 4, 4));
  ASSERT_TRUE(result.none.has_value());
  EXPECT_EQ(result.none->reason,
            "'buffer' asks for at least 2 iterations of rank M, but its list of ranks leaves out M");
  EXPECT_EQ(result.none->where.line, 100U);
  chip.memory("buffer").loops.ranks->push_back("M");
  EXPECT_TRUE(map(chip, fully_connected(1, 4, 4)).best.has_value());
}

TEST(Explain, ATensorThatNoMemoryKeepsIsNamed) {
  for (const Role role : all_roles) {
    TestChip chip = digital();
    for (const char* name : {"dram", "buffer", "register"}) {
      chip.memory(name).placement[role_index(role)] = Placement::bypass;
    }
    const MapperResult result = map(chip, fully_connected(1, 4, 4));
    ASSERT_TRUE(result.none.has_value());
    EXPECT_EQ(result.none->reason, "no memory may keep the " + std::string(to_string(role)));
    EXPECT_EQ(result.none->where.line, 10U);
    chip.memory("dram").placement[role_index(role)] = Placement::keep;
    EXPECT_TRUE(map(chip, fully_connected(1, 4, 4)).best.has_value());
  }
}

TEST(Explain, AMemoryThatKeepsNothingConstrainsNothing) {
  TestChip chip = digital();
  chip.memory("buffer").placement = {Placement::bypass, Placement::bypass, Placement::bypass};
  bound(chip.memory("buffer").loops, "M", Relation::at_least, 4);
  chip.memory("register").size_bits = 8;
  holds({chip, fully_connected(1, 4, 6), "'register' needs at least 16 bits", "size >= ", 13, set_size("register")});
}

TEST(FindMapping, FindsTheOnlyFactorsThatConstraintsLeave) {
  // Greedy outer factors (4 of 12) leave 3, which the others can't take.
  TestChip chip = digital(1 << 20);
  bound(chip.memory("dram").loops, "M", Relation::at_most, 4);
  bound(chip.memory("buffer").loops, "M", Relation::at_most, 2);
  bound(chip.memory("register").loops, "M", Relation::at_most, 1);
  fanout(chip, "pe").count = 2;
  const LayerShape shape = fully_connected(1, 720'720, 12, 720'720);
  EXPECT_TRUE(map(chip, shape).best.has_value());
}

/// Follows a suggestion that names one number, with `step` added to it, and nothing else. False for other suggestions.
bool follow(TestChip& chip, const NoMapping& none, std::int64_t step) {
  const std::string& text = none.suggestion;
  if (text.find(" and ") != std::string::npos || text.find(" or ") != std::string::npos) return false;
  const std::int64_t number = number_in(text);
  if (text.rfind("size >= ", 0) == 0) {
    chip.memory(none.reason.find("'register'") == 0 ? "register" : "buffer").size_bits = number + step;
    return true;
  }
  if (text.rfind("fanout >= ", 0) == 0) {
    fanout(chip, "pe").count = number + step;
    return true;
  }
  const bool below = text.find("'buffer'") != std::string::npos;
  LoopConstraints& loops = below ? chip.memory("buffer").loops : fanout(chip, "pe").loops;
  if (loops.factors.empty() || text.rfind(loops.factors[0].rank + ": ", 0) != 0) return false;
  const std::int64_t before = loops.factors[0].bound;
  // One less of a change than suggested.
  loops.factors[0].bound = number > before ? number + step : number - step;
  return true;
}

TEST(Explain, BoundsInEachOthersWayAreNamedTogether) {
  TestChip chip = digital();
  bound(chip.memory("buffer").loops, "M", Relation::equal, 2);
  bound(fanout(chip, "pe").loops, "M", Relation::equal, 2);
  const MapperResult result = map(chip, fully_connected(1, 4, 7));
  ASSERT_TRUE(result.none.has_value());
  EXPECT_EQ(result.none->reason, "no factors that the constraints allow make the 7 iterations of rank M");
  EXPECT_EQ(result.none->suggestion, "loosen the constraints on M at 'buffer' and 'pe'");
  EXPECT_EQ(result.none->where.line, 100U);
}

/// Random sizes and bounds. One fault at a time is explained: following what is said, again and again, ends with a
/// mapping, and a step that ends there is the smallest.
TEST(ExplainProperty, FollowingWhatIsSaidEndsWithAMappingAndOneLessDoesNot) {
  EXPECT_TRUE(rc::check([] {
    TestChip chip = digital(*rc::gen::inRange<std::int64_t>(1, 400));
    const bool imperfect = *rc::gen::arbitrary<bool>();
    chip.memory("buffer").placement = *rc::gen::element(keep_all, leave_free, keep_activations);
    chip.memory("register").size_bits = *rc::gen::inRange<std::int64_t>(1, 64);
    fanout(chip, "pe").count = *rc::gen::inRange<std::int64_t>(1, 5);
    for (LoopConstraints* loops : {&chip.memory("buffer").loops, &fanout(chip, "pe").loops}) {
      const std::string rank = *rc::gen::element<std::string>("M", "C");
      bound(*loops, rank, *rc::gen::element(Relation::equal, Relation::at_most, Relation::at_least),
            *rc::gen::inRange<std::int64_t>(1, 7));
    }
    const LayerShape shape =
        fully_connected(1, *rc::gen::inRange<std::int64_t>(1, 9), *rc::gen::inRange<std::int64_t>(1, 9));
    MapperResult result = map(chip, shape, imperfect);
    for (int round = 0; round < 5 && result.none; ++round) {
      RC_ASSERT(!result.best.has_value());
      RC_ASSERT(result.none->where.line >= 10U);
      TestChip helped = chip;
      if (!follow(helped, *result.none, 0)) RC_DISCARD("several numbers");
      MapperResult after = map(helped, shape, imperfect);
      if (after.best) {
        TestChip not_enough = chip;
        follow(not_enough, *result.none, -1);
        const MapperResult less = map(not_enough, shape, imperfect);
        if (less.best) RC_LOG() << result.none->reason << "; " << result.none->suggestion;
        RC_ASSERT(!less.best.has_value());
      }
      chip = std::move(helped);
      result = std::move(after);
    }
    RC_ASSERT(result.best.has_value());
  }));
}

/// A clear end: a mapping, a reason or OverflowError.
void ends(const TestChip& chip, const LayerShape& shape) {
  try {
    for (const bool imperfect : {false, true}) {
      const MapperResult result = map(chip, shape, imperfect);
      EXPECT_NE(result.best.has_value(), result.none.has_value());
    }
  } catch (const OverflowError& error) {
    EXPECT_NE(std::string(error.what()), "");
  }
}

TEST(FindMapping, HugeLayersAndPrimesEnd) {
  constexpr std::int64_t prime = 1'000'000'000'039;
  constexpr std::int64_t large_prime = 1'000'000'000'000'000'003;
  ConvolutionParameters parameters;
  parameters.kernel_height = parameters.kernel_width = 3;
  for (const TestChip& chip : {digital(65'536), array(64)}) {
    ends(chip, convolution(1, 1'000'000, 10'000, 10'000, 1'000'000, parameters));
    ends(chip, fully_connected(1, prime, 16));
    ends(chip, fully_connected(1, 16, prime));
    ends(chip, fully_connected(1, large_prime, 1));
    ends(chip, fully_connected(large_prime, 1, 1));
    ends(chip, fully_connected(1, prime, 1'000'000));
  }
}

TEST(Factors, LargePrimesAndTheirProductsAreFound) {
  using Numbers = std::vector<std::int64_t>;
  EXPECT_EQ(prime_factors(1'000'000'000'039), (Numbers{1'000'000'000'039}));
  EXPECT_EQ(prime_factors(1'000'000'000'000'000'003), (Numbers{1'000'000'000'000'000'003}));
  EXPECT_EQ(prime_factors(4 * 1'000'000'007LL * 1'000'000'009LL), (Numbers{2, 2, 1'000'000'007, 1'000'000'009}));
  EXPECT_EQ(prime_factors(1'000'003LL * 1'000'003LL), (Numbers{1'000'003, 1'000'003}));
  EXPECT_EQ(divisors(1'000'003LL * 1'000'003LL), (Numbers{1, 1'000'003, 1'000'003LL * 1'000'003LL}));
}

TEST(Factors, MultiplyToTheNumberAndDivideIt) {
  EXPECT_TRUE(rc::check([](std::uint32_t any) {
    const std::int64_t n = std::int64_t{1} + any % 3'000'000;
    std::int64_t product = 1;
    for (const std::int64_t prime : prime_factors(n)) {
      for (std::int64_t d = 2; d * d <= prime; ++d) RC_ASSERT(prime % d != 0);
      product *= prime;
    }
    RC_ASSERT(product == n);
    std::vector<std::int64_t> expected;
    for (std::int64_t d = 1; d <= n; ++d) {
      if (n % d == 0) expected.push_back(d);
    }
    RC_ASSERT(divisors(n) == expected);
  }));
}

}  // namespace
}  // namespace ohmloop
