// What the READMEs of the studies of noise and few bits say, made from the results beside them.
#include <string>
#include <utility>
#include <vector>

#include "stored_study.hpp"
#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ohmloop::test {
namespace {

/// A column of a README's table: part of the study and level of noise.
using Level = std::pair<std::string, std::string>;

class NoiseStudy : public StoredStudy {
 public:
  using StoredStudy::StoredStudy;

  [[nodiscard]] double percent(const std::string& network, const Level& level,
                               const std::string& column = "top1") const {
    return 100 *
           number({{"network", "fashion-mnist-" + network}, {"part", level.first}, {"noise", level.second}}, column);
  }
  [[nodiscard]] double lost(const std::string& network, const Level& level) const {
    return percent(network, {level.first, "0"}) - percent(network, level);
  }
  [[nodiscard]] std::string best_at(const Level& level) const {
    return best({{"part", level.first}, {"noise", level.second}}, "top1", "network").substr(14);
  }
  [[nodiscard]] std::vector<std::string> levels(const std::string& part, const std::string& network) const {
    std::vector<std::string> found;
    for (const Row& row : rows({{"part", part}, {"network", "fashion-mnist-" + network}}))
      found.push_back(row.at("noise"));
    return found;
  }
  /// "| name | 89.4 | ... |", the best network's number bold if wanted.
  [[nodiscard]] std::string line(const std::string& name, const std::string& network, const std::vector<Level>& columns,
                                 bool marks_best) const {
    std::string text = fmt::format("| {} |", name);
    for (const Level& level : columns) {
      const char* mark = marks_best && best_at(level) == network ? "**" : "";
      text += fmt::format(" {}{:.1f}{} |", mark, percent(network, level), mark);
    }
    return text;
  }
  [[nodiscard]] double widest_half_interval() const {
    double widest = 0;
    for (const Row& row : all()) widest = std::max(widest, number_of(row, "top1_high") - number_of(row, "top1_low"));
    return 100 * widest / 2;
  }
};

TEST(NoiseDepth, SaysWhatTheResultsShow) {
  const NoiseStudy study("noise-depth");
  const std::vector<Level> columns = {{"fixed", "0"},   {"fixed", "0.1"},     {"fixed", "0.2"},
                                      {"fixed", "0.4"}, {"rescaled", "0.02"}, {"rescaled", "0.04"}};
  for (const char* depth : {"2", "4", "8", "16"}) {
    study.says(study.line(depth, std::string("depth-") + depth, columns, false));
  }
  const Level none = {"fixed", "0"};
  EXPECT_LT(study.percent("depth-2", none), study.percent("depth-4", none));
  EXPECT_LT(study.percent("depth-4", none), study.percent("depth-8", none));
  EXPECT_LT(study.percent("depth-8", none), study.percent("depth-16", none));
  for (const std::string& noise : study.levels("fixed", "depth-2")) {
    const Level level = {"fixed", noise};
    const double sigma = std::stod(noise);
    EXPECT_GT(study.percent("depth-16", level), study.percent("depth-8", level)) << noise;
    if (sigma >= 0.2) {
      EXPECT_EQ(study.best_at(level), "depth-2") << noise;
      EXPECT_GT(study.percent("depth-4", level), study.percent("depth-8", level)) << noise;
    }
    if (sigma >= 0.25) EXPECT_GT(study.percent("depth-16", level), study.percent("depth-4", level)) << noise;
  }
  EXPECT_EQ(study.best_at({"rescaled", "0.02"}), "depth-4");
  EXPECT_EQ(study.best_at({"rescaled", "0.04"}), "depth-16");
  EXPECT_LT(study.widest_half_interval(), 1);
}

TEST(NoiseNetworks, SaysWhatTheResultsShow) {
  const NoiseStudy study("noise-networks");
  const std::vector<std::string> networks = {"depth-2",    "depth-4",    "depth-8",    "depth-16",
                                             "filter-1x1", "filter-3x3", "filter-5x5", "filter-7x7"};
  const std::vector<Level> columns = {{"fixed", "0"},   {"fixed", "0.1"},     {"fixed", "0.2"},
                                      {"fixed", "0.3"}, {"rescaled", "0.02"}, {"rescaled", "0.04"}};
  for (const std::string& network : networks) study.says(study.line(network, network, columns, true));
  const Level fixed = {"fixed", "0.2"};
  const Level rescaled = {"rescaled", "0.04"};
  EXPECT_EQ(study.best_at({"fixed", "0"}), "depth-16");
  EXPECT_EQ(study.best_at(fixed), "filter-7x7");
  EXPECT_EQ(study.best_at(rescaled), "filter-5x5");
  study.says(fmt::format("is {:.1f} points behind filter-7x7 at a fixed deviation of 0.2, and {:.1f} behind filter-5x5",
                         study.percent("filter-7x7", fixed) - study.percent("depth-16", fixed),
                         study.percent("filter-5x5", rescaled) - study.percent("depth-16", rescaled)));
  for (const auto& [level, place] : {std::pair(Level{"fixed", "0"}, 2), {fixed, 7}, {rescaled, 7}}) {
    int ahead = 0;
    for (const std::string& network : networks)
      ahead += study.percent(network, level) > study.percent("depth-8", level);
    EXPECT_EQ(ahead + 1, place) << level.first << level.second;
  }
  EXPECT_GT(study.percent("depth-2", fixed), study.percent("depth-16", fixed));
  EXPECT_LT(study.percent("depth-2", rescaled), study.percent("depth-16", rescaled));
  for (const Level& level : columns) {
    if (level.second == "0") continue;
    EXPECT_EQ(study.best_at(level).substr(0, 6), "filter") << level.first << level.second;
    for (const std::string& network : networks) {
      if (network == "filter-5x5" || network == "filter-7x7") continue;
      EXPECT_LT(study.percent(network, level), study.percent("filter-7x7", level)) << network;
      EXPECT_LT(study.percent(network, level), study.percent("filter-5x5", level)) << network;
    }
  }
  const Level weak = {"fixed", "0.1"};
  EXPECT_LT(study.percent("filter-5x5", weak, "top1_low"), study.percent("filter-7x7", weak, "top1_high"));
  EXPECT_LT(study.widest_half_interval(), 1);
}

TEST(NoiseFilter, SaysWhatTheResultsShow) {
  const NoiseStudy study("noise-filter");
  const std::vector<Level> columns = {{"fixed", "0"},       {"fixed", "0.1"},     {"fixed", "0.2"},    {"fixed", "0.4"},
                                      {"rescaled", "0.02"}, {"rescaled", "0.04"}, {"rescaled", "0.06"}};
  for (const char* filter : {"1x1", "3x3", "5x5", "7x7"}) {
    study.says(study.line(filter, std::string("filter-") + filter, columns, false));
  }
  for (const std::string part : {"fixed", "rescaled"}) {
    for (const std::string& noise : study.levels(part, "filter-3x3")) {
      const Level level = {part, noise};
      const double sigma = std::stod(noise);
      if (sigma == 0) {
        EXPECT_EQ(study.best_at(level), "filter-3x3");
        continue;
      }
      EXPECT_GT(study.lost("filter-1x1", level), study.lost("filter-3x3", level)) << part << noise;
      if (sigma >= (part == "fixed" ? 0.1 : 0.02)) {
        EXPECT_GT(study.lost("filter-3x3", level), study.lost("filter-5x5", level)) << part << noise;
        EXPECT_LT(study.percent("filter-3x3", level), study.percent("filter-5x5", level)) << part << noise;
      } else {
        EXPECT_LT(study.lost("filter-3x3", level), 1) << part << noise;
        EXPECT_LT(study.lost("filter-5x5", level), 1) << part << noise;
      }
      if (part == "rescaled" && sigma >= 0.03) {
        EXPECT_GT(study.lost("filter-7x7", level), study.lost("filter-5x5", level)) << noise;
      }
    }
  }
  const Level some = {"fixed", "0.2"};
  study.says(fmt::format("{:.1f}, {:.1f} and {:.1f} points at fixed 0.2", study.lost("filter-1x1", some),
                         study.lost("filter-3x3", some), study.lost("filter-5x5", some)));
  study.says(fmt::format("at fixed 0.2 it loses {:.1f} points, less than 5x5", study.lost("filter-7x7", some)));
  EXPECT_LT(study.lost("filter-7x7", some), study.lost("filter-5x5", some));
  EXPECT_GT(study.lost("filter-7x7", {"fixed", "0.4"}), study.lost("filter-5x5", {"fixed", "0.4"}));
  EXPECT_LT(study.widest_half_interval(), 1);
}

/// A column of the README's table on bits: part of the study, the axis and its value.
struct Bits {
  const char* part;
  const char* axis;
  const char* value;
};

class BitsStudy : public StoredStudy {
 public:
  BitsStudy() : StoredStudy("weight-bits") {}

  [[nodiscard]] double percent(const std::string& network, const Bits& bits, const char* column = "top1") const {
    return 100 *
           number({{"network", "fashion-mnist-" + network}, {"part", bits.part}, {bits.axis, bits.value}}, column);
  }
  [[nodiscard]] std::string best_at(const Bits& bits) const {
    return best({{"part", bits.part}, {bits.axis, bits.value}}, "top1", "network").substr(14);
  }
};

TEST(WeightBits, SaysWhatTheResultsShow) {
  const BitsStudy study;
  const auto weights = [](const char* value) { return Bits{"weights-mse", "weight_bits", value}; };
  const auto by_maximum = [](const char* value) { return Bits{"weights-maximum", "weight_bits", value}; };
  const auto inputs = [](const char* value) { return Bits{"inputs", "input_bits", value}; };
  const std::vector<Bits> columns = {weights("float"), weights("5"), weights("4"), weights("3"),
                                     weights("2"),     inputs("4"),  inputs("2")};
  const std::vector<std::string> networks = {"depth-2",    "depth-4",    "depth-8",    "depth-16",
                                             "filter-1x1", "filter-3x3", "filter-5x5", "filter-7x7"};
  for (const std::string& network : networks) {
    std::string line = fmt::format("| {} |", network);
    for (const Bits& bits : columns) {
      const char* mark = study.best_at(bits) == network ? "**" : "";
      line += fmt::format(" {}{:.1f}{} |", mark, study.percent(network, bits), mark);
    }
    study.says(line);
  }
  EXPECT_EQ(study.best_at(weights("4")), "filter-3x3");
  EXPECT_EQ(study.best_at(by_maximum("4")), "depth-8");
  EXPECT_EQ(study.best_at(weights("3")), "depth-16");
  EXPECT_EQ(study.best_at(weights("2")), "filter-7x7");
  EXPECT_EQ(study.best_at(inputs("2")), "filter-7x7");
  int ahead = 0;
  double second_of_2 = 0;
  for (const std::string& network : networks) {
    ahead += study.percent(network, weights("float")) > study.percent("filter-3x3", weights("float"));
    if (network != "filter-7x7") second_of_2 = std::max(second_of_2, study.percent(network, weights("2")));
    const double cost = study.percent(network, inputs("float")) - study.percent(network, inputs("4"));
    EXPECT_EQ(cost < 0.95, network != "filter-1x1") << network << cost;
    if (network.substr(0, 8) != "filter-5" && network != "filter-7x7") {
      EXPECT_LT(study.percent(network, inputs("2")), study.percent("filter-5x5", inputs("2"))) << network;
    }
  }
  EXPECT_EQ(ahead + 1, 3) << "filter-3x3 is the third without quantisation";
  study.says(fmt::format("{:.1f} points ahead of depth-16",
                         study.percent("filter-3x3", weights("4")) - study.percent("depth-16", weights("4"))));
  EXPECT_LT(study.percent("filter-3x3", weights("4"), "top1_low"),
            study.percent("depth-16", weights("4"), "top1_high"));
  study.says(
      fmt::format("at 2 bits filter-7x7 by {:.1f} points", study.percent("filter-7x7", weights("2")) - second_of_2));
  study.says(fmt::format("costs filter-7x7 {:.1f} points more",
                         study.percent("filter-7x7", weights("2")) - study.percent("filter-7x7", by_maximum("2"))));
  study.says(fmt::format("at 4 bits filter-5x5 is {:.1f} points better with it",
                         study.percent("filter-5x5", by_maximum("4")) - study.percent("filter-5x5", weights("4"))));
}

}  // namespace
}  // namespace ohmloop::test
