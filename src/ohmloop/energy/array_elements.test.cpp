// Storage elements behind the nodes of an array: pairs, lines that take turns, and devices described by their physics.
#include <gtest/gtest.h>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/energy/roll_up.hpp"

namespace ohmloop {
namespace {

struct Chip {
  Diagnostics warnings;
  Architecture architecture;
  ReferenceTables tables;

  explicit Chip(const std::string& array, const std::string& weight = "bits: 4")
      : architecture(read_architecture(file(array, weight), {}, warnings)),
        tables(estimate_reference_tables(architecture, warnings)) {}

  static SourceFilePtr file(const std::string& array, const std::string& weight) {
    return std::make_shared<const SourceFile>(
        SourceFile{"chip.yaml",
                   "ohmloop: 1\nclock: 1 GHz\ntechnology: 32 nm\narchitecture:\n- !Memory {name: port, class: port}\n"
                   "- !Converter {name: sum, class: ideal, passes: output, reduces: true}\n"
                   "- !Converter {name: adc, class: adc, passes: output, resolution: 8 bit}\n"
                   "- !Array {name: array, rows: 64, columns: 32, bits_per_cell: 1, input: {bits: 1}, weight: {" +
                       weight + "}, " + array + "}\n"});
  }

  [[nodiscard]] const NodeReference& of(const char* node) const { return tables.of(*architecture.find(node)); }
  [[nodiscard]] double action_pj(const char* node, const char* action) const {
    return of(node).find(action)->energy_pj;
  }
  /// Of all the chip's storage elements.
  [[nodiscard]] double element_area_um2() const {
    const NodeId cells = architecture.array->cells;
    return tables.of(cells).area_um2 * static_cast<double>(architecture.instances(cells));
  }
};

// 0.2 V for 10 ns through 10 kohm or 1 Mohm; programmed with 3 V for 50 ns.
const std::string pcm =
    "class: pcm, on_resistance: 10e3 ohm, off_resistance: 1e6 ohm, read_voltage: 0.2 V, pulse_width: 10 ns, "
    "program_voltage: 3 V, program_width: 50 ns";

TEST(PhaseChange, ComputesAndIsWrittenByOhmsLaw) {
  const Chip chip(pcm);
  const double siemens = (1e-4 + 1e-6) / 2;
  EXPECT_NEAR(chip.action_pj("array.multiply", "compute"), 0.2 * 0.2 * siemens * 10e-9 / 2 * 1e12, 1e-9);
  EXPECT_NEAR(chip.action_pj("array", "write"), 3 * 3 * siemens * 50e-9 * 1e12, 1e-9);
}

TEST(Pairs, ComputeAndAreWrittenTwice) {
  const Chip one(pcm);
  for (const char* weight : {"bits: 4, encoding: differential", "bits: 4, encoding: differential, pairs: rows"}) {
    const Chip two(pcm, weight);
    EXPECT_DOUBLE_EQ(two.action_pj("array.multiply", "compute"), 2 * one.action_pj("array.multiply", "compute"));
    EXPECT_DOUBLE_EQ(two.action_pj("array", "write"), 2 * one.action_pj("array", "write"));
    EXPECT_NE(two.of("array").find("write")->provenance.derivation.find("2 elements of a pair"), std::string::npos);
  }
  const Chip apart(pcm, "bits: 4, encoding: differential, subtract: digital");
  EXPECT_DOUBLE_EQ(apart.action_pj("array.multiply", "compute"), one.action_pj("array.multiply", "compute"))
      << "its two elements are slices of their own";
}

TEST(StorageElements, TakeTheSameAreaHoweverTheyAreUsed) {
  const std::string rram =
      "class: rram, write_energy: 1 pJ, on_resistance: 10e3 ohm, off_resistance: 1e6 ohm, "
      "read_voltage: 0.2 V, pulse_width: 10 ns";
  const double area = Chip(rram).element_area_um2();
  ASSERT_GT(area, 0);
  EXPECT_NEAR(Chip(rram + ", active_rows: 8").element_area_um2(), area, 1e-9 * area);
  EXPECT_NEAR(Chip(rram + ", active_rows: 8, active_columns: 4").element_area_um2(), area, 1e-9 * area);
  for (const char* weight : {"bits: 4, encoding: differential", "bits: 4, encoding: differential, pairs: rows",
                             "bits: 4, encoding: differential, subtract: digital"}) {
    EXPECT_NEAR(Chip(rram, weight).element_area_um2(), area, 1e-9 * area) << weight;
  }
}

TEST(ActiveColumns, ShareTheConverters) {
  const auto adcs = [](const char* lines) { return Chip(pcm + lines).of("adc").units; };
  EXPECT_DOUBLE_EQ(adcs(""), 32);
  EXPECT_DOUBLE_EQ(adcs(", active_columns: 4"), 4);
}

}  // namespace
}  // namespace ohmloop
