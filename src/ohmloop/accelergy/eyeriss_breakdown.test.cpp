// The energy breakdown of an Eyeriss-like chip on AlexNet CONV3 (Wu, Emer, Sze, ICCAD 2019): Accelergy's own example
// and action counts, priced at 65 nm with our public estimates. docs/validation.md has the table.
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "ohmloop/accelergy/accelergy_testing.hpp"
#include "ohmloop/energy/models/memory_formulas.hpp"

namespace ohmloop {
namespace {

using testing_accelergy::estimate_files;
using testing_accelergy::Estimated;
using testing_accelergy::files_below;
using testing_accelergy::no_shared_data;
using testing_accelergy::peers;
using testing_accelergy::shared_data_is_absent;

using Shares = std::map<std::string, double>;

Estimated estimated_at_65_nm() {
  AccelergyOptions options;
  options.overrides = {{"technology", "65nm"}};
  return estimate_files(files_below(peers + "eyeriss_like/input"), {}, options);
}

/// The parts of the publication: all that is in a PE is one.
std::string part_of(const std::string& component) {
  if (component.find("PE[") != std::string::npos) return "PE array";
  return component.substr(component.rfind('.') + 1);
}

Shares energies_pj(const Estimated& chip) {
  Diagnostics diagnostics;
  const ChargedEnergy charged = charge(*chip.input.counts, chip.tables, diagnostics);
  diagnostics.throw_if_errors();
  Shares by_part;
  for (std::size_t i = 0; i < chip.tables.entries.size(); ++i) {
    by_part[part_of(chip.tables.entries[i].name)] += charged.by_entry_pj[i];
  }
  return by_part;
}

Shares percent_of_all(Shares by_part) {
  double sum = 0;
  for (const auto& [part, energy] : by_part) sum += energy;
  for (auto& [part, energy] : by_part) energy *= 100 / sum;
  return by_part;
}

void expect_shares(const Shares& found, const Shares& page) {
  ASSERT_EQ(found.size(), page.size());
  for (const auto& [part, percent] : found) {
    EXPECT_NEAR(percent, page.contains(part) ? page.at(part) : -1, .05) << part;
  }
}

double argument(const ActionCount& action, const std::string& name) {
  const auto found = action.arguments.find(name);
  return found == action.arguments.end() ? 0 : found->second;
}

TEST(EyerissBreakdown, at_65_nm_is_what_the_validation_page_says) {
  if (shared_data_is_absent()) GTEST_SKIP() << no_shared_data;
  expect_shares(percent_of_all(energies_pj(estimated_at_65_nm())), {{"PE array", 81.2},
                                                                    {"shared_glb", 14.3},
                                                                    {"psum_read_NoC", 2.8},
                                                                    {"psum_write_NoC", 1.4},
                                                                    {"ifmap_NoC", .1},
                                                                    {"weights_glb", .2},
                                                                    {"weights_NoC", .1}});
}

// CACTI lets every wire between the banks switch at every access, our networks one in four, as random data do.
TEST(EyerissBreakdown, with_random_data_between_the_banks_is_what_the_validation_page_says) {
  if (shared_data_is_absent()) GTEST_SKIP() << no_shared_data;
  const Estimated chip = estimated_at_65_nm();
  Shares by_part = energies_pj(chip);
  for (const ActionCount& action : chip.input.counts->actions) {
    const std::string part = part_of(action.component);
    if (action.action == "idle" || (part != "shared_glb" && part != "weights_glb")) continue;
    const double banks = part == "shared_glb" ? 25 : 2;
    const double share = switched_share(argument(action, "address_delta") / banks, argument(action, "data_delta"));
    by_part[part] -= .75 * action.count * share * sram_bank_wires_pj(65, 512 * banks, 64, banks);
  }
  expect_shares(percent_of_all(by_part), {{"PE array", 88.1},
                                          {"shared_glb", 7.0},
                                          {"psum_read_NoC", 3.0},
                                          {"psum_write_NoC", 1.5},
                                          {"ifmap_NoC", .1},
                                          {"weights_glb", .2},
                                          {"weights_NoC", .1}});
}

/// Costs of ISCA 2016, Table IV, for a word of 16 bits: a MAC 1, a scratchpad 1, the way to a PE 2, a buffer 6.
double isca_2016_cost(const ActionCount& action) {
  const std::string part = part_of(action.component);
  if (action.action == "idle" || action.action == "transfer_repeated") return 0;
  if (part == "PE array") return 1;
  const double words = part == "ifmap_NoC" ? 1 : 4;
  return words * (part.find("NoC") != std::string::npos ? 2 : 6);
}

TEST(EyerissBreakdown, at_the_costs_of_isca_2016_is_what_the_validation_page_says) {
  if (shared_data_is_absent()) GTEST_SKIP() << no_shared_data;
  Shares by_part;
  const Estimated chip = estimated_at_65_nm();
  for (const ActionCount& action : chip.input.counts->actions) {
    by_part[part_of(action.component)] += action.count * isca_2016_cost(action);
  }
  expect_shares(percent_of_all(by_part), {{"PE array", 89.6},
                                          {"shared_glb", 7.5},
                                          {"psum_read_NoC", 1.2},
                                          {"psum_write_NoC", 1.2},
                                          {"ifmap_NoC", .1},
                                          {"weights_glb", .4},
                                          {"weights_NoC", .1}});
}

}  // namespace
}  // namespace ohmloop
