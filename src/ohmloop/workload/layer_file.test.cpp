#include "ohmloop/workload/layer_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ohmloop/text/test_support.hpp"
#include "ohmloop/workload/projection.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
namespace {

using testing_text::source_of;

std::optional<Layer> read(const std::string& text, Diagnostics& diagnostics) {
  const YamlNode root = parse_yaml(source_of(text, "layer.yaml"), diagnostics);
  const YamlNode* layer = root.find("layer");
  return layer == nullptr ? std::nullopt : read_layer(*layer, "layer", diagnostics);
}

Layer read_well(const std::string& text) {
  Diagnostics diagnostics;
  std::optional<Layer> layer = read(text, diagnostics);
  EXPECT_EQ(render(diagnostics.all()), "");
  return layer.value_or(Layer{});
}

LayerShape shape_of(const std::string& keys) {
  return std::get<LayerShape>(read_well("layer:\n  shape: {" + keys + "}\n").form);
}

std::string complaints(const std::string& text) {
  Diagnostics diagnostics;
  EXPECT_FALSE(read(text, diagnostics).has_value());
  return render(diagnostics.all());
}

std::string shape_complaints(const std::string& keys) { return complaints("layer:\n  shape: {" + keys + "}\n"); }

TEST(LayerFile, FindsOutputSizesFromTheInput) {
  EXPECT_EQ(shape_of("M: 64, C: 3, H: 224, W: 224, R: 7, S: 7, stride: 2, pad: 3"), convolution(1, 3, 224, 224, 64,
                                                                                                {.kernel_height = 7,
                                                                                                 .kernel_width = 7,
                                                                                                 .stride_height = 2,
                                                                                                 .stride_width = 2,
                                                                                                 .pad_top = 3,
                                                                                                 .pad_left = 3,
                                                                                                 .pad_bottom = 3,
                                                                                                 .pad_right = 3}));
}

TEST(LayerFile, FindsInputSizesFromTheOutput) {
  const LayerShape shape = shape_of("M: 8, C: 4, E: 5, F: 7, R: 3, S: 1, stride_height: 2");
  EXPECT_EQ(shape.H, 11);
  EXPECT_EQ(shape.W, 7);
}

TEST(LayerFile, TakesBothSizesAsTheyAre) {
  const LayerShape shape = shape_of("H: 15, E: 13, W: 15, F: 13, R: 3, S: 3");
  EXPECT_EQ(shape.H, 15);
  EXPECT_EQ(shape.E, 13);
}

TEST(LayerFile, ReadsAFullyConnectedLayer) { EXPECT_EQ(shape_of("M: 1000, C: 512"), fully_connected(1, 512, 1000)); }

TEST(LayerFile, EveryShapeOfTheZooReadsBackAsItWasWritten) {
  for (const ZooEntry& entry : zoo()) {
    for (const NetworkNode& node : entry.build(2).nodes) {
      if (!node.shape) continue;
      const Layer layer{node.name, *node.shape};
      EXPECT_EQ(read_well(to_yaml(layer)), layer) << to_yaml(layer);
    }
  }
}

TEST(LayerFile, EveryEinsumOfTheZooReadsBackAsItWasWritten) {
  const SliceParameters slices{.weight_slices = 4, .input_slices = 8, .weight_slice_bits = 2, .input_slice_bits = 1};
  for (const NetworkNode& node : find_zoo_entry("alexnet")->build(1).nodes) {
    if (!node.shape) continue;
    for (const Einsum& einsum :
         {conv_einsum(node.name, *node.shape, {}), array_einsum(node.name, *node.shape, slices)}) {
      const Layer layer{node.name, EinsumLayer{einsum, {true, true, true}}};
      EXPECT_EQ(read_well(to_yaml(layer)), layer) << to_yaml(layer);
    }
  }
}

RC_GTEST_PROP(Projections, ReadBackAsTheyWereWritten, ()) {
  const std::vector<Rank> ranks = {{"A", 6}, {"b_2", 35}, {"C", 9}};
  Projection projection;
  for (std::size_t rank = 0; rank < ranks.size(); ++rank) {
    if (!*rc::gen::arbitrary<bool>()) continue;
    projection.terms.push_back({.rank = RankId(rank),
                                .coefficient = *rc::gen::inRange(1, 9),
                                .divisor = *rc::gen::inRange(1, 4),
                                .modulus = *rc::gen::inRange(0, 4)});
  }
  projection.offset = *rc::gen::inRange(projection.terms.empty() ? 0 : -5, 6);
  YamlNode scalar;
  scalar.kind = YamlNode::Kind::scalar;
  scalar.scalar = to_text(projection, ranks);
  Diagnostics diagnostics;
  RC_ASSERT(read_projection(scalar, ranks, diagnostics) == projection);
}

const char* conv1d = R"(layer:
  name: conv1d
  ranks: {E: 16, R: 3}
  tensors:
  - {name: Inputs, role: input, axes: [E + R]}
  - {name: Weights, role: weight, axes: [R], bits: 8}
  - {name: Outputs, role: output, axes: [E]}
)";

TEST(LayerFile, ReadsAnEinsum) {
  const EinsumLayer layer = std::get<EinsumLayer>(read_well(conv1d).form);
  EXPECT_EQ(layer.einsum.points(), 48);
  EXPECT_EQ(layer.einsum.tensor(Role::input).elements(), 18);
  EXPECT_EQ(layer.einsum.tensor(Role::weight).bits, 8);
  EXPECT_EQ(layer.states_bits, (std::array<bool, 3>{false, true, false}));
}

TEST(LayerFile, PointsAtAnUnknownRankInAProjection) {
  std::string text = conv1d;
  text.replace(text.find("E + R"), 5, "E + Rr");
  EXPECT_EQ(complaints(text), R"(error: unknown rank 'Rr'
 --> layer.yaml:5:44
  |
5 |   - {name: Inputs, role: input, axes: [E + Rr]}
  |                                            ^^ did you mean 'R'?
  = ranks: E, R
)");
}

TEST(LayerFile, ExplainsWhatAPositionIs) {
  std::string text = conv1d;
  text.replace(text.find("E + R"), 5, "E - R");
  EXPECT_NE(complaints(text).find("only whole numbers may be subtracted"), std::string::npos);
  text.replace(text.find("E - R"), 5, "E + E");
  EXPECT_NE(complaints(text).find("a second time"), std::string::npos);
  text.replace(text.find("E + E"), 5, "E / R");
  EXPECT_NE(complaints(text).find("expected '+', '-' or the end"), std::string::npos);
}

TEST(LayerFile, WantsThreeRoles) {
  std::string text = conv1d;
  text.replace(text.find("role: weight"), 12, "role: input ");
  EXPECT_NE(complaints(text).find("a second tensor has the role input"), std::string::npos);
}

TEST(LayerFile, NamesARankThatNoTensorUses) {
  std::string text = conv1d;
  text.replace(text.find("R: 3}"), 5, "R: 3, Q: 2}");
  EXPECT_NE(complaints(text).find("no tensor uses rank 'Q'"), std::string::npos);
}

TEST(LayerFile, AnOutputAxisIsOneRank) {
  std::string text = conv1d;
  text.replace(text.find("axes: [E]"), 9, "axes: [2*E]");
  EXPECT_NE(complaints(text).find("the output's axis '2*E' is not one rank, whole"), std::string::npos);
}

TEST(LayerFile, SuggestsTheNearestKey) {
  EXPECT_EQ(shape_complaints("M: 64, C: 3, strid: 2"), R"(error: unknown key 'strid' in the shape
 --> layer.yaml:2:24
  |
2 |   shape: {M: 64, C: 3, strid: 2}
  |                        ^^^^^ did you mean 'stride'?
  = known keys: C, E, F, G, H, M, N, R, S, W, dilation, dilation_height, dilation_width, pad, pad_bottom, pad_left, pad_right, pad_top, stride, stride_height, stride_width, weight_is_activation
)");
}

TEST(LayerFile, SaysWhichSizesDoNotAgree) {
  EXPECT_NE(shape_complaints("H: 10, E: 11, R: 3, pad_bottom: 0").find("E is 11, but H = 10"), std::string::npos);
  EXPECT_NE(shape_complaints("H: 10, E: 30, R: 3").find("the last of 30 windows begins at 29, outside H = 10"),
            std::string::npos);
  EXPECT_NE(shape_complaints("H: 2, R: 3").find("E is empty"), std::string::npos);
  EXPECT_NE(shape_complaints("R: 3").find("needs H or E"), std::string::npos);
  EXPECT_NE(shape_complaints("M: 6, C: 4, G: 4").find("M is 6, which the groups G = 4 do not divide"),
            std::string::npos);
}

TEST(LayerFile, RefusesSizesBeyond64Bits) {
  EXPECT_NE(shape_complaints("N: 1000000000, M: 1000000000, C: 1000000000").find("the layer is too large"),
            std::string::npos);
  EXPECT_NE(shape_complaints("M: 0").find("at least 1"), std::string::npos);
}

TEST(LayerFile, WantsAShapeOrRanks) {
  EXPECT_NE(complaints("layer: {name: x}\n").find("needs the key 'shape', or 'ranks' and 'tensors'"),
            std::string::npos);
  EXPECT_NE(complaints("layer: {shape: {M: 3}, ranks: {M: 3}}\n").find("keep one of the two"), std::string::npos);
}

}  // namespace
}  // namespace ohmloop
