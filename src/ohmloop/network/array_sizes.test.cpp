// Networks in arrays of different sizes, one cell per weight. The evaluation of the `pim` preset is held against the
// definition (a layer is G matrices of C/G*R*S x M/G, cut into squares), and against a table that was computed apart.
#include <array>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/base/number_format.hpp"
#include "ohmloop/network/layer_work.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
namespace {

constexpr std::array<std::int64_t, 6> sizes = {128, 256, 512, 1024, 2048, 4096};
constexpr std::array<const char*, 9> networks = {"alexnet",     "vgg16",        "resnet18",
                                                 "resnet50",    "resnet152",    "wide_resnet50_2",
                                                 "densenet121", "mobilenet_v2", "squeezenet1_1"};

struct Result {
  NetworkEvaluation evaluation;
  LayerWork work;
};

/// As `ohmloop run NAME --arch pim --set rows=SIZE --set columns=SIZE --set cell=8`: weights of 8 bits in one cell.
Result run(const std::string& name, std::int64_t size) {
  Diagnostics diagnostics;
  const std::string text = std::to_string(size);
  const std::vector<Override> overrides = {{"rows", text}, {"columns", text}, {"cell", "8 bit"}};
  const Architecture architecture = read_architecture(open_architecture("pim"), overrides, diagnostics);
  const ReferenceTables tables = estimate_reference_tables(architecture, diagnostics);
  Result result;
  result.evaluation = evaluate_network(find_zoo_entry(name)->build(1), architecture, tables);
  EXPECT_TRUE(result.evaluation.failed.empty()) << name << " " << size;
  result.work = network_work(result.evaluation, architecture);
  return result;
}

/// The sum over the layers of G * ceil(K / size) * ceil((M / G) / size).
std::int64_t arrays_by_definition(const std::string& name, std::int64_t size) {
  std::int64_t arrays = 0;
  for (const NetworkNode& node : find_zoo_entry(name)->build(1).nodes) {
    if (!node.shape) continue;
    const LayerShape& shape = *node.shape;
    arrays += shape.G * ceil_divide(shape.C / shape.G * shape.R * shape.S, size) * ceil_divide(shape.M / shape.G, size);
  }
  return arrays;
}

class ArraySizes : public ::testing::TestWithParam<const char*> {};

TEST_P(ArraySizes, TakeAsManyArraysAsTheDefinitionSays) {
  for (const std::int64_t size : sizes) {
    const Result result = run(GetParam(), size);
    const std::int64_t arrays = arrays_by_definition(GetParam(), size);
    EXPECT_EQ(result.evaluation.arrays_used, arrays) << size;
    const double cells = static_cast<double>(arrays) * static_cast<double>(size) * static_cast<double>(size);
    const double utilisation = static_cast<double>(result.work.weights) / cells;
    EXPECT_NEAR(result.evaluation.array_utilisation.value_or(0), utilisation, 1e-12) << size;
  }
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, '|');) cells.push_back(cell);
  return cells;
}

/// The row of a network: "| name | layers | GMAC | Mweights | activations | presentations | six utilisations |".
std::vector<std::string> reference_row(std::istream& file, const std::string& name) {
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| " + name + " | ") && cells_of(line).size() >= 8) return cells_of(line);
  }
  return {};
}

TEST_P(ArraySizes, GiveTheReferenceTableToThePrintedDigit) {
  std::ifstream file(OHMLOOP_SOURCE_DIR "/../shared/reference/accuracy_peers.md");
  if (!file) GTEST_SKIP() << "the shared reference data are not beside the checkout";
  const std::vector<std::string> row = reference_row(file, GetParam());
  ASSERT_GE(row.size(), 8U) << "the table has no such row";
  std::istringstream utilisations(row[7]);
  for (const std::int64_t size : sizes) {
    std::string expected;
    utilisations >> expected;
    const Result result = run(GetParam(), size);
    EXPECT_EQ(fmt::format("{:.1f}", 100 * result.evaluation.array_utilisation.value_or(0)), expected) << size;
    if (size != sizes.front()) continue;
    const LayerWork& work = result.work;
    EXPECT_EQ(fmt::format(" {} ", result.evaluation.layers.size()), row[2]);
    EXPECT_EQ(fmt::format(" {:.3f} ", static_cast<double>(work.macs) / 1e9), row[3]);
    EXPECT_EQ(fmt::format(" {:.2f} ", static_cast<double>(work.weights) / 1e6), row[4]);
    EXPECT_EQ(fmt::format(" {:.2f} ", static_cast<double>(work.output_activations) / 1e6), row[5]);
    EXPECT_EQ(fmt::format(" {} ", format_count(work.arrays->vector_presentations)), row[6]);
  }
}

INSTANTIATE_TEST_SUITE_P(Zoo, ArraySizes, ::testing::ValuesIn(networks),
                         [](const auto& network) { return network.param; });

TEST(ArraySizesOfWideNetworks, DepthCostsActivationsAndPresentationsWidthFillsArrays) {
  const Result deep = run("resnet152", 1024);
  const Result wide = run("wide_resnet50_2", 1024);
  const auto ratio = [&](std::int64_t a, std::int64_t b) {
    return fmt::format("{:.2f}", static_cast<double>(a) / static_cast<double>(b));
  };
  EXPECT_EQ(ratio(deep.work.macs, wide.work.macs), "1.01");
  EXPECT_EQ(ratio(deep.work.output_activations, wide.work.output_activations), "1.57");
  EXPECT_EQ(ratio(deep.work.input_activations, wide.work.input_activations), "1.58");
  EXPECT_EQ(ratio(deep.work.arrays->vector_presentations, wide.work.arrays->vector_presentations), "1.44");
  EXPECT_EQ(ratio(deep.work.weights, wide.work.weights), "0.87");
  EXPECT_EQ(fmt::format("{:.1f}", 100 * deep.evaluation.array_utilisation.value_or(0)), "22.5");
  EXPECT_EQ(fmt::format("{:.1f}", 100 * wide.evaluation.array_utilisation.value_or(0)), "54.7");
}

}  // namespace
}  // namespace ohmloop
