#include "operated_macro.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace ohmloop::test {
namespace {

std::vector<Override> overrides(std::vector<std::string> texts) {
  texts.emplace_back("array.resident=true");
  std::vector<Override> result;
  for (const std::string& text : texts) result.push_back(parse_override(text));
  return result;
}

LayerShape full_layer(const Architecture& chip) {
  const ArraySlicing& array = *chip.array;
  const std::int64_t columns = array.columns / array.columns_per_sum();
  return convolution(1, array.rows / array.rows_per_input(), 1, 1, columns / array.weight_slices(chip.bits.weight), {});
}

bool among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

OperatedMacro::OperatedMacro(const std::string& preset, const std::vector<std::string>& settings)
    : chip_(read_architecture(find_preset(preset), overrides(settings), diagnostics_)),
      tables_(estimate_reference_tables(chip_, diagnostics_)) {
  const LayerShape shape = full_layer(chip_);
  macs_ = static_cast<double>(shape.macs());
  MapperResult result = find_mapping(lower("full", shape, chip_), chip_, tables_);
  if (result.best) {
    layer_ = *std::move(result.best);
  } else {
    ADD_FAILURE() << preset << ": " << result.none->reason;
  }
  EXPECT_DOUBLE_EQ(layer_.evaluation.array_utilisation.value_or(0), 1) << preset;
}

double OperatedMacro::energy_pj(const std::vector<std::string>& nodes) const {
  double sum = 0;
  for (const EnergyItem& item : layer_.evaluation.items) {
    if (among(nodes, chip_.node(item.node).name)) sum += item.energy_pj;
  }
  return sum;
}

double OperatedMacro::area_um2(const std::vector<std::string>& nodes) const {
  const std::vector<double> areas = area_by_node_um2(chip_, tables_);
  double sum = 0;
  for (std::size_t i = 0; i < areas.size(); ++i) {
    if (among(nodes, chip_.nodes[i].name)) sum += areas[i];
  }
  return sum;
}

}  // namespace ohmloop::test
