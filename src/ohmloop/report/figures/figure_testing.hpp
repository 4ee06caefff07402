#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ohmloop/report/figures/figure.hpp"

namespace ohmloop {

/// A figure of every kind, for tests; the numbers are invented.
struct SampleFigure {
  std::string name;
  Figure figure;
};

/// A figure's body of one curve.
inline CurveFigure one_curve(const std::string& name, std::vector<CurvePoint> points) {
  CurveFigure body;
  Curve curve;
  curve.series = {name, SeriesOrder{0}};
  curve.points = std::move(points);
  body.curves.push_back(std::move(curve));
  return body;
}

inline SampleFigure sample_noise() {
  CurveFigure body;
  const std::vector<std::string> names = {"LeNet-5", "ResNet-20", "MobileNetV2", "ViT-tiny", "ConvNeXt-nano"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    Curve curve{{names[i], SeriesOrder{i}}, {}};
    for (int step = 0; step <= 8; ++step) {
      const double x = 0.02 * step;
      const double y = 10 + 82 / (1 + x * x * 40 * static_cast<double>(i * i + 1));
      curve.points.push_back({x, y, y - 2.5, y + 2.5});
    }
    body.curves.push_back(curve);
  }
  body.levels = {{"guessing", 10}};
  return {"noise",
          {"Accuracy against rescaled noise",
           "Top-1 with 95% intervals of five networks.",
           {"noise: standard deviation / largest magnitude of the layer", ""},
           {"top-1 accuracy", "%", AxisScale::linear, 0, 100},
           body}};
}

inline SampleFigure sample_bits() {
  CurveFigure body;
  body.categories = {"2", "3", "4", "5", "6", "8", "float32"};
  body.intervals = IntervalMark::band;
  for (std::size_t i = 0; i < 3; ++i) {
    Curve curve{{i == 0 ? "ResNet-18" : i == 1 ? "ResNet-50" : "ResNet-152", SeriesOrder{i}}, {}};
    for (std::size_t k = 0; k < 7; ++k) {
      const double y = 76 - 60.0 / static_cast<double>((k + 1) * (k + 1)) - 3.0 * static_cast<double>(i);
      curve.points.push_back({static_cast<double>(k), y, y - 3, y + 3});
    }
    body.curves.push_back(curve);
  }
  return {"bits", {"Accuracy against bits of the weights", "", {"bits of the weights"}, {"top-1", "%"}, body}};
}

inline SampleFigure sample_sizes() {
  CurveFigure body;
  for (std::size_t i = 0; i < 12; ++i) {
    Curve curve{{"network " + std::to_string(i + 1) + (i == 3 ? " with a rather long name" : ""), SeriesOrder{i}}, {}};
    for (double size = 128; size <= 4096; size *= 2)
      curve.points.push_back({size, 100 / (1 + size / (3000 - 200 * static_cast<double>(i)))});
    body.curves.push_back(curve);
  }
  return {"sizes",
          {"Utilisation of the array against its rows and columns, with a title that needs more than one line",
           "",
           {"rows = columns", "", AxisScale::log2},
           {"utilisation", "%", AxisScale::linear, 0},
           body}};
}

inline SampleFigure sample_energy() {
  StackedBarFigure body;
  for (const CostPart part : all_cost_parts) body.parts.push_back({std::string(to_string(part)), part});
  double scale = 1;
  for (const char* network : {"alexnet", "vgg16", "resnet50", "mobilenet_v2"}) {
    BarGroup group{network, {}};
    for (const char* chip : {"isaac", "pim", "eyeriss"}) {
      group.bars.push_back({chip, {2 * scale, 7 * scale, 3 * scale, 2 * scale, 4 * scale, 1 * scale, 6 * scale}});
      scale *= 0.9;
    }
    body.groups.push_back(group);
  }
  return {"energy", {"Energy by part", "", {}, {"energy of one image", "mJ"}, body}};
}

inline SampleFigure sample_tensors() {
  StackedBarFigure body;
  body.parts = {{"input", Role::input}, {"weight", Role::weight}, {"output", Role::output}};
  for (int i = 0; i < 25; ++i)
    body.groups.push_back({"network_number_" + std::to_string(i + 1), {{"", {1.0 + i % 5, 2.0 + i % 3, 3}}}});
  body.as_shares = true;
  return {"tensors", {"Movement of activations and weights in 25 networks", "", {}, {"share of energy"}, body}};
}

inline SampleFigure sample_comparison() {
  ComparisonFigure body;
  body.bars = {{"conv1", 1.2e6, 1.17e6},
               {"conv2", 2.6e6, 2.9e6},
               {"conv3", 1.9e6, 1.85e6},
               {"conv4", 1.5e6, {}},
               {"conv5", 0.9e6, 1.01e6}};
  return {"comparison", {"Energy of AlexNet's layers beside the chip's", "", {"layer"}, {"energy", "pJ"}, body}};
}

inline SampleFigure sample_roofline() {
  RooflineFigure body;
  body.peak_name = "peak: 168 MACs x 200 MHz";
  body.peak_per_second = 33.6;
  body.bandwidths = {{"DRAM, 1.6 GB/s", 1.6}, {"global buffer, 12.8 GB/s", 12.8}};
  body.points = {
      {{"conv1", SeriesOrder{0}}, 40, 25}, {{"conv2", SeriesOrder{1}}, 12, 14}, {{"fc6", SeriesOrder{2}}, 0.9, 1.3}};
  return {"roofline",
          {"Roofline of the layers on Eyeriss",
           "",
           {"operational intensity", "MAC/byte"},
           {"performance", "GMAC/s"},
           body}};
}

inline SampleFigure sample_pareto() {
  ParetoFigure body;
  for (std::size_t i = 0; i < 3; ++i) {
    ParetoSeries one{{i == 0 ? "ResNet-20" : i == 1 ? "MobileNetV2" : "VGG-11", SeriesOrder{i}}, {}};
    for (int bits = 3; bits <= 10; ++bits) {
      const double energy = 20.0 * static_cast<double>(i + 1) * (1 << bits);
      const double accuracy = 92 - 3.0 * static_cast<double>(2 - i) - 50.0 / (bits * bits - 7);
      one.points.push_back({energy, accuracy, std::to_string(bits) + " bit"});
    }
    body.series.push_back(one);
  }
  return {"pareto",
          {"Accuracy against energy: bits of the ADC",
           "",
           {"energy of one image", "uJ", AxisScale::log10},
           {"top-1 accuracy", "%"},
           body}};
}

inline SampleFigure sample_nest() {
  NestTreeFigure body;
  body.lines = {KeepLine{"dram", "input", 154'587},
                KeepLine{"dram", "weight", 34'848},
                KeepLine{"dram", "output", 290'400},
                LoopLine{"M", 6, ""},
                KeepLine{"global_buffer", "input", 7'905},
                KeepLine{"global_buffer", "output", 880},
                LoopLine{"E", 11, ""},
                LoopLine{"M", 14, "pe_columns"},
                LoopLine{"R", 11, "pe_rows"},
                KeepLine{"weight_spad", "weight", 33},
                LoopLine{"F", 55, ""},
                KeepLine{"psum_spad", "output", 1},
                LoopLine{"S", 11, ""},
                LoopLine{"C", 3, ""}};
  body.tensors = {{"input", Role::input}, {"weight", Role::weight}, {"output", Role::output}};
  body.compute = "mac";
  return {"nest", {"Best mapping of AlexNet's conv1 on Eyeriss", "", {}, {}, body}};
}

inline std::vector<SampleFigure> sample_figures() {
  return {sample_noise(),      sample_bits(),     sample_sizes(),  sample_energy(), sample_tensors(),
          sample_comparison(), sample_roofline(), sample_pareto(), sample_nest()};
}

}  // namespace ohmloop
