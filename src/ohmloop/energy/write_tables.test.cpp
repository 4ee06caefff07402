#include "ohmloop/energy/write_tables.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"

namespace ohmloop {
namespace {

TEST(WriteReferenceTables, ReadsBackAsYamlWithTheSameNumbers) {
  for (const std::string& name : preset_names()) {
    Diagnostics diagnostics;
    const Architecture architecture = read_architecture(find_preset(name), {}, diagnostics);
    const ReferenceTables tables = estimate_reference_tables(architecture, diagnostics);
    const auto source =
        std::make_shared<const SourceFile>(SourceFile{"tables.yaml", write_reference_tables(architecture, tables)});
    Diagnostics reading;
    const YamlNode yaml = parse_yaml(source, reading);
    ASSERT_FALSE(reading.has_errors()) << render(reading.all());
    for (const YamlNode& entry : yaml.find("reference_tables")->items) {
      const NodeReference& reference = tables.of(architecture.find(entry.find("name")->scalar).value());
      EXPECT_EQ(std::strtod(entry.find("area_um2")->scalar.c_str(), nullptr), reference.area_um2);
      ASSERT_EQ(entry.find("actions")->items.size(), reference.actions.size());
      for (std::size_t i = 0; i < reference.actions.size(); ++i) {
        const YamlNode& action = entry.find("actions")->items[i];
        EXPECT_EQ(action.find("action")->scalar, reference.actions[i].action);
        EXPECT_EQ(std::strtod(action.find("energy_pj")->scalar.c_str(), nullptr), reference.actions[i].energy_pj);
        EXPECT_EQ(action.find("source")->scalar, reference.actions[i].provenance.source);
      }
    }
  }
}

TEST(WriteReferenceTables, ShowsTheDerivationOfAPublishedPower) {
  Diagnostics diagnostics;
  const Architecture architecture = read_architecture(find_preset("isaac"), {}, diagnostics);
  const std::string text = write_reference_tables(architecture, estimate_reference_tables(architecture, diagnostics));
  EXPECT_NE(text.find("    energy_pj: 1.5625\n"), std::string::npos) << text;
  EXPECT_NE(text.find("16 mW / 8 / (128 / (100 ns))"), std::string::npos) << text;
}

}  // namespace
}  // namespace ohmloop
