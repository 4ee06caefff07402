// Accelergy's PIM study (ISPASS 2020) from the primitive tables that are stored with it. Its outputs are those of
// Accelergy, which rounds every primitive's figure to three decimals before it sums them.
#include <cmath>

#include <gtest/gtest.h>

#include "ohmloop/accelergy/accelergy_testing.hpp"
#include "ohmloop/accelergy/accelergy_writer.hpp"
#include "ohmloop/accelergy/field_table.hpp"

namespace ohmloop {
namespace {

using testing_accelergy::areas_of_art;
using testing_accelergy::Energies;
using testing_accelergy::energies_of;
using testing_accelergy::energies_of_ert;
using testing_accelergy::estimate_files;
using testing_accelergy::Estimated;
using testing_accelergy::figures_of_summary;
using testing_accelergy::files_below;
using testing_accelergy::no_shared_data;
using testing_accelergy::peers;
using testing_accelergy::shared_data_is_absent;
using testing_accelergy::tree_of_file;

const std::string study = peers + "pim_ispass2020/";

/// The global buffer's SRAM was estimated by CACTI and stands in no table of the study. Its two accesses, its idle
/// energy and its area are recovered from the stored reference tables: the area is 592,148 less two adders of 200, and
/// 41.19267, 41.6993 and 0.00943 pJ are the energies from which, by the 30/70 rule and with the address generator's
/// 0.5 pJ, all 132 stored combinations follow to the last of their three decimals. That one rule and three numbers give
/// them all is what the test shows.
class RecoveredSram {
 public:
  RecoveredSram()
      : folder_(std::filesystem::temp_directory_path() / ("ohmloop_recovered_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_ / "data");
    write("glb.table.yaml", "{name: recovered, technology: 32nm, accuracy: 90, path_to_data_dir: ./data}\n");
    write("data/SRAM.csv",
          "technology,width,depth,n_banks,action,energy,area\n"
          "32nm,64,16384,32,read,41.19267,591748\n"
          "32nm,64,16384,32,write,41.6993,591748\n"
          "32nm,64,16384,32,idle,0.00943,591748\n");
  }
  RecoveredSram(const RecoveredSram&) = delete;
  RecoveredSram& operator=(const RecoveredSram&) = delete;
  ~RecoveredSram() { std::filesystem::remove_all(folder_); }

  [[nodiscard]] SourceFilePtr identifier() const { return read_source_file((folder_ / "glb.table.yaml").string()); }

 private:
  void write(const std::string& name, const std::string& text) {
    write_file_atomically((folder_ / name).string(), text);
  }

  std::filesystem::path folder_;
};

class PimStudy : public ::testing::Test {
 protected:
  void SetUp() override {
    if (shared_data_is_absent()) GTEST_SKIP() << no_shared_data;
    std::vector<SourceFilePtr> files = files_below(study + "arch");
    for (const SourceFilePtr& file : files_below(study + "PIM_estimation_tables")) files.push_back(file);
    files.push_back(sram_.identifier());
    // The study's DRAM and its buffer of no size have 1 um2 of Accelergy's dummy table, which is our `unit`. The stored
    // outputs were made for 16 columns (flattened_architecture.yaml), the stored description has 128.
    chip_ = std::make_unique<Estimated>(
        estimate_files(files, {"32nm_tables", "memristor_tables", "recovered", "native", "unit"},
                       {.overrides = {{"D2A_NoC.n_PE_cols", "16"}}}));
  }

  static std::string reference(const std::string& name) { return study + "example_outputs/timeloop-mapper." + name; }

  RecoveredSram sram_;
  std::unique_ptr<Estimated> chip_;
};

TEST_F(PimStudy, has_every_entry_of_accelergys_energy_reference_table) {
  const Energies expected = energies_of_ert(tree_of_file(reference("ERT.yaml")));
  EXPECT_GT(expected.size(), 130U);
  const Energies actual = energies_of(chip_->tables);
  EXPECT_EQ(actual.size(), expected.size());
  for (const auto& [key, energy] : expected) {
    ASSERT_TRUE(actual.contains(key)) << key;
    EXPECT_NEAR(actual.at(key), energy, 1e-9) << key;
  }
}

TEST_F(PimStudy, writes_the_summary_that_accelergy_writes) {
  const YamlNode written = testing_text::tree_of(write_ert_summary(chip_->tables, "0.3"));
  EXPECT_EQ(figures_of_summary(written), figures_of_summary(tree_of_file(reference("ERT_summary.yaml"))));
}

TEST_F(PimStudy, says_which_row_each_number_comes_from) {
  const ActionEnergy* compute = chip_->tables.find("system_arch.chip.PE[0..16383].mac")->reference.find("compute");
  EXPECT_EQ(compute->provenance.source, "ReRAMcell_compute.csv:2 (0.00183 rounded to 3 decimals)");
}

TEST_F(PimStudy, gives_the_means_that_the_study_prints) {
  const auto mean = [&](const std::string& action) {
    const SystemEntry* buffer = chip_->tables.find("system_arch.chip.shared_glb");
    double sum = 0;
    double cases = 0;
    for (const ActionEnergy& each : buffer->reference.actions) {
      if (each.action != action) continue;
      sum += each.energy_pj;
      ++cases;
    }
    EXPECT_EQ(cases, 66);
    return sum / cases;
  };
  EXPECT_NEAR(mean("read"), 21.106, 5e-4);
  EXPECT_NEAR(mean("write"), 21.359, 5e-4);
}

TEST_F(PimStudy, has_every_area_of_accelergys_area_reference_table) {
  for (const auto& [name, area] : areas_of_art(tree_of_file(reference("ART.yaml")))) {
    const SystemEntry* entry = chip_->tables.find(name);
    ASSERT_NE(entry, nullptr) << name;
    EXPECT_NEAR(entry->reference.area_um2, area, 1e-6) << name;
  }
}

}  // namespace
}  // namespace ohmloop
