// Accelergy's Eyeriss-like example (AlexNet CONV3) with tables where everything costs 1: its own outputs are stored
// beside its inputs, and every figure of theirs must come out.
#include <gtest/gtest.h>

#include "ohmloop/accelergy/accelergy_testing.hpp"
#include "ohmloop/energy/instance_names.hpp"

namespace ohmloop {
namespace {

using testing_accelergy::areas_of_art;
using testing_accelergy::Energies;
using testing_accelergy::energies_of;
using testing_accelergy::energies_of_ert;
using testing_accelergy::estimate_files;
using testing_accelergy::Estimated;
using testing_accelergy::files_below;
using testing_accelergy::no_shared_data;
using testing_accelergy::peers;
using testing_accelergy::shared_data_is_absent;
using testing_accelergy::tree_of_file;

class EyerissLike : public ::testing::Test {
 protected:
  void SetUp() override {
    if (shared_data_is_absent()) GTEST_SKIP() << no_shared_data;
    chip_ = std::make_unique<Estimated>(estimate_files(files_below(peers + "eyeriss_like/input"), {"unit"}));
  }

  static std::string reference(const std::string& name) { return peers + "eyeriss_like/reference/" + name; }

  std::unique_ptr<Estimated> chip_;
};

TEST_F(EyerissLike, has_every_entry_of_accelergys_energy_reference_table_and_no_other) {
  const Energies expected = energies_of_ert(reference("ERT.yaml"));
  EXPECT_GT(expected.size(), 1300U);
  EXPECT_EQ(energies_of(chip_->tables), expected);
}

TEST_F(EyerissLike, has_every_area_of_accelergys_area_reference_table) {
  const auto expected = areas_of_art(reference("ART.yaml"));
  EXPECT_EQ(expected.size(), chip_->tables.entries.size());
  std::vector<std::string> names;
  for (const SystemEntry& entry : chip_->tables.entries) names.push_back(entry.name);
  const InstanceIndex index(names);
  for (const auto& [name, area] : expected) {
    const auto place = index.find(name);
    ASSERT_TRUE(place.has_value()) << name;
    EXPECT_EQ(chip_->tables.entries[*place].reference.area_um2, area) << name;
  }
}

TEST_F(EyerissLike, amounts_to_the_energies_of_all_components_exactly) {
  Diagnostics diagnostics;
  const ChargedEnergy charged = charge(*chip_->input.counts, chip_->tables, diagnostics);
  diagnostics.throw_if_errors();
  std::map<std::string, double> by_component;
  for (std::size_t i = 0; i < chip_->tables.entries.size(); ++i) {
    by_component[chip_->tables.entries[i].name] = charged.by_entry_pj[i];
  }
  const std::map<std::string, double> expected = {{"eyeriss_like.weights_glb", 12680},
                                                  {"eyeriss_like.shared_glb", 299912},
                                                  {"eyeriss_like.weights_NoC", 17280},
                                                  {"eyeriss_like.ifmap_NoC", 86299},
                                                  {"eyeriss_like.psum_write_NoC", 64896},
                                                  {"eyeriss_like.psum_read_NoC", 64896},
                                                  {"eyeriss_like.PE[0..167].weights_spad", 10435166},
                                                  {"eyeriss_like.PE[0..167].ifmap_spad", 13684992},
                                                  {"eyeriss_like.PE[0..167].psum_spad", 41235934},
                                                  {"eyeriss_like.PE[0..167].mac", 3115008}};
  EXPECT_EQ(by_component, expected);
  EXPECT_EQ(charged.dynamic_pj, 69017063);
}

TEST_F(EyerissLike, gives_each_instance_the_energy_that_accelergy_gives_it) {
  Diagnostics diagnostics;
  const ChargedEnergy charged = charge(*chip_->input.counts, chip_->tables, diagnostics);
  std::map<std::string, double> by_instance;
  for (const ChargedAction& action : charged.actions) by_instance[action.component] += action.energy_pj;
  std::map<std::string, double> expected;
  const YamlNode tree = tree_of_file(reference("energy_estimation.yaml"));
  for (const YamlNode& component : tree.find("energy_estimation")->find("components")->items) {
    expected[component.find("name")->scalar] = std::stod(component.find("energy")->scalar);
  }
  EXPECT_GT(expected.size(), 600U);
  EXPECT_EQ(by_instance, expected);
}

}  // namespace
}  // namespace ohmloop
