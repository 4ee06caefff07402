#include <array>
#include <span>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/embedded_file.hpp"
#include "ohmloop/energy/models/model.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/energy/table_estimator.hpp"

namespace ohmloop {
namespace component_tables {
std::span<const EmbeddedFile> table_files();
}  // namespace component_tables

namespace {

constexpr std::array<const char*, 8> table_order = {
    "components/isaac.csv", "components/eyeriss_like.csv", "components/pim_study.csv", "components/library.csv",
    "components/piton.csv", "components/horowitz.csv",     "components/aladdin.csv",   "components/dram.csv"};

std::unique_ptr<Estimator> read_embedded_table(std::string_view name) {
  for (const EmbeddedFile& file : component_tables::table_files()) {
    if (file.name != name) continue;
    const auto source = std::make_shared<const SourceFile>(SourceFile{std::string(name), std::string(file.text)});
    Diagnostics diagnostics;
    ComponentTable table = read_component_table(source, ClassLibrary(), diagnostics);
    OHM_CHECK(!diagnostics.has_errors(), render(diagnostics.all()));
    return std::make_unique<TableEstimator>(std::move(table));
  }
  OHM_CHECK(false, "no embedded table " + std::string(name));
  return nullptr;
}

}  // namespace

void register_builtin_estimators(Registry& registry) {
  for (const char* name : table_order) registry.add(read_embedded_table(name));
  registry.add(make_adc_survey_model());
  registry.add(make_capacitive_dac_model());
  registry.add(make_charge_redistribution_model());
  registry.add(make_arithmetic_model());
  registry.add(make_fp_mac_model());
  registry.add(make_functional_units_model());
  registry.add(make_memory_model());
  registry.add(make_edram_model());
  registry.add(make_register_model());
  registry.add(make_stated_model());
  registry.add(make_conductance_model());
  registry.add(make_capacitive_cell_model());
  registry.add(make_line_driver_model());
  registry.add(make_wire_model());
  registry.add(make_constant_model());
}

}  // namespace ohmloop
