// The energy breakdown of an Eyeriss-like chip on AlexNet CONV3 (Wu, Emer, Sze, ICCAD 2019): Accelergy's own example
// and action counts, priced at 65 nm with our public estimates. docs/validation.md has the table.
#include <numeric>

#include <gtest/gtest.h>

#include "ohmloop/accelergy/accelergy_testing.hpp"

namespace ohmloop {
namespace {

using testing_accelergy::estimate_files;
using testing_accelergy::Estimated;
using testing_accelergy::files_below;
using testing_accelergy::no_shared_data;
using testing_accelergy::peers;
using testing_accelergy::shared_data_is_absent;

/// Percent of the energy of all parts by part, in the order of the publication.
std::map<std::string, double> shares(const Estimated& chip) {
  Diagnostics diagnostics;
  const ChargedEnergy charged = charge(*chip.input.counts, chip.tables, diagnostics);
  diagnostics.throw_if_errors();
  std::map<std::string, double> by_part;
  for (std::size_t i = 0; i < chip.tables.entries.size(); ++i) {
    const std::string& name = chip.tables.entries[i].name;
    const std::string part = name.find("PE[") != std::string::npos ? "PE array" : name.substr(name.rfind('.') + 1);
    by_part[part] += charged.by_entry_pj[i];
  }
  for (auto& [part, energy] : by_part) energy *= 100 / charged.dynamic_pj;
  return by_part;
}

TEST(EyerissBreakdown, at_65_nm_is_what_the_validation_page_says) {
  if (shared_data_is_absent()) GTEST_SKIP() << no_shared_data;
  AccelergyOptions options;
  options.overrides = {{"technology", "65nm"}};
  const std::map<std::string, double> found =
      shares(estimate_files(files_below(peers + "eyeriss_like/input"), {}, options));
  const std::map<std::string, double> page = {{"PE array", 79.5},      {"shared_glb", 15.6}, {"psum_read_NoC", 3.0},
                                              {"psum_write_NoC", 1.5}, {"ifmap_NoC", .1},    {"weights_glb", .2},
                                              {"weights_NoC", .1}};
  ASSERT_EQ(found.size(), 7U);
  double sum = 0;
  for (const auto& [part, percent] : found) {
    sum += percent;
    EXPECT_NEAR(percent, page.contains(part) ? page.at(part) : -1, .05) << part;
  }
  EXPECT_NEAR(sum, 100, 1e-9);
}

}  // namespace
}  // namespace ohmloop
