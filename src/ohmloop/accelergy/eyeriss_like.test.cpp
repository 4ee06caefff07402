// Accelergy's Eyeriss-like example (AlexNet CONV3) with tables where everything costs 1: its own outputs are stored
// beside its inputs, and every figure of theirs must come out.
#include <gtest/gtest.h>

#include "ohmloop/accelergy/accelergy_testing.hpp"
#include "ohmloop/accelergy/accelergy_writer.hpp"
#include "ohmloop/energy/instance_names.hpp"

namespace ohmloop {
namespace {

using testing_accelergy::areas_of_art;
using testing_accelergy::Energies;
using testing_accelergy::energies_of;
using testing_accelergy::energies_of_ert;
using testing_accelergy::energies_of_estimation;
using testing_accelergy::estimate_files;
using testing_accelergy::Estimated;
using testing_accelergy::figures_of_summary;
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
  const Energies expected = energies_of_ert(tree_of_file(reference("ERT.yaml")));
  EXPECT_GT(expected.size(), 1300U);
  EXPECT_EQ(energies_of(chip_->tables), expected);
}

TEST_F(EyerissLike, has_every_area_of_accelergys_area_reference_table) {
  const auto expected = areas_of_art(tree_of_file(reference("ART.yaml")));
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
  const std::map<std::string, double> expected =
      energies_of_estimation(tree_of_file(reference("energy_estimation.yaml")));
  EXPECT_GT(expected.size(), 600U);
  EXPECT_EQ(by_instance, expected);
}

TEST_F(EyerissLike, is_written_as_accelergy_writes_it) {
  Diagnostics diagnostics;
  const ChargedEnergy charged = charge(*chip_->input.counts, chip_->tables, diagnostics);
  const YamlNode written = testing_text::tree_of(write_accelergy(chip_->tables, &charged, "0.3"));
  EXPECT_EQ(energies_of_ert(written), energies_of_ert(tree_of_file(reference("ERT.yaml"))));
  EXPECT_EQ(figures_of_summary(written), figures_of_summary(tree_of_file(reference("ERT_summary.yaml"))));
  EXPECT_EQ(energies_of_estimation(written), energies_of_estimation(tree_of_file(reference("energy_estimation.yaml"))));
  std::map<std::string, double> areas = areas_of_art(tree_of_file(reference("ART.yaml")));
  // There a primitive alone lost the range of its name, and its area is that of one, as everybody's.
  areas["eyeriss_like.PE[0..167].mac"] = areas.at("eyeriss_like.PE.mac");
  areas.erase("eyeriss_like.PE.mac");
  EXPECT_EQ(areas_of_art(written), areas);
}

TEST_F(EyerissLike, is_charged_the_same_from_accelergys_own_tables_without_an_architecture) {
  const Estimated given =
      estimate_files({read_source_file(reference("ERT.yaml")), read_source_file(reference("ART.yaml")),
                      read_source_file(peers + "eyeriss_like/input/action_counts.yaml")});
  EXPECT_EQ(energies_of(given.tables), energies_of(chip_->tables));
  Diagnostics diagnostics;
  EXPECT_EQ(charge(*given.input.counts, given.tables, diagnostics).dynamic_pj, 69017063);
  const SystemEntry* mac = given.tables.find("eyeriss_like.PE[0..167].mac");
  ASSERT_NE(mac, nullptr);
  EXPECT_EQ(mac->copies, 168);
  EXPECT_EQ(mac->reference.area_um2, 1);
  EXPECT_EQ(mac->reference.actions.at(0).provenance.estimator, "as given");
}

TEST_F(EyerissLike, takes_a_given_table_for_the_components_that_it_names_and_estimates_the_others) {
  std::vector<SourceFilePtr> files = files_below(peers + "eyeriss_like/input");
  files.push_back(testing_text::source_of(
      "ERT: {version: 0.3, tables: [{name: '*.mac', actions: [{name: mac_random, energy: 7.5}]}]}", "mine.yaml"));
  files.erase(std::remove_if(files.begin(), files.end(),
                             [](const SourceFilePtr& file) { return file->path.ends_with("action_counts.yaml"); }),
              files.end());
  const Estimated mixed = estimate_files(files, {"unit", "as_given"});
  EXPECT_EQ(mixed.tables.find("eyeriss_like.PE[0..167].mac")->reference.find("mac_random")->energy_pj, 7.5);
  EXPECT_EQ(mixed.tables.find("eyeriss_like.weights_glb")->reference.area_um2, 11);
}

TEST_F(EyerissLike, costs_what_our_own_estimators_say_and_changes_with_its_technology) {
  const auto energy_of_a_mac = [](const std::vector<Override>& overrides) {
    const Estimated chip = estimate_files(files_below(peers + "eyeriss_like/input"), {}, {.overrides = overrides});
    const ActionEnergy* mac = chip.tables.find("eyeriss_like.PE[0..167].mac")->reference.find("mac_random");
    EXPECT_NE(mac, nullptr);
    EXPECT_FALSE(mac->provenance.source.empty());
    return mac->energy_pj;
  };
  const double at_40_nm = energy_of_a_mac({});
  EXPECT_GT(at_40_nm, 0.05);
  EXPECT_LT(at_40_nm, 5);
  EXPECT_GT(energy_of_a_mac({{"technology", "65nm"}}), at_40_nm);
  EXPECT_LT(energy_of_a_mac({{"PE.mac.datawidth", "8"}}), at_40_nm);
}

}  // namespace
}  // namespace ohmloop
