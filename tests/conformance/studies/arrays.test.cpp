// What the READMEs of the studies of arrays say, made from the results beside them.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "stored_study.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ohmloop::test {
namespace {

constexpr double pj_in_mj = 1e9;
const std::vector<std::string> sizes = {"128", "256", "512", "1024", "2048", "4096"};

std::vector<double> column_of(const StoredStudy& study, const std::string& column) {
  std::vector<double> values;
  for (const Row& row : study.all()) values.push_back(number_of(row, column));
  return values;
}

TEST(WideVsDeep, SaysWhatTheResultsShow) {
  const StoredStudy study("wide-vs-deep");
  const auto deep = [&](const std::string& rows, const char* column) {
    return study.number({{"network", "resnet152"}, {"rows", rows}}, column);
  };
  const auto wide = [&](const std::string& rows, const char* column) {
    return study.number({{"network", "wide_resnet50_2"}, {"rows", rows}}, column);
  };
  const auto ratio = [&](const char* column) { return deep("128", column) / wide("128", column); };
  study.says(
      fmt::format("has {:.2f} times the MACs of the wide network and {:.2f} times its activations, but {:.2f} times "
                  "its weights",
                  ratio("macs"), ratio("activations"), ratio("weights")));
  for (const char* rows : {"128", "512", "1024", "4096"}) {
    const double deep_pj = deep(rows, "energy_pj");
    const double wide_pj = wide(rows, "energy_pj");
    study.says(fmt::format("| {} | {:.2f} | {:.2f} | {:.2f} | {:.1f} | {:.1f} |", rows, deep_pj / pj_in_mj,
                           wide_pj / pj_in_mj, deep_pj / wide_pj, 100 * deep(rows, "array_utilisation"),
                           100 * wide(rows, "array_utilisation")));
  }
  double before = 1;
  for (const std::string& rows : sizes) {
    const double advantage = deep(rows, "energy_pj") / wide(rows, "energy_pj");
    EXPECT_GT(advantage, before) << rows;
    before = advantage;
  }
  study.says(fmt::format("{:.1f} and {:.1f} MACs per conversion at 128, {:.1f} and {:.1f} at 1024",
                         deep("128", "macs_per_conversion"), wide("128", "macs_per_conversion"),
                         deep("1024", "macs_per_conversion"), wide("1024", "macs_per_conversion")));
  EXPECT_GT(deep("1024", "activations_moved"), wide("1024", "activations_moved"));
  study.says(fmt::format("at 1024 the wide network's arrays hold {:.1f} times as many weights as",
                         wide("1024", "array_utilisation") / deep("1024", "array_utilisation")));
  for (const std::string& rows : sizes) {
    EXPECT_EQ(deep(rows, "latency_s"), deep("128", "latency_s"));
    EXPECT_EQ(wide(rows, "latency_s"), wide("128", "latency_s"));
    EXPECT_GE(deep(rows, "energy_pj"), deep("256", "energy_pj")) << rows;
    EXPECT_GE(wide(rows, "energy_pj"), wide("512", "energy_pj")) << rows;
  }
  study.says(fmt::format("{:.1f} and {:.1f} ms, at every size", 1e3 * deep("128", "latency_s"),
                         1e3 * wide("128", "latency_s")));
  study.says(fmt::format("has {:.2f} times as many positions", ratio("vector_presentations")));
  study.says(fmt::format("{:.0f} to {} mm2", deep("128", "area_um2") / 1e6, "2,353"));
  EXPECT_EQ(std::round(deep("4096", "area_um2") / 1e6), 2353);
}

TEST(ArraySize, SaysWhatTheResultsShow) {
  const StoredStudy study("array-size");
  const auto pim = [&](const std::string& network, const std::string& rows, const char* column) {
    return study.number({{"part", "pim"}, {"network", network}, {"rows", rows}}, column);
  };
  const auto digital = [&](const std::string& network, const std::string& rows, const char* column) {
    return study.number({{"part", "digital"}, {"network", network}, {"rows", rows}}, column);
  };
  for (const std::string network : {"resnet18", "resnet50", "mobilenet_v2", "vgg16", "densenet121", "vit_base_16"}) {
    std::string line = fmt::format("| {} |", network);
    for (const char* rows : {"128", "512", "4096"})
      line += fmt::format(" {:.1f} |", 100 * pim(network, rows, "array_utilisation"));
    for (const char* rows : {"128", "256", "512", "1024", "4096"})
      line += fmt::format(" {:.2f} |", pim(network, rows, "energy_pj") / pj_in_mj);
    study.says(line);
    EXPECT_EQ(pim(network, "4096", "array_utilisation") > 0.1, network == "vgg16");
    const auto least = std::min_element(sizes.begin(), sizes.end(), [&](const std::string& a, const std::string& b) {
      return pim(network, a, "energy_pj") < pim(network, b, "energy_pj");
    });
    EXPECT_TRUE(network == "mobilenet_v2" ? *least == "128" : *least == "256" || *least == "512") << network << *least;
    for (const std::string& rows : sizes) {
      if (network != "vit_base_16") EXPECT_EQ(pim(network, rows, "latency_s"), pim(network, "128", "latency_s"));
    }
  }
  EXPECT_NE(pim("vit_base_16", "4096", "latency_s"), pim("vit_base_16", "128", "latency_s"));
  study.says(fmt::format("ResNet-50's ADCs fall from {:.2f} to {:.2f} mJ", pim("resnet50", "128", "adc_pj") / pj_in_mj,
                         pim("resnet50", "4096", "adc_pj") / pj_in_mj));
  study.says(fmt::format("grows from {:.0f}% to {:.0f}%", 100 * pim("resnet50", "128", "activation_movement_share"),
                         100 * pim("resnet50", "4096", "activation_movement_share")));
  const auto gain = [&](const char* network) {
    return digital(network, "16", "latency_s") / digital(network, "128", "latency_s");
  };
  study.says(fmt::format("VGG-16 {:.1f} times as fast and ResNet-18 {:.1f} times; MobileNet gains {:.0f}%",
                         gain("vgg16"), gain("resnet18"), 100 * (gain("mobilenet_v2") - 1)));
  const auto used = [&](const char* network, const char* rows) { return 100 * digital(network, rows, "utilisation"); };
  study.says(fmt::format("from {:.1f} to {:.1f}%, {:.1f} to {:.1f}% and {:.1f} to {:.1f}%", used("vgg16", "16"),
                         used("vgg16", "128"), used("resnet18", "16"), used("resnet18", "128"),
                         used("mobilenet_v2", "16"), used("mobilenet_v2", "128")));
  const auto spared = [&](const char* network) {
    return 100 * (1 - digital(network, "128", "energy_pj") / digital(network, "16", "energy_pj"));
  };
  study.says(fmt::format("Energy falls by {:.0f}%, {:.0f}% and {:.0f}%", spared("vgg16"), spared("resnet18"),
                         spared("mobilenet_v2")));
  const auto leakage = [&](const char* network) {
    return digital(network, "128", "leakage_pj") / digital(network, "128", "energy_pj");
  };
  study.says(
      fmt::format("as large as {:.0f}% of ViT's energy, and three times MobileNet's", 100 * leakage("vit_base_16")));
  EXPECT_EQ(std::round(leakage("mobilenet_v2")), 3);
  EXPECT_EQ(std::round(pim("vgg16", "4096", "area_um2") / 1e6), 2353);
  study.says(fmt::format("{:.0f} to 2,353 mm2 on `pim`, {:.1f} to {:.1f} mm2", pim("vgg16", "128", "area_um2") / 1e6,
                         digital("vgg16", "16", "area_um2") / 1e6, digital("vgg16", "128", "area_um2") / 1e6));
}

std::vector<double> ranks(const std::vector<double>& values) {
  std::vector<double> result;
  for (const double value : values) {
    const auto smaller = std::count_if(values.begin(), values.end(), [&](double one) { return one < value; });
    const auto equal = std::count(values.begin(), values.end(), value);
    result.push_back(static_cast<double>(smaller) + static_cast<double>(equal - 1) / 2);
  }
  return result;
}

/// Spearman's coefficient: Pearson's of ranks, equal values sharing theirs.
double spearman(const std::vector<double>& a, const std::vector<double>& b) {
  const std::vector<double> x = ranks(a);
  const std::vector<double> y = ranks(b);
  const double mean = static_cast<double>(x.size() - 1) / 2;
  double xy = 0;
  double xx = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) * (x[i] - mean);
    yy += (y[i] - mean) * (y[i] - mean);
  }
  return xy / std::sqrt(xx * yy);
}

TEST(Activations, SaysWhatTheResultsShow) {
  const StoredStudy study("activations");
  EXPECT_EQ(study.all().size(), 25U);
  const auto of = [&](const std::string& network, const char* column) {
    return study.number({{"network", network}}, column);
  };
  for (const std::string network : {"alexnet", "vgg16", "resnet18", "mobilenet_v2", "densenet201", "vit_base_16"}) {
    study.says(fmt::format("| {} | {:.1f} | {:.2f} | {:.1f} | {:.2f} | {:.0f}% |", network,
                           of(network, "weights") / 1e6, of(network, "macs") / 1e9, of(network, "activations") / 1e6,
                           of(network, "energy_pj") / pj_in_mj, 100 * of(network, "activation_movement_share")));
  }
  const std::vector<double> energy = column_of(study, "energy_pj");
  study.says(fmt::format("is {:.2f} for activations, {:.2f} for MACs, {:.2f} for weights",
                         spearman(column_of(study, "activations"), energy), spearman(column_of(study, "macs"), energy),
                         spearman(column_of(study, "weights"), energy)));
  const auto range_of = [&](const char* column) {
    const std::vector<double> counts = column_of(study, column);
    std::vector<double> per_one;
    for (std::size_t i = 0; i < counts.size(); ++i) per_one.push_back(energy[i] / counts[i]);
    const auto [least, most] = std::minmax_element(per_one.begin(), per_one.end());
    return std::pair(*least, *most);
  };
  const auto [least, most] = range_of("activations");
  const auto factor = [&](const char* column) { return range_of(column).second / range_of(column).first; };
  study.says(
      fmt::format("a factor of {:.1f} for all 25 ({:.0f} to {:.0f} pJ), while energy per MAC varies by a factor of "
                  "{:.0f}, per weight of {:.0f}",
                  most / least, least, most, factor("macs"), factor("weights")));
  const std::vector<double> shares = column_of(study, "activation_movement_share");
  const auto [low, high] = std::minmax_element(shares.begin(), shares.end());
  study.says(fmt::format("takes {:.0f} to {:.0f}% of the energy", 100 * *low, 100 * *high));
  const auto ratio = [&](const char* column) { return of("mobilenet_v2", column) / of("resnet18", column); };
  EXPECT_EQ(std::round(1 / ratio("macs")), 6);
  EXPECT_LT(ratio("weights"), 1.0 / 3);
  study.says(fmt::format("{:.1f} times its activations and {:.1f} times its energy", ratio("activations"),
                         ratio("energy_pj")));
  double off_chip = 0;
  for (const Row& row : study.all()) off_chip += number_of(row, "off_chip_pj") / number_of(row, "energy_pj") / 25;
  EXPECT_NEAR(off_chip, 0.5, 0.005) << "half of the energy is DRAM's";
  double lowest = 1e9;
  double highest = 0;
  const double squeezenet = of("squeezenet1_1", "energy_pj") / of("squeezenet1_1", "activations");
  for (const char* network : {"densenet121", "densenet161", "densenet169", "densenet201"}) {
    const double times = of(network, "energy_pj") / of(network, "activations") / squeezenet;
    lowest = std::min(lowest, times);
    highest = std::max(highest, times);
  }
  study.says(fmt::format("DenseNets pay {:.1f} to {:.1f} times as much per activation", lowest, highest));
}

}  // namespace
}  // namespace ohmloop::test
