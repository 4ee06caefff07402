// What the READMEs of the studies of chips and technologies say, made from the results beside them.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "stored_study.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ohmloop::test {
namespace {

struct ChipEnergy {
  double on_chip = 0;  ///< pJ per MAC
  double all = 0;
  double off_chip_share = 0;
};

ChipEnergy energy_of(const StoredStudy& study, const Where& where) {
  const double macs = study.number(where, "macs");
  const double all = study.number(where, "energy_pj");
  const double off_chip = study.number(where, "off_chip_pj");
  return {(all - off_chip) / macs, all / macs, off_chip / all};
}

TEST(Technology, SaysWhatTheResultsShow) {
  const StoredStudy study("technology");
  double low_45 = 1;
  double high_45 = 0;
  double low_32 = 1;
  double high_32 = 0;
  double low_area = 1e30;
  double high_area = 0;
  std::map<std::string, double> on_pim;
  std::map<std::string, double> on_isaac;
  for (const std::string network : {"alexnet", "vgg16", "resnet18", "resnet50", "mobilenet_v2"}) {
    const auto chip = [&](const char* architecture, const char* technology) {
      return energy_of(study, {{"network", network}, {"architecture", architecture}, {"technology", technology}});
    };
    const ChipEnergy at_65 = chip("eyeriss", "65 nm");
    const ChipEnergy at_45 = chip("eyeriss", "45 nm");
    const ChipEnergy at_32 = chip("eyeriss", "32 nm");
    const ChipEnergy pim = chip("pim", "32 nm");
    const ChipEnergy isaac = chip("isaac", "32 nm");
    study.says(fmt::format("| {} | {:.2f} ({:.2f}) | {:.2f} ({:.2f}) | {:.2f} ({:.2f}) | {:.2f} ({:.2f}) | {:.2f} |",
                           network, at_65.on_chip, at_65.all, at_45.on_chip, at_45.all, at_32.on_chip, at_32.all,
                           pim.on_chip, pim.all, isaac.on_chip));
    EXPECT_EQ(isaac.off_chip_share, 0);
    low_45 = std::min(low_45, 1 - at_45.on_chip / at_65.on_chip);
    high_45 = std::max(high_45, 1 - at_45.on_chip / at_65.on_chip);
    low_32 = std::min(low_32, 1 - at_32.on_chip / at_65.on_chip);
    high_32 = std::max(high_32, 1 - at_32.on_chip / at_65.on_chip);
    EXPECT_GT(pim.on_chip, at_32.on_chip) << network;
    EXPECT_GT(isaac.on_chip, at_32.on_chip) << network;
    on_pim[network] = pim.all;
    on_isaac[network] = isaac.all;
    const double area = study.number({{"network", network}, {"architecture", "pim"}}, "area_um2") / 1e6;
    low_area = std::min(low_area, area);
    high_area = std::max(high_area, area);
    if (network == "resnet18") {
      study.says(fmt::format("grows from {:.0f} to {:.0f}%", 100 * at_65.off_chip_share, 100 * at_32.off_chip_share));
    }
    if (network == "alexnet") study.says(fmt::format("{:.1f} times in all", at_32.all / pim.all));
    if (network == "mobilenet_v2") {
      study.says(fmt::format("{:.1f} times Eyeriss' energy at 32 nm on `pim`", pim.all / at_32.all));
    }
  }
  study.says(fmt::format("falls by {:.0f} to {:.0f}%, to 32 nm by {:.0f} to {:.0f}%", 100 * low_45, 100 * high_45,
                         100 * low_32, 100 * high_32));
  for (const auto* chips : {&on_pim, &on_isaac}) {
    for (const auto& [network, energy] : *chips) EXPECT_LE(energy, chips->at("mobilenet_v2")) << network;
  }
  study.says(fmt::format("`pim` {:.0f} to {:.0f} mm2", low_area, high_area));
  const auto area = [&](const char* technology) {
    return study.number({{"network", "vgg16"}, {"architecture", "simple-ws"}, {"technology", technology}}, "area_um2");
  };
  EXPECT_GT(area("45 nm"), area("65 nm")) << "the README says that these areas are no trend";
}

struct ChipLayer {
  std::string part;
  double processing_ms;  ///< Table V
  double power_mw;
};

const std::vector<ChipLayer> chip_layers = {{"conv1", 16.5, 332}, {"conv2", 39.2, 288}, {"conv3", 21.8, 266},
                                            {"conv4", 16.0, 235}, {"conv5", 10.0, 236}, {"convolutions", 103.5, 278}};

TEST(EyerissBreakdown, SaysWhatTheResultsShow) {
  const StoredStudy study("eyeriss-breakdown");
  const auto of = [&](const ChipLayer& layer, const char* column) {
    return study.number({{"part", layer.part}}, column);
  };
  const auto on_chip_pj = [&](const ChipLayer& layer) { return of(layer, "energy_pj") - of(layer, "off_chip_pj"); };
  std::string times = "| time, ours, ms |";
  std::string published = "| time, chip, ms |";
  std::string off = "| off |";
  std::string ours_mw = "| power on the chip, ours, mW |";
  std::string chip_mw = "| power, chip, mW |";
  for (const ChipLayer& layer : chip_layers) {
    const double ms = 1e3 * of(layer, "latency_s");
    times += fmt::format(" {:.2f} |", ms);
    published += fmt::format(" {:.1f} |", layer.processing_ms);
    off += fmt::format(" {:+.0f}% |", 100 * (ms / layer.processing_ms - 1));
    ours_mw += fmt::format(" {:.0f} |", 1e-9 * on_chip_pj(layer) / of(layer, "latency_s"));
    chip_mw += fmt::format(" {:.0f} |", layer.power_mw);
    EXPECT_LT(ms, layer.processing_ms) << layer.part;
    EXPECT_NEAR(of(layer, "processing_element_pj") + of(layer, "shared_buffers_pj"), on_chip_pj(layer),
                1e-9 * on_chip_pj(layer))
        << "nothing else is on the chip";
  }
  for (const std::string& line : {times, published, off, ours_mw, chip_mw}) study.says(line);

  const ChipLayer& sum = chip_layers.back();
  const double array = of(sum, "processing_element_pj") / on_chip_pj(sum);
  study.says(fmt::format("| ours | {:.1f}% | not described | {:.1f}% |", 100 * array, 100 * (1 - array)));
  constexpr double of_these = 77.8 + 15.6 + 2.7;  // ISSCC 2016
  study.says(fmt::format("| chip, of these three | {:.1f}% | {:.1f}% | {:.1f}% |", 100 * 77.8 / of_these,
                         100 * 15.6 / of_these, 100 * 2.7 / of_these));
  EXPECT_EQ(of(sum, "movement_pj"), 0) << "networks are not described";
  const double ours_mean_mw = 1e-9 * on_chip_pj(sum) / of(sum, "latency_s");
  study.says(fmt::format("ours is {:.0f}% of the chip's on average", 100 * ours_mean_mw / sum.power_mw));
  study.says(
      fmt::format("multipliers are {:.0f}% of our energy on the chip", 100 * of(sum, "digital_pj") / on_chip_pj(sum)));
}

TEST(AccuracyVsEnergy, SaysWhatTheResultsShow) {
  const StoredStudy study("accuracy-vs-energy");
  const auto at = [&](const char* weights, const char* inputs, const char* column, const char* adc = "8 bit") {
    return study.number({{"weight_bits", weights}, {"input_bits", inputs}, {"adc", adc}}, column);
  };
  const auto percent = [&](const char* weights, const char* inputs) { return 100 * at(weights, inputs, "top1"); };
  const auto energy = [&](const char* weights, const char* inputs) { return at(weights, inputs, "energy_pj"); };
  for (const auto& [weights, inputs] : std::vector<std::pair<const char*, const char*>>{
           {"8", "8"}, {"5", "6"}, {"5", "4"}, {"5", "3"}, {"4", "4"}, {"3", "8"}, {"2", "8"}}) {
    study.says(fmt::format("| {}, {} | {:.2f} | {:.1f} |", weights, inputs, energy(weights, inputs) / 1e6,
                           percent(weights, inputs)));
  }
  study.says(fmt::format("take {:.0f}% less energy than 8 and 8 and lose {:.1f} points",
                         100 * (1 - energy("5", "4") / energy("8", "8")), percent("8", "8") - percent("5", "4")));
  EXPECT_GT(percent("5", "3"), percent("4", "4"));
  EXPECT_LT(energy("5", "3"), energy("4", "4"));
  EXPECT_LT(percent("3", "8"), percent("5", "4"));
  EXPECT_NEAR(energy("3", "8") / energy("5", "4"), 1.25, 0.02) << "a quarter more";
  for (const Row& row : study.rows({{"weight_bits", "2"}})) {
    EXPECT_NEAR(number_of(row, "top1") / at("8", "8", "top1"), 0.45, 0.06) << "half of the accuracy";
  }
  const double adcs = at("8", "8", "adc_pj") / energy("8", "8");
  const double few = at("8", "8", "adc_pj", "4 bit") / at("8", "8", "energy_pj", "4 bit");
  study.says(fmt::format(
      "take {:.0f}% of the energy at 8, 8. With 4 bits they would take {:.0f}%, and the inference {:.0f}% less",
      100 * adcs, 100 * few, 100 * (1 - at("8", "8", "energy_pj", "4 bit") / energy("8", "8"))));
  for (const Row& row : study.all()) {
    const Where same = {{"weight_bits", row.at("weight_bits")}, {"input_bits", row.at("input_bits")}, {"adc", "8 bit"}};
    EXPECT_EQ(number_of(row, "top1"), study.number(same, "top1")) << "ADCs change the energy alone";
  }
}

}  // namespace
}  // namespace ohmloop::test
