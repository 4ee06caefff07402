// Published figures of the zoo's networks. Sources:
//  [tv]   torchvision's weights tables (num_params, _ops), from its documentation and source
//  [timm] timm, results/benchmark-infer-amp-nchw-pt240-cu124-rtx3090.csv (param_count, infer_gmacs, infer_macts), made
//         with fvcore, which counts two operations per element of a batch normalisation too and five of a layer
//         normalisation
#include <array>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
namespace {

struct Published {
  std::string_view name;
  std::int64_t parameters;
  std::optional<double> giga_macs;         ///< [tv], three digits
  std::optional<double> timm_giga_macs;    ///< [timm], two digits
  std::optional<double> mega_activations;  ///< [timm], two digits
};

// Parameters: [tv], but MobileNetV1 (timm: 4.23 M), EfficientNet-Lite0 (timm: 4.65 M), AlexNet in two towers (Caffe's
// bvlc_alexnet), BERT-base (Hugging Face bert-base-uncased) and GPT-2 (Hugging Face gpt2).
// Inception-v3: [tv] gives 27,161,264 with the auxiliary classifier, which does not run in inference and has 3,326,696.
// [timm]'s own vgg, densenet, inception_v3 and vit_base_patch16_224 are the same networks; its mobilenetv2_100 too.
constexpr std::array published = {
    Published{"alexnet", 61'100'840, .714, {}, {}},
    Published{"alexnet_grouped", 60'965'224, {}, {}, {}},
    Published{"vgg11", 132'863'336, 7.609, 7.61, 7.44},
    Published{"vgg13", 133'047'848, 11.308, 11.31, 12.25},
    Published{"vgg16", 138'357'544, 15.470, 15.47, 13.56},
    Published{"vgg19", 143'667'240, 19.632, 19.63, 14.86},
    Published{"googlenet", 6'624'904, 1.498, {}, {}},
    Published{"resnet18", 11'689'512, 1.814, 1.82, 2.48},
    Published{"resnet34", 21'797'672, 3.664, 3.67, 3.74},
    Published{"resnet50", 25'557'032, 4.089, 4.11, 11.11},
    Published{"resnet101", 44'549'160, 7.801, 7.83, 16.23},
    Published{"resnet152", 60'192'808, 11.514, 11.56, 22.56},
    Published{"wide_resnet50_2", 68'883'240, 11.398, 11.43, 14.40},
    Published{"wide_resnet101_2", 126'886'696, 22.753, 22.80, 21.23},
    Published{"resnext50_32x4d", 25'028'904, 4.230, 4.26, 14.40},
    Published{"squeezenet1_0", 1'248'424, .819, {}, {}},
    Published{"squeezenet1_1", 1'235'496, .349, {}, {}},
    Published{"mobilenet_v1", 4'231'976, {}, .58, 5.04},
    Published{"mobilenet_v2", 3'504'872, .301, .31, 6.68},
    Published{"densenet121", 7'978'856, 2.834, 2.87, 6.90},
    Published{"densenet161", 28'681'000, 7.728, 7.79, 11.06},
    Published{"densenet169", 14'149'480, 3.360, 3.40, 7.30},
    Published{"densenet201", 20'013'928, 4.291, 4.34, 7.85},
    Published{"inception_v3", 27'161'264 - 3'326'696, 5.713, 5.73, 8.97},
    Published{"efficientnet_lite0", 4'652'008, {}, .40, 6.74},
    Published{"vit_base_16", 86'567'656, 17.564, 17.58, 23.90},
    Published{"bert_base_128", 109'482'240, {}, {}, {}},
    Published{"bert_base_384", 109'482'240, {}, {}, {}},
    Published{"gpt2", 124'439'808, {}, {}, {}},
};

Network build(std::string_view name) { return find_zoo_entry(name)->build(1); }

/// A count in thousand millions (or millions) with the digits that the source prints.
std::string rounded(std::int64_t count, double unit, int digits) {
  return fmt::format("{:.{}f}", static_cast<double>(count) / unit, digits);
}

std::string printed(double figure, int digits) { return fmt::format("{:.{}f}", figure, digits); }

/// What fvcore adds to the MACs.
std::int64_t normalisation_operations(const Network& network) {
  std::int64_t operations = 0;
  for (const NetworkNode& node : network.nodes) {
    if (node.operation == "BatchNormalization") operations += 2 * node.output_elements();
    if (node.operation == "LayerNormalization") operations += 5 * node.output_elements();
  }
  return operations;
}

TEST(PublishedFigures, ParametersAreExact) {
  for (const Published& figures : published) {
    EXPECT_EQ(build(figures.name).parameters(), figures.parameters) << figures.name;
  }
}

TEST(PublishedFigures, MacsAreTorchvisions) {
  for (const Published& figures : published) {
    if (!figures.giga_macs) continue;
    EXPECT_EQ(rounded(build(figures.name).macs(), 1e9, 3), printed(*figures.giga_macs, 3)) << figures.name;
  }
}

TEST(PublishedFigures, MacsAndNormalisationAreTimms) {
  for (const Published& figures : published) {
    if (!figures.timm_giga_macs) continue;
    const Network network = build(figures.name);
    EXPECT_EQ(rounded(network.macs() + normalisation_operations(network), 1e9, 2), printed(*figures.timm_giga_macs, 2))
        << figures.name;
  }
}

TEST(PublishedFigures, ActivationsAreTimms) {
  for (const Published& figures : published) {
    if (!figures.mega_activations) continue;
    EXPECT_EQ(rounded(build(figures.name).activations(), 1e6, 2), printed(*figures.mega_activations, 2))
        << figures.name;
  }
}

TEST(PublishedFigures, CoverTheWholeZoo) {
  ASSERT_EQ(published.size(), zoo().size());
  for (std::size_t index = 0; index < published.size(); ++index) EXPECT_EQ(published[index].name, zoo()[index].name);
}

// Chen et al., Eyeriss (JSSC 2017, ISCA 2016): AlexNet's five convolutions have 666 M MACs and 2,332.7 k weights.
TEST(PublishedFigures, ConvolutionsOfAlexnetInTwoTowersAreThoseOfEyeriss) {
  const Network network = build("alexnet_grouped");
  std::vector<std::int64_t> macs;
  std::int64_t weights = 0;
  for (const NetworkNode& node : network.nodes) {
    if (node.operation != "Conv") continue;
    macs.push_back(node.shape->macs());
    weights += node.shape->weights();
  }
  EXPECT_EQ(macs, (std::vector<std::int64_t>{105'415'200, 223'948'800, 149'520'384, 112'140'288, 74'760'192}));
  EXPECT_EQ(weights, 2'332'704);
}

// Howard et al., arXiv:1704.04861, table 8: 569 million multiplications, 4.2 million parameters.
TEST(PublishedFigures, MobilenetV1HasThePapersMacs) { EXPECT_EQ(rounded(build("mobilenet_v1").macs(), 1e6, 0), "569"); }

// From the layers' sizes, for a sequence of L: 12 layers of (4 x 768^2 + 2 x 768 x 3072) L + 2 x 768 L^2 MACs; BERT's
// pooler 768^2 and GPT-2's head 768 x 50257 L.
TEST(PublishedFigures, TransformersHaveTheMacsOfTheirFormula) {
  const auto encoder = [](std::int64_t length) { return 84'934'656 * length + 18'432 * length * length; };
  EXPECT_EQ(build("bert_base_128").macs(), encoder(128) + 768 * 768);
  EXPECT_EQ(build("bert_base_384").macs(), encoder(384) + 768 * 768);
  EXPECT_EQ(build("gpt2").macs(), encoder(1024) + 38'597'376 * std::int64_t{1024});
}

/// Arrays of `size` x `size` storage elements, one per weight, that hold a layer: each group in arrays of its own.
std::int64_t arrays(const LayerShape& shape, std::int64_t size) {
  const std::int64_t rows = shape.C / shape.G * shape.R * shape.S;
  return shape.G * ceil_divide(rows, size) * ceil_divide(shape.M / shape.G, size);
}

struct ArrayUse {
  std::string_view name;
  std::size_t layers;
  std::int64_t presentations;  ///< vectors that the arrays are given: the sum of E x F
  std::array<std::string_view, 6> utilisation_percent;
};

// The trade-off of Yang and Sze (IEDM 2019, arXiv:1912.12167), recomputed from torchvision's definitions: arrays of
// 128, 256, 512, 1024, 2048, 4096 rows and columns.
constexpr std::array array_uses = {
    ArrayUse{"alexnet", 8, 4'264, {"99.6", "99.0", "95.1", "85.7", "63.3", "36.4"}},
    ArrayUse{"vgg16", 16, 137'791, {"99.9", "99.5", "97.2", "81.9", "56.9", "30.5"}},
    ArrayUse{"resnet18", 21, 30'234, {"98.1", "88.7", "59.4", "24.8", "9.0", "2.9"}},
    ArrayUse{"resnet50", 54, 61'398, {"98.8", "92.2", "62.8", "27.3", "9.2", "2.7"}},
    ArrayUse{"resnet152", 156, 88'446, {"99.5", "94.6", "51.5", "22.5", "7.2", "2.3"}},
    ArrayUse{"wide_resnet50_2", 54, 61'398, {"99.9", "98.7", "89.6", "54.7", "20.0", "6.2"}},
    ArrayUse{"densenet121", 121, 84'085, {"53.7", "25.8", "11.1", "4.2", "1.6", "0.4"}},
    ArrayUse{"mobilenet_v2", 53, 80'753, {"2.8", "0.7", "0.2", "0.0", "0.0", "0.0"}},
    ArrayUse{"squeezenet1_1", 26, 37'042, {"69.6", "42.7", "16.2", "4.5", "1.1", "0.3"}},
};

TEST(PublishedFigures, FillArraysAsTheStudyOfArraySizesSays) {
  for (const ArrayUse& use : array_uses) {
    const Network network = build(use.name);
    std::vector<LayerShape> shapes;
    for (const NetworkNode& node : network.nodes) {
      if (node.shape) shapes.push_back(*node.shape);
    }
    EXPECT_EQ(shapes.size(), use.layers) << use.name;
    std::int64_t presentations = 0;
    for (const LayerShape& shape : shapes) presentations += shape.E * shape.F;
    EXPECT_EQ(presentations, use.presentations) << use.name;
    std::int64_t size = 128;
    for (const std::string_view percent : use.utilisation_percent) {
      std::int64_t needed = 0;
      for (const LayerShape& shape : shapes) needed += arrays(shape, size);
      EXPECT_EQ(rounded(100 * network.weights(), static_cast<double>(needed * size * size), 1), percent)
          << use.name << ", arrays of " << size;
      size *= 2;
    }
  }
}

struct ExactCounts {
  std::string_view name;
  std::int64_t macs;
  std::int64_t weights;
  std::int64_t activations;
  std::int64_t arrays_of_128;
};

// Recomputed likewise.
constexpr std::array exact_counts = {
    ExactCounts{"resnet18", 1'814'073'344, 11'678'912, 2'484'712, 727},
    ExactCounts{"resnet152", 11'513'626'624, 60'040'384, 22'555'112, 3'684},
    ExactCounts{"wide_resnet50_2", 11'398'021'120, 68'814'016, 14'401'512, 4'206},
    ExactCounts{"vgg16", 15'470'264'320, 138'344'128, 13'556'712, 8'454},
};

TEST(PublishedFigures, CountExactlyWhereExactFiguresExist) {
  for (const ExactCounts& counts : exact_counts) {
    const Network network = build(counts.name);
    EXPECT_EQ(network.macs(), counts.macs) << counts.name;
    EXPECT_EQ(network.weights(), counts.weights) << counts.name;
    EXPECT_EQ(network.activations(), counts.activations) << counts.name;
    std::int64_t needed = 0;
    for (const NetworkNode& node : network.nodes) {
      if (node.shape) needed += arrays(*node.shape, 128);
    }
    EXPECT_EQ(needed, counts.arrays_of_128) << counts.name;
  }
}

}  // namespace
}  // namespace ohmloop
