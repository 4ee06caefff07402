#include "ohmloop/study/input_hash.hpp"

#include <filesystem>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "ohmloop/base/file.hpp"
#include "ohmloop/base/temporary_folder.hpp"
#include "ohmloop/workload/zoo/zoo.hpp"

namespace ohmloop {
namespace {

std::string key_of(const std::function<void(AccuracySettings&)>& change, const std::string& network = "n",
                   const std::string& images = "i") {
  AccuracySettings settings;
  settings.noise.kind = NoiseKind::rescaled;
  settings.noise_amplitudes = {0.1};
  change(settings);
  return accuracy_key(network, images, settings);
}

TEST(InputHash, AnAccuracyKeyDiffersWhereAnythingDoes) {
  using Settings = AccuracySettings;
  const std::vector<std::function<void(Settings&)>> changes = {
      [](Settings&) {},
      [](Settings& s) { s.noise.kind = NoiseKind::fixed; },
      [](Settings& s) { s.noise.place = NoisePlace::sum; },
      [](Settings& s) { s.noise.maximum = NoiseMaximum::batch; },
      [](Settings& s) { s.noise_amplitudes = {0.2}; },
      [](Settings& s) { s.noise_amplitudes = {0}; },
      [](Settings& s) { s.weight_bits = {8}; },
      [](Settings& s) { s.activation_bits = {8}; },
      [](Settings& s) { s.precision.weights_per_channel = false; },
      [](Settings& s) { s.precision.weight_rule = RangeRule::mean_squared_error; },
      [](Settings& s) { s.precision.activation_rule = RangeRule::percentile; },
      [](Settings& s) { s.layers.skip_first = true; },
      [](Settings& s) { s.layers.skip_last = true; },
      [](Settings& s) { s.seeds = {2}; },
      [](Settings& s) {
        s.seeds = {1, 2};
      },
      [](Settings& s) { s.images = 10; },
      [](Settings& s) { s.batch = 1; },
      [](Settings& s) { s.calibration_images = 1; }};
  std::set<std::string> keys;
  for (const auto& change : changes) keys.insert(key_of(change));
  keys.insert(key_of(changes.front(), "m"));
  keys.insert(key_of(changes.front(), "n", "j"));
  EXPECT_EQ(keys.size(), changes.size() + 2);
}

TEST(InputHash, WithoutNoiseItsKindAndSeedsDoNotCount) {
  const auto silent = [](const std::function<void(AccuracySettings&)>& change) {
    return key_of([&](AccuracySettings& s) {
      s.noise_amplitudes = {0};
      change(s);
    });
  };
  const std::string key = silent([](AccuracySettings&) {});
  EXPECT_EQ(silent([](AccuracySettings& s) { s.seeds = {5}; }), key);
  EXPECT_EQ(silent([](AccuracySettings& s) { s.noise.kind = NoiseKind::fixed; }), key);
}

TEST(InputHash, ACostKeyDiffersWhereAnythingDoes) {
  MapperOptions other;
  other.objective = {1, 0};
  MapperOptions more;
  more.max_evaluations = 1;
  MapperOptions imperfect;
  imperfect.imperfect = true;
  EXPECT_EQ((std::set<std::string>{cost_key("a", "b", {}), cost_key("ab", "", {}), cost_key("a", "c", {}),
                                   cost_key("c", "b", {}), cost_key("a", "b", other), cost_key("a", "b", more),
                                   cost_key("a", "b", imperfect)})
                .size(),
            7U);
}

TEST(InputHash, EveryPartOfALayerCounts) {
  const Network network = find_zoo_entry("alexnet")->build(1);
  std::set<std::string> checksums = {network_checksum(network)};
  const std::vector<std::int64_t LayerShape::*> letters = {&LayerShape::N,
                                                           &LayerShape::M,
                                                           &LayerShape::C,
                                                           &LayerShape::H,
                                                           &LayerShape::W,
                                                           &LayerShape::R,
                                                           &LayerShape::S,
                                                           &LayerShape::E,
                                                           &LayerShape::F,
                                                           &LayerShape::G,
                                                           &LayerShape::stride_height,
                                                           &LayerShape::stride_width,
                                                           &LayerShape::dilation_height,
                                                           &LayerShape::dilation_width,
                                                           &LayerShape::pad_top,
                                                           &LayerShape::pad_left};
  const auto first =
      std::find_if(network.nodes.begin(), network.nodes.end(), [](const auto& one) { return one.shape; });
  const auto index = static_cast<std::size_t>(first - network.nodes.begin());
  for (const auto letter : letters) {
    Network changed = network;
    ++((*changed.nodes[index].shape).*letter);
    checksums.insert(network_checksum(changed));
  }
  Network changed = network;
  changed.nodes[index].shape->weight_is_activation = true;
  checksums.insert(network_checksum(changed));
  changed = network;
  changed.nodes[index].name += "x";
  checksums.insert(network_checksum(changed));
  changed = network;
  ++changed.nodes[index].parameters;
  checksums.insert(network_checksum(changed));
  EXPECT_EQ(checksums.size(), letters.size() + 4);
  EXPECT_EQ(network_checksum(find_zoo_entry("alexnet")->build(1)), network_checksum(network));
}

SourceFilePtr source(const std::string& text, const std::string& path = "chip.yaml") {
  return std::make_shared<const SourceFile>(SourceFile{path, text});
}

TEST(InputHash, ADescriptionCountsButNotItsLayout) {
  const std::string sum = description_checksum(source("rows: 4\nnames: [a, b]\n"));
  EXPECT_EQ(description_checksum(source("# of the array\nrows:   4\n\nnames:\n- a\n- b\n")), sum);
  EXPECT_NE(description_checksum(source("rows: 5\nnames: [a, b]\n")), sum);
  EXPECT_NE(description_checksum(source("rows: 4\nnames: [a b]\n")), sum);
  EXPECT_NE(description_checksum(source("rows: '4'\nnames: [a, b]\n")), sum) << "a quoted scalar is a text";
  EXPECT_NE(chip_checksum(sum, source(""), {{"rows=4", {}}}), chip_checksum(sum, source(""), {{"rows=5", {}}}));
  EXPECT_NE(chip_checksum(sum, source(""), {{"rows=4", {}}}), chip_checksum(sum, source(""), {}));
}

TEST(InputHash, TablesOfTheUserCount) {
  const TemporaryFolder temporary;
  const std::string& folder = temporary.path();
  const SourceFilePtr chip = source("tables: [isaac, ./mine.csv]\n", folder + "/chip.yaml");
  write_file_atomically(folder + "/mine.csv", "a");
  const std::string before = description_checksum(chip);
  write_file_atomically(folder + "/mine.csv", "b");
  EXPECT_NE(description_checksum(chip), before);
}

}  // namespace
}  // namespace ohmloop
