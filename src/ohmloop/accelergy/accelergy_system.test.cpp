#include "ohmloop/accelergy/accelergy_system.hpp"

#include <gtest/gtest.h>

#include "ohmloop/accelergy/accelergy_testing.hpp"
#include "ohmloop/accelergy/field_table.hpp"

namespace ohmloop {
namespace {

using testing_accelergy::errors_of;
using testing_accelergy::estimate_files;
using testing_accelergy::Estimated;
using testing_text::source_of;
using testing_text::tree_of;

void expect_in_order(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t place = 0;
  for (const std::string& part : parts) {
    const std::size_t found = text.find(part, place);
    ASSERT_NE(found, std::string::npos) << "no '" << part << "' in order in\n" << text;
    place = found;
  }
}

const std::string one_sram =
    "architecture: {version: 0.3, local: [{name: glb, class: SRAM, attributes: {width: 64, "
    "depth: 1024, n_banks: 2, technology: 45nm}}]}\n";

std::string compound_of(const std::string& parts, const std::string& actions) {
  return "compound_components: {version: 0.3, classes: [{name: box, attributes: {n: 4}, subcomponents: [" + parts +
         "], actions: [" + actions + "]}]}\n" +
         "architecture: {version: 0.3, local: [{name: a, class: box, attributes: {technology: 45nm}}]}\n";
}

double energy_of(const Estimated& chip, const std::string& name, const std::string& action,
                 const ActionArguments& arguments = {}) {
  for (const ActionEnergy& each : chip.tables.find(name)->reference.actions) {
    if (each.action == action && each.arguments == arguments) return each.energy_pj;
  }
  return -1;
}

TEST(Accelergy, tells_its_files_from_others) {
  EXPECT_TRUE(is_accelergy(tree_of("architecture: {version: 0.3, local: []}")));
  EXPECT_TRUE(is_accelergy(tree_of("architecture: {nodes: []}")));
  EXPECT_TRUE(is_accelergy(tree_of("compound_components: {version: 0.4, classes: []}")));
  EXPECT_TRUE(is_accelergy(tree_of("components: {version: 0.4, classes: []}")));
  EXPECT_TRUE(is_accelergy(tree_of("{name: a, technology: 32nm, accuracy: 90, path_to_data_dir: ./data}")));
  EXPECT_TRUE(is_accelergy(tree_of("ERT: {version: 0.3, tables: []}")));
  EXPECT_TRUE(is_accelergy(tree_of("action_counts: {local: []}")));
  EXPECT_FALSE(is_accelergy(tree_of("{ohmloop: 1, architecture: []}")));
  EXPECT_FALSE(is_accelergy(tree_of("architecture: [{name: a}]")));
  EXPECT_FALSE(is_accelergy(tree_of("[1, 2]")));
}

TEST(Accelergy, reads_files_in_any_order) {
  const std::vector<std::string> parts = {
      "architecture: {version: 0.3, local: [{name: 'a[0..3]', class: box}]}",
      "compound_components: {version: 0.3, classes: [{name: box, subcomponents: [{name: 'w[0..2]', class: wire}], "
      "actions: [{name: go, subcomponents: [{name: 'w[0..1]', actions: [{name: transfer_random, repeat: 5}]}]}]}]}"};
  for (const auto& order : {std::vector<int>{0, 1}, std::vector<int>{1, 0}}) {
    std::vector<SourceFilePtr> files;
    for (const int part : order) files.push_back(source_of(parts[static_cast<std::size_t>(part)]));
    const Estimated chip = estimate_files(files, {"unit"});
    EXPECT_EQ(energy_of(chip, "a[0..3]", "go"), 10);
    EXPECT_EQ(chip.tables.entries.at(0).reference.area_um2, 3);
    EXPECT_EQ(chip.tables.entries.at(0).copies, 4);
  }
}

TEST(Accelergy, enumerates_the_arguments_of_primitives_by_their_attributes) {
  const Estimated chip = estimate_files({source_of(one_sram)}, {"unit"});
  EXPECT_EQ(chip.tables.entries.at(0).reference.actions.size(), 2U * 3U * 2U + 1U);
  EXPECT_EQ(energy_of(chip, "glb", "read", {{"address_delta", 2}, {"data_delta", 1}}), 1);
  EXPECT_EQ(energy_of(chip, "glb", "idle"), 0);
}

TEST(Accelergy, asks_our_own_estimators_about_its_primitives) {
  const Estimated chip = estimate_files({source_of(one_sram)});
  const double full = energy_of(chip, "glb", "read", {{"address_delta", 2}, {"data_delta", 1}});
  EXPECT_GT(full, 0.5);
  EXPECT_LT(full, 50);
  // 30% of an access go with the address, 70% with the data (ground truth of Accelergy's wrapper of CACTI).
  EXPECT_NEAR(energy_of(chip, "glb", "read", {{"address_delta", 1}, {"data_delta", 0}}), .15 * full, 1e-9 * full);
  EXPECT_GT(chip.tables.entries.at(0).reference.area_um2, 1000);
  EXPECT_NE(chip.tables.entries.at(0).reference.actions.at(0).provenance.estimator, "native");
}

TEST(Accelergy, translates_every_primitive_that_it_claims_to) {
  const Estimated chip = estimate_files({source_of(R"(
architecture:
  version: 0.3
  subtree:
  - name: chip
    attributes: {technology: 45nm}
    local:
    - {name: a, class: regfile, attributes: {width: 16, depth: 24}}
    - {name: b, class: DRAM, attributes: {type: LPDDR4, width: 64}}
    - {name: c, class: intadder, attributes: {width: 14}}
    - {name: d, class: intmac, attributes: {datawidth: 16}}
    - {name: e, class: FIFO, attributes: {datawidth: 16, depth: 2}}
    - {name: f, class: comparator, attributes: {datawidth: 4}}
    - {name: g, class: counter, attributes: {width: 10}}
    - {name: h, class: wire, attributes: {length: 2mm, width: 68}}
    - {name: i, class: ADC, attributes: {datawidth: 8, latency: 1ns}}
    - {name: j, class: fpmac, attributes: {exponent: 8, mantissa: 24}}
    - {name: k, class: intmultiplier, attributes: {datawidth: 16}}
)")});
  EXPECT_GT(energy_of(chip, "chip.a", "write", {{"address_delta", 1}, {"data_delta", 1}}), 0);
  EXPECT_EQ(energy_of(chip, "chip.b", "read"), 512);
  EXPECT_GT(energy_of(chip, "chip.c", "add"), 0);
  EXPECT_GT(energy_of(chip, "chip.d", "mac_random"), energy_of(chip, "chip.d", "mac_gated"));
  EXPECT_GT(energy_of(chip, "chip.e", "push"), 0);
  EXPECT_GT(energy_of(chip, "chip.f", "transfer_random"), 0);
  EXPECT_GT(energy_of(chip, "chip.g", "count"), 0);
  EXPECT_GT(energy_of(chip, "chip.h", "transfer_random"), 1);
  EXPECT_EQ(energy_of(chip, "chip.h", "transfer_repeated"), 0);
  EXPECT_GT(energy_of(chip, "chip.i", "convert"), 0);
  EXPECT_GT(energy_of(chip, "chip.j", "mac_random"), 0);
  EXPECT_GT(energy_of(chip, "chip.k", "mult_random"), 0);
}

TEST(Accelergy, charges_nothing_for_a_memory_of_no_words) {
  const Estimated chip = estimate_files(
      {source_of("architecture: {version: 0.3, local: [{name: a, class: SRAM, attributes: {width: 16, depth: 0}}]}")});
  EXPECT_EQ(energy_of(chip, "a", "read", {{"address_delta", 1}, {"data_delta", 1}}), 0);
  EXPECT_EQ(chip.tables.entries.at(0).reference.area_um2, 0);
}

TEST(Accelergy, reads_v04_with_what_a_component_inherits_and_scales) {
  const Estimated chip = estimate_files({source_of(R"(
architecture:
  version: 0.4
  nodes:
  - !Container {name: system, attributes: {technology: "45nm", global_cycle_seconds: 1e-9}}
  - !Component {name: buffer, class: smart, attributes: {width: 16, depth: 12}}
  - !Container {name: PE, spatial: {meshX: 4}}
  - !Component {name: mac, class: intmac, attributes: {multiplier_width: 8, adder_width: 16}, enabled: false}
compound_components:
  version: 0.4
  classes:
  - name: smart
    attributes: {technology: "must_specify", width: must_specify, depth: must_specify, scale: depth / 6}
    subcomponents:
    - {name: storage, class: SRAM, area_scale: scale, attributes: {width: width, depth: depth}}
    - {name: "adders[1..depth]", class: aladdin_adder, attributes: {width: depth * 2}}
    actions:
    - name: read
      subcomponents:
      - {name: storage, actions: [{name: read, energy_scale: scale}]}
      - {name: "adders[1..3]", actions: [{name: read}]}
    - name: leak
      subcomponents:
      - {name: storage, actions: [{name: leak, arguments: {global_cycle_seconds: global_cycle_seconds}}]}
)")},
                                        {"unit"});
  ASSERT_EQ(chip.tables.entries.size(), 1U);
  EXPECT_EQ(energy_of(chip, "system.buffer", "read"), 2 + 3);
  EXPECT_EQ(energy_of(chip, "system.buffer", "leak"), 0);
  EXPECT_EQ(chip.tables.entries.at(0).reference.area_um2, 2 + 12);
  EXPECT_EQ(chip.input.version, "0.4");
}

TEST(Accelergy, warns_where_an_attribute_changes_nothing) {
  Registry registry;
  Diagnostics diagnostics;
  const auto part = source_of(compound_of("{name: w, class: wire}", "{name: go}"));
  read_accelergy_system({part}, registry, {.overrides = {{"a.colour", "3"}, {"a.block-size", "4"}}}, diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 1U) << render(diagnostics.all());
  EXPECT_EQ(diagnostics.all().at(0).message, "attribute 'colour' of component 'a' has no influence");
}

TEST(Accelergy, passes_over_shares_of_compound_parts_as_v03_does_unless_told_not_to) {
  const std::string text =
      "compound_components: {version: 0.3, classes: [{name: inner, subcomponents: [{name: w, class: wire}], "
      "actions: "
      "[{name: go, subcomponents: [{name: w, actions: [{name: transfer_random, action_share: 3}]}]}]}, {name: "
      "outer, "
      "subcomponents: [{name: i, class: inner}], actions: [{name: go, subcomponents: [{name: i, actions: [{name: "
      "go, "
      "action_share: 5}]}]}]}]}\narchitecture: {version: 0.3, local: [{name: a, class: outer}]}";
  EXPECT_EQ(energy_of(estimate_files({source_of(text)}, {"unit"}), "a", "go"), 3);
  EXPECT_EQ(energy_of(estimate_files({source_of(text)}, {"unit"}, {.overrides = {}, .exact = true}), "a", "go"), 15);
}

TEST(AccelergyErrors, name_an_unknown_class_its_neighbours_and_the_estimators_asked) {
  expect_in_order(errors_of("architecture: {version: 0.3, local: [{name: a, class: SRAN}]}"),
                  {"unknown class 'SRAN' of component 'a'", "test.yaml:1:55", "did you mean 'SRAM'?",
                   "estimators asked: ", "unit, native", "SRAN.csv"});
}

TEST(AccelergyErrors, name_an_unknown_class_and_action_of_a_part) {
  expect_in_order(errors_of(compound_of("{name: w, class: wre}", "{name: go}")),
                  {"unknown class 'wre' of subcomponent 'w' of 'box'", "did you mean 'wire"});
  expect_in_order(errors_of(compound_of("{name: w, class: SRAM}",
                                        "{name: go, subcomponents: [{name: w, actions: [{name: raed}]}]}")),
                  {"class SRAM has no action 'raed'", "did you mean 'read'?"});
}

TEST(AccelergyErrors, name_a_missing_attribute) {
  expect_in_order(
      errors_of("compound_components: {version: 0.3, classes: [{name: box, attributes: {depth: must_specify}}]}\n"
                "architecture: {version: 0.3, local: [{name: a, class: box}]}",
                {"unit"}),
      {"component 'a' of class 'box' needs 'depth'", "test.yaml:2:"});
}

TEST(AccelergyErrors, name_a_compound_that_contains_itself) {
  expect_in_order(errors_of(compound_of("{name: inner, class: box}", "{name: go}"), {"unit"}),
                  {"compound component 'box' contains itself", "box > box"});
}

TEST(AccelergyErrors, name_bad_and_huge_ranges) {
  expect_in_order(errors_of(compound_of("{name: 'w[0..n-9]', class: wire}", "{name: go}"), {"unit"}),
                  {"expected a plain number >= 0 in 'box'", "this is -4"});
  expect_in_order(
      errors_of(compound_of("{name: w, class: wire}", "{name: go, arguments: {k: 0..1000000000}}"), {"unit"}),
      {"the arguments of 'go' of component 'a' have 1e+09 combinations"});
  expect_in_order(errors_of(compound_of("{name: w, class: wire}", "{name: go, arguments: {k: 3}}"), {"unit"}),
                  {"argument 'k' of action 'go' needs a range", "as in 0..1"});
}

TEST(AccelergyErrors, name_keys_results_and_templates) {
  expect_in_order(errors_of("archtecture: {version: 0.3}"),
                  {"unknown key 'archtecture'", "did you mean 'architecture'?"});
  expect_in_order(errors_of("ERT_summary: {version: 0.3}"), {"'ERT_summary' is a result, not an input"});
  expect_in_order(errors_of("# {{ in a comment }}\n{{include_text('../problem.yaml')}}"),
                  {"Jinja templates are not read", "test.yaml:2:1", "parsed-processed-input.yaml"});
  expect_in_order(errors_of(compound_of("{name: w, class: wire, clas: x}", "{name: go}")),
                  {"unknown key 'clas' in subcomponent 'w' of compound component 'box'", "did you mean 'class'?"});
}

TEST(AccelergyErrors, name_a_component_of_a_reference_table_that_the_chip_does_not_have) {
  expect_in_order(
      errors_of(one_sram + "ERT: {version: 0.3, tables: [{name: gbl, actions: [{name: read, energy: 1}]}]}"),
      {"the reference tables name 'gbl'", "did you mean 'glb'?"});
  expect_in_order(errors_of("ERT: {version: 0.3, tables: [{name: a, actions: [{name: read, energy: -1}]}]}"),
                  {"'energy' must be a plain number that is not negative", "test.yaml:1:71"});
}

TEST(AccelergyErrors, name_an_override_without_a_node) {
  Registry registry;
  Diagnostics diagnostics;
  read_accelergy_system({source_of(one_sram)}, registry, {.overrides = {{"gbl.width", "3"}}}, diagnostics);
  expect_in_order(render(diagnostics.all()), {"no node 'gbl' in the architecture", "--set:1:1", "did you mean 'glb'?"});
}

TEST(FieldTable, says_which_rows_contradict_each_other) {
  Diagnostics diagnostics;
  read_field_table_class(source_of("technology,datawidth,action,energy,area\n"
                                   "32nm,16,add,0.5,200\n"
                                   "32nm,16,add,0.6,200\n"
                                   "32nm,8,add,x,200\n"
                                   "32nm,8,idle,0,210\n",
                                   "intadder.csv"),
                         "intadder", diagnostics);
  expect_in_order(
      render(diagnostics.all()),
      {"'x' is not an energy in pJ", "intadder.csv:4:12", "contradict each other: 0.5 and 0.6 pJ for 'add'",
       "intadder.csv:3:1", "the other one is at intadder.csv:2:1", "give 200 and 210 um2 for the same attributes"});
}

TEST(FieldTable, needs_its_columns) {
  Diagnostics diagnostics;
  read_field_table_class(source_of("technology,acton,energy\n", "a.csv"), "a", diagnostics);
  expect_in_order(render(diagnostics.all()), {"the table of 'a' has no column 'action'", "did you mean 'acton'?"});
}

}  // namespace
}  // namespace ohmloop
