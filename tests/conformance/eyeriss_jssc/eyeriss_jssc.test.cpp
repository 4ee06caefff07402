// The fabricated Eyeriss chip: Chen et al., JSSC 2017, Tables III (mapping parameters), V (AlexNet) and VI (VGG-16).
// What of it is published and what is inferred is told in docs/validation.md. Nothing here is fitted to the times.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "row_stationary.hpp"
#include <gtest/gtest.h>

namespace ohmloop::test {
namespace {

constexpr double word_bytes = 2;
constexpr double clock_hertz = 200e6;
constexpr double filter_words_per_cycle = 4;  // 64 bits of the filters' network, section V

double megabytes(std::int64_t words) { return static_cast<double>(words) * word_bytes / 1e6; }

/// A PE's filters leave no room in its scratch pad for the next ones (160-192 of 224 words), so that loading them takes
/// its own time; the rest overlaps, and the slowest part counts.
double milliseconds(const EyerissLayer& layer) {
  double slowest = 0;
  for (const NodeTime& time : layer.evaluation.times) {
    // The time of the DRAM's link is no processing time.
    const bool compute = time.limit == "compute";
    const bool on_chip = compute || time.node != NodeId(0);
    const double loading = compute ? static_cast<double>(layer.filter_words) / filter_words_per_cycle : 0;
    if (on_chip) slowest = std::max(slowest, time.cycles + loading);
  }
  return slowest / clock_hertz * 1e3;
}

double off(double value, double published) { return (value - published) / published; }

struct AlexNetLayer {
  const char* name;
  RowStationary mapping;  ///< Table III
  double glb_mb;          ///< Table V, as all that follow
  double uncompressed_dram_mb;
  double dram_mb;
  double compression;
  double processing_ms;
  std::int64_t active_pes;
};

const std::vector<AlexNetLayer>& alexnet() {
  static const std::vector<AlexNetLayer> layers = {
      {"C1",
       {.N = 4,
        .M = 96,
        .C = 3,
        .H = 227,
        .R = 11,
        .E = 55,
        .stride = 4,
        .m = 96,
        .n = 1,
        .e = 7,
        .p = 16,
        .q = 1,
        .r = 1,
        .t = 2,
        .t_across_columns = 2},
       18.5,
       6.06,
       5.0,
       1.2,
       16.5,
       154},
      {"C2",
       {.N = 4,
        .G = 2,
        .M = 256,
        .C = 96,
        .H = 31,
        .R = 5,
        .E = 27,
        .m = 64,
        .n = 1,
        .e = 27,
        .p = 16,
        .q = 2,
        .folds = 2},
       77.6,
       5.43,
       4.0,
       1.4,
       39.2,
       135},
      // Table III prints q 4, r 1, t 4 for C3, which makes 69.2 MB; these are the parameters of C4 and C5.
      {"C3",
       {.N = 4,
        .M = 384,
        .C = 256,
        .H = 15,
        .R = 3,
        .E = 13,
        .m = 64,
        .n = 4,
        .e = 13,
        .p = 16,
        .q = 3,
        .r = 2,
        .t = 2},
       50.2,
       5.05,
       3.0,
       1.7,
       21.8,
       156},
      {"C4",
       {.N = 4,
        .G = 2,
        .M = 384,
        .C = 384,
        .H = 15,
        .R = 3,
        .E = 13,
        .m = 64,
        .n = 4,
        .e = 13,
        .p = 16,
        .q = 3,
        .r = 2,
        .t = 2},
       37.4,
       3.92,
       2.1,
       1.8,
       16.0,
       156},
      {"C5",
       {.N = 4,
        .G = 2,
        .M = 256,
        .C = 384,
        .H = 15,
        .R = 3,
        .E = 13,
        .m = 64,
        .n = 4,
        .e = 13,
        .p = 16,
        .q = 3,
        .r = 2,
        .t = 2},
       24.9,
       2.61,
       1.3,
       1.9,
       10.0,
       156}};
  return layers;
}

TEST(EyerissAlexNet, TrafficOfTheGlobalBufferIsThatOfTableV) {
  const Eyeriss chip;
  for (const AlexNetLayer& layer : alexnet()) {
    const double glb = megabytes(chip.run(layer.mapping).glb_words);
    std::printf("%s: GLB %.3f MB, published %.1f (%+.2f%%)\n", layer.name, glb, layer.glb_mb,
                100 * off(glb, layer.glb_mb));
    EXPECT_LE(std::abs(off(glb, layer.glb_mb)), 0.003) << layer.name;
  }
}

TEST(EyerissAlexNet, ThePrintedMappingOfC3DoesNotMakeItsPrintedTraffic) {
  RowStationary printed = alexnet()[2].mapping;
  printed.q = 4;
  printed.r = 1;
  printed.t = 4;
  EXPECT_NEAR(megabytes(Eyeriss().run(printed).glb_words), 69.2, 0.1);
}

TEST(EyerissAlexNet, TrafficOfTheDramIsWhatItWasBeforeCompression) {
  const Eyeriss chip;
  for (const AlexNetLayer& layer : alexnet()) {
    const double dram = megabytes(chip.run(layer.mapping).dram_words);
    std::printf("%s: DRAM %.3f MB uncompressed, derived %.2f, published %.1f x %.1f\n", layer.name, dram,
                layer.uncompressed_dram_mb, layer.dram_mb, layer.compression);
    EXPECT_LE(std::abs(off(dram, layer.uncompressed_dram_mb)), 0.005) << layer.name;
    // Both published factors have two digits.
    EXPECT_LE(std::abs(off(dram, layer.dram_mb * layer.compression)), 0.06) << layer.name;
  }
}

TEST(EyerissAlexNet, TheArrayIsUsedAsPublished) {
  const Eyeriss chip;
  for (const AlexNetLayer& layer : alexnet()) EXPECT_EQ(chip.run(layer.mapping).active_pes, layer.active_pes);
}

TEST(EyerissAlexNet, ProcessingTimesAreWithinElevenPercentInTotal) {
  const Eyeriss chip;
  double total = 0;
  double published = 0;
  for (const AlexNetLayer& layer : alexnet()) {
    const double time = milliseconds(chip.run(layer.mapping));
    std::printf("%s: %.2f ms, published %.1f (%+.1f%%)\n", layer.name, time, layer.processing_ms,
                100 * off(time, layer.processing_ms));
    total += time;
    published += layer.processing_ms;
  }
  std::printf("all: %.2f ms, published %.1f (%+.1f%%)\n", total, published, 100 * off(total, published));
  EXPECT_LE(std::abs(off(total, published)), 0.11);
}

struct VggLayer {
  const char* name;
  std::int64_t C, M, E;
  double processing_ms;  ///< Table VI, a batch of three
};

/// The paper gives no mapping of VGG-16. Channels per pass (q r) are those with which Table VI's GLB traffic comes out;
/// the others fill the array, and as many psums lie in the GLB as it holds.
RowStationary vgg_mapping(const VggLayer& layer) {
  RowStationary mapping{.N = 3, .M = layer.M, .C = layer.C, .H = layer.E + 2, .R = 3, .E = layer.E, .e = 14};
  mapping.f = std::min<std::int64_t>(layer.E, 56);
  mapping.q = layer.E >= 112 ? 1 : layer.E == 56 ? 2 : layer.E == 28 ? 2 : 4;
  mapping.r = layer.E >= 56 ? 1 : 2;
  mapping.t = layer.E >= 56 ? 4 : 2;
  mapping.p = layer.E == 56 ? 8 : layer.E > 56 ? 6 : 12;
  constexpr std::int64_t glb_words = 100 * 1024 / 2;
  const std::int64_t ifmap_words = mapping.q * mapping.r * (mapping.e + 2) * (mapping.f + 2);
  const std::int64_t pass = mapping.p * mapping.t;
  mapping.m = pass * ((glb_words - ifmap_words) / (mapping.e * mapping.f * pass));
  return mapping;
}

TEST(EyerissVgg16, ProcessingTimesFollowTheBandwidthOfPsums) {
  const std::vector<VggLayer> layers = {
      {"1-1", 3, 64, 224, 38.0},     {"1-2", 64, 64, 224, 810.6},  {"2-1", 64, 128, 112, 405.3},
      {"2-2", 128, 128, 112, 810.8}, {"3-1", 128, 256, 56, 204.0}, {"3-2", 256, 256, 56, 408.1},
      {"3-3", 256, 256, 56, 408.1},  {"4-1", 256, 512, 28, 105.1}, {"4-2", 512, 512, 28, 210.0},
      {"4-3", 512, 512, 28, 210.0},  {"5-1", 512, 512, 14, 48.3},  {"5-2", 512, 512, 14, 48.5},
      {"5-3", 512, 512, 14, 48.5}};
  const Eyeriss chip;
  for (const VggLayer& layer : layers) {
    const double time = milliseconds(chip.run(vgg_mapping(layer)));
    std::printf("%s: %.1f ms, published %.1f (%+.1f%%)\n", layer.name, time, layer.processing_ms,
                100 * off(time, layer.processing_ms));
    EXPECT_LE(std::abs(off(time, layer.processing_ms)), layer.E == 14 ? 0.15 : 0.10) << layer.name;
  }
}

}  // namespace
}  // namespace ohmloop::test
