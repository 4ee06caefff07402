#include "ohmloop/workload/zoo/zoo.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

Network build(std::string_view name, std::int64_t batch = 1) {
  const ZooEntry* entry = find_zoo_entry(name);
  if (entry == nullptr) throw std::invalid_argument("no network " + std::string(name));
  return entry->build(batch);
}

const NetworkNode& node_of(const Network& network, std::string_view name) {
  const auto found = std::find_if(network.nodes.begin(), network.nodes.end(),
                                  [&](const NetworkNode& node) { return node.name == name; });
  if (found == network.nodes.end()) throw std::invalid_argument("no node " + std::string(name));
  return *found;
}

const LayerShape& shape_of(const Network& network, std::string_view name) {
  return node_of(network, name).shape.value();
}

std::int64_t product(const std::vector<std::int64_t>& dims) {
  return std::accumulate(dims.begin(), dims.end(), std::int64_t{1}, std::multiplies<>());
}

std::int64_t elements_of_input(const Network& network, const NetworkNode& node, std::size_t operand) {
  return node.inputs.empty() ? product(network.input_dims) : network.nodes[node.inputs[operand]].output_elements();
}

TEST(EveryNetwork, ReadsOnlyNodesBeforeItsOwn) {
  for (const ZooEntry& entry : zoo()) {
    SCOPED_TRACE(entry.name);
    const Network network = entry.build(1);
    EXPECT_EQ(network.name, entry.name);
    EXPECT_EQ(network.source, "zoo");
    for (std::size_t index = 0; index < network.nodes.size(); ++index) {
      for (const std::size_t input : network.nodes[index].inputs) EXPECT_LT(input, index) << network.nodes[index].name;
    }
  }
}

TEST(EveryNetwork, UsesWhatItComputes) {
  for (const ZooEntry& entry : zoo()) {
    SCOPED_TRACE(entry.name);
    const Network network = entry.build(1);
    std::vector<bool> used(network.nodes.size(), false);
    for (const NetworkNode& node : network.nodes) {
      for (const std::size_t input : node.inputs) used[input] = true;
    }
    for (std::size_t index = 0; index + 1 < used.size(); ++index) {
      EXPECT_TRUE(used[index]) << network.nodes[index].name;
    }
    EXPECT_FALSE(used.back());
  }
}

TEST(EveryNetwork, NamesItsNodesApart) {
  for (const ZooEntry& entry : zoo()) {
    SCOPED_TRACE(entry.name);
    const Network network = entry.build(1);
    std::set<std::string> names;
    for (const NetworkNode& node : network.nodes) EXPECT_TRUE(names.insert(node.name).second) << node.name;
  }
}

TEST(EveryNetwork, HandsOnAsManyElementsAsTheNextShapeTakes) {
  for (const ZooEntry& entry : zoo()) {
    SCOPED_TRACE(entry.name);
    const Network network = entry.build(2);
    for (const NetworkNode& node : network.nodes) {
      if (!node.shape) continue;
      const LayerShape& shape = *node.shape;
      EXPECT_EQ(shape.input_activations(), elements_of_input(network, node, 0)) << node.name;
      EXPECT_EQ(shape.output_activations(), node.output_elements()) << node.name;
      if (shape.weight_is_activation) {
        EXPECT_EQ(shape.C / shape.G * shape.M, elements_of_input(network, node, 1)) << node.name;
      }
    }
  }
}

TEST(EveryNetwork, GrowsWithTheBatchButNotInParameters) {
  for (const ZooEntry& entry : zoo()) {
    SCOPED_TRACE(entry.name);
    const Network one = entry.build(1);
    const Network three = entry.build(3);
    ASSERT_EQ(three.nodes.size(), one.nodes.size());
    EXPECT_EQ(three.macs(), 3 * one.macs());
    EXPECT_EQ(three.activations(), 3 * one.activations());
    EXPECT_EQ(three.parameters(), one.parameters());
    EXPECT_EQ(three.weights(), one.weights());
    for (std::size_t index = 0; index < one.nodes.size(); ++index) {
      EXPECT_EQ(three.nodes[index].output_elements(), 3 * one.nodes[index].output_elements()) << one.nodes[index].name;
    }
  }
}

TEST(EveryNetwork, RefusesABatchBelowOneAndReportsOneThatOverflows) {
  for (const ZooEntry& entry : zoo()) {
    SCOPED_TRACE(entry.name);
    EXPECT_THROW(entry.build(0), std::invalid_argument);
    EXPECT_THROW((void)entry.build(std::int64_t{1} << 55).macs(), OverflowError);
  }
}

TEST(EveryNetwork, IsFoundByItsNameInAnySpelling) {
  for (const ZooEntry& entry : zoo()) {
    SCOPED_TRACE(entry.name);
    std::string loud(entry.name);
    for (char& letter : loud) {
      if (letter == '_') letter = '-';
      if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    const ZooEntry* found = find_zoo_entry(loud);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->name, entry.name);
  }
}

TEST(Zoo, HasANameOncePerNetwork) {
  const std::vector<std::string> names = zoo_names();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  EXPECT_EQ(names.front(), "alexnet");
  EXPECT_EQ(names.back(), "gpt2");
}

TEST(Zoo, KnowsOtherNamesInUse) {
  EXPECT_EQ(find_zoo_entry("ViT-B/16")->name, "vit_base_16");
  EXPECT_EQ(find_zoo_entry("SqueezeNet 1.1")->name, "squeezenet1_1");
  EXPECT_EQ(find_zoo_entry("bert-base")->name, "bert_base_128");
  EXPECT_EQ(find_zoo_entry("GPT2-small")->name, "gpt2");
  EXPECT_EQ(find_zoo_entry("Wide-ResNet50")->name, "wide_resnet50_2");
  EXPECT_EQ(find_zoo_entry("mobilenetv2_100")->name, "mobilenet_v2");
  EXPECT_EQ(find_zoo_entry("vit_base_patch16_224")->name, "vit_base_16");
  EXPECT_EQ(find_zoo_entry("resnet19"), nullptr);
  EXPECT_EQ(find_zoo_entry(""), nullptr);
}

TEST(Zoo, NamesLayersAsTheReferenceDefinitionsDo) {
  EXPECT_EQ(describe(shape_of(build("resnet50"), "layer2.0.conv2")), "conv 128x128x3x3 /2, 28x28");
  EXPECT_EQ(describe(shape_of(build("resnet50"), "layer4.0.downsample.0")), "conv 2048x1024x1x1 /2, 7x7");
  EXPECT_EQ(describe(shape_of(build("vgg16"), "features.28")), "conv 512x512x3x3, 14x14");
  EXPECT_EQ(describe(shape_of(build("mobilenet_v2"), "features.18.0")), "conv 1280x320x1x1, 7x7");
  EXPECT_EQ(describe(shape_of(build("mobilenet_v2"), "features.2.conv.1.0")), "depth-wise conv 96x3x3 /2, 56x56");
  EXPECT_EQ(describe(shape_of(build("squeezenet1_1"), "features.12.expand3x3")), "conv 256x64x3x3, 13x13");
  EXPECT_EQ(describe(shape_of(build("resnext50_32x4d"), "layer1.0.conv2")), "grouped conv 32x(4x4x3x3), 56x56");
  EXPECT_EQ(describe(shape_of(build("densenet121"), "features.denseblock4.denselayer16.conv1")),
            "conv 128x992x1x1, 7x7");
  EXPECT_EQ(describe(shape_of(build("inception_v3"), "Mixed_6e.branch7x7dbl_3.conv")), "conv 192x192x1x7, 17x17");
  EXPECT_EQ(describe(shape_of(build("bert_base_384"), "encoder.layer.11.attention.self.scores")),
            "matmul 12x(384x64x384)");
  EXPECT_EQ(describe(shape_of(build("gpt2"), "lm_head")), "fc 50257x768, 1024 positions");
}

TEST(Zoo, KeepsNodesWithoutWeightsInTheGraph) {
  const Network network = build("resnet18");
  EXPECT_EQ(node_of(network, "maxpool").operation, "MaxPool");
  EXPECT_EQ(node_of(network, "maxpool").output_elements(), 64 * 56 * 56);
  EXPECT_EQ(node_of(network, "layer1.0.add").operation, "Add");
  EXPECT_EQ(node_of(network, "layer1.0.add").inputs.size(), 2U);
  EXPECT_EQ(node_of(network, "bn1").parameters, 128);
}

TEST(Zoo, ReusesTheWordEmbeddingsInTheHeadOfGpt2) {
  const Network network = build("gpt2");
  EXPECT_EQ(node_of(network, "lm_head").parameters, 0);
  EXPECT_EQ(shape_of(network, "lm_head").weights(), node_of(network, "transformer.wte").parameters);
}

}  // namespace
}  // namespace ohmloop
