// What converters do to the latency of an array of 8 x 8 in steps of ten cycles, for five vectors.
#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/cost/evaluation.hpp"

namespace ohmloop {
namespace {

/// `converters` stand above the array, one line each.
Evaluation evaluate_with(const std::string& converters) {
  const std::string text =
      "ohmloop: 1\nclock: 1 GHz\ntechnology: 32 nm\narchitecture:\n"
      "- !Memory {name: port, class: port}\n" +
      converters +
      "- !Array {name: array, class: ideal, rows: 8, columns: 8, bits_per_cell: 1, cycle: 10 ns, "
      "input: {bits: 1}, output: {bits: 16}, weight: {bits: 1, encoding: unsigned}}\n";
  Diagnostics warnings;
  const Architecture chip =
      read_architecture(std::make_shared<const SourceFile>(SourceFile{"chip.yaml", text}), {}, warnings);
  const Einsum einsum = lower("layer", fully_connected(5, 8, 8), chip);
  Mapping mapping;
  for (const Role role : all_roles) mapping.steps.emplace_back(Keep{NodeId(0), role});
  mapping.steps.emplace_back(Loop{RankId(2), 8, chip.find("array.columns")});
  mapping.steps.emplace_back(Loop{RankId(3), 8, chip.find("array.rows")});
  mapping.steps.emplace_back(Keep{chip.array->cells, Role::weight});
  mapping.steps.emplace_back(Loop{RankId(0), 5, {}});
  for (const Violation& violation : check_mapping(einsum, chip, mapping)) ADD_FAILURE() << violation.message;
  return evaluate(einsum, chip, estimate_reference_tables(chip, warnings), count_actions(einsum, chip, mapping));
}

std::string adc(const std::string& keys) {
  return "- !Converter {name: adc, class: adc, passes: output, resolution: 4 bit, " + keys + "}\n";
}

void expect_latency(const std::string& converters, std::int64_t cycles, const std::string& bottleneck) {
  const Evaluation evaluation = evaluate_with(converters);
  EXPECT_EQ(evaluation.latency_cycles, cycles) << converters;
  EXPECT_EQ(evaluation.bottleneck, bottleneck) << converters;
}

TEST(ConverterLimits, AnAdcReadsItsColumnsWithinAStepOrHoldsTheArrayUp) {
  expect_latency(adc("shared_by: 8, rate: 1 GHz"), 50, "compute");
  expect_latency(adc("shared_by: 8, rate: 0.5 GHz"), 5 * 8 * 2, "adc conversions");
  expect_latency(adc("shared_by: 4, rate: 0.5 GHz"), 50, "compute");
  expect_latency(adc("shared_by: 1, cycle: 15 ns"), 5 * 15, "adc conversions");
}

TEST(ConverterLimits, ADacSlowerThanTheArrayIsTheBottleneck) {
  expect_latency("- !Converter {name: dac, class: dac, passes: input, resolution: 1 bit, shared_by: 8, cycle: 2 ns}\n",
                 5 * 8 * 2, "dac conversions");
}

TEST(ConverterLimits, DigitalConvertersHaveLimitsToo) {
  const std::string fast = adc("shared_by: 8, rate: 1 GHz");
  expect_latency(
      "- !Converter {name: tree, class: adder_tree, passes: output, width: 16, inputs: 8, cycle: 30 ns}\n" + fast,
      5 * 30, "tree conversions");
  expect_latency("- !Converter {name: shift_add, class: shift_add, passes: output, shared_by: 8, cycle: 3 ns}\n" + fast,
                 5 * 8 * 3, "shift_add conversions");
  expect_latency("- !Converter {name: quantiser, class: quantiser, passes: output, shared_by: 8, cycle: 4 ns}\n" + fast,
                 5 * 8 * 4, "quantiser conversions");
  expect_latency("- !Converter {name: hold, class: sample_and_hold, passes: output, cycle: 12 ns}\n" + fast, 5 * 12,
                 "hold conversions");
}

TEST(ConverterLimits, EachValueThatPassesIsChargedOnce) {
  const Evaluation evaluation = evaluate_with(
      "- !Converter {name: quantiser, class: quantiser, passes: output}\n"
      "- !Converter {name: tree, class: adder_tree, passes: output, width: 16, inputs: 8}\n" +
      adc("shared_by: 8"));
  int converters = 0;
  for (const EnergyItem& item : evaluation.items) {
    if (item.role != Role::output || (item.action != "quantise" && item.action != "add" && item.action != "convert")) {
      continue;
    }
    ++converters;
    EXPECT_EQ(item.count, 8 * 5) << item.action;
    EXPECT_GT(item.energy_pj, 0) << item.action;
  }
  EXPECT_EQ(converters, 3);
}

}  // namespace
}  // namespace ohmloop
