#include "ohmloop/accelergy/architecture_tree.hpp"

#include <filesystem>
#include <functional>

#include <gtest/gtest.h>

#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using testing_text::tree_of;

/// "path class xcopies" of every component, outer to inner.
std::vector<std::string> components_of(const FieldNode& node) {
  std::vector<std::string> result;
  if (node.kind == FieldNode::Kind::component) {
    const std::string& known_as = node.subclass.empty() ? node.class_name : node.subclass;
    result.push_back(node.path + " " + known_as + " x" + std::to_string(node.copies));
  }
  for (const FieldNode& child : node.children) {
    for (std::string& text : components_of(child)) result.push_back(std::move(text));
  }
  return result;
}

const FieldNode* find_node(const FieldNode& node, std::string_view name) {
  if (node.name == name) return &node;
  for (const FieldNode& child : node.children) {
    if (const FieldNode* found = find_node(child, name)) return found;
  }
  return nullptr;
}

std::string attribute(const FieldArchitecture& architecture, std::string_view node, std::string_view name) {
  const FieldNode* found = find_node(architecture.root, node);
  if (found == nullptr) return "no such node";
  const auto entry = found->attributes.find(name);
  return entry == found->attributes.end() ? "none" : to_string(entry->second.value);
}

FieldArchitecture read(const std::string& text) {
  Diagnostics diagnostics;
  const YamlNode tree = tree_of(text);
  FieldArchitecture result = read_field_architecture(tree, nullptr, diagnostics);
  diagnostics.throw_if_errors();
  return result;
}

std::string errors_of(const std::string& text) {
  Diagnostics diagnostics;
  const YamlNode tree = tree_of(text);
  read_field_architecture(tree, nullptr, diagnostics);
  std::string result;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    result += testing_text::place_of(diagnostic.where) + " " + diagnostic.message;
    if (!diagnostic.label.empty()) result += " [" + diagnostic.label + "]";
    result += "\n";
  }
  return result;
}

FieldArchitecture read_shared(const std::string& path) {
  Diagnostics diagnostics;
  const std::string whole = OHMLOOP_SOURCE_DIR "/../shared/peers/" + path;
  const YamlNode tree = parse_yaml(read_source_file(whole), diagnostics);
  diagnostics.throw_if_errors();
  FieldArchitecture result = read_field_architecture(*tree.find("architecture"), nullptr, diagnostics);
  diagnostics.throw_if_errors();
  return result;
}

bool shared_data_is_absent() { return !std::filesystem::exists(OHMLOOP_SOURCE_DIR "/../shared/peers/accelergy"); }

constexpr const char* no_shared_data = "the shared reference data are not beside the checkout";

TEST(FieldArchitecture, of_v03_has_local_components_before_subtrees_and_counts_copies) {
  const FieldArchitecture chip = read(R"(
version: 0.3
subtree:
- name: chip
  attributes: {technology: 40nm, rows: 3}
  subtree:
  - name: PE[0..rows*4-1]
    local:
    - {name: mac, class: intmac}
    - {name: 'spad[0..1]', class: regfile, attributes: {depth: 8}}
  local:
  - {name: glb, class: SRAM, attributes: {width: 64, depth: bank * 2, bank: 512}}
)");
  EXPECT_EQ(components_of(chip.root), (std::vector<std::string>{"chip.glb SRAM x1", "chip.PE[0..11].mac intmac x12",
                                                                "chip.PE[0..11].spad[0..1] regfile x24"}));
  EXPECT_EQ(attribute(chip, "glb", "depth"), "1024");
  EXPECT_EQ(attribute(chip, "mac", "technology"), "40 nm");
  EXPECT_EQ(attribute(chip, "mac", "depth"), "none");
  EXPECT_EQ(chip.version, "0.3");
}

TEST(FieldArchitecture, takes_a_subclass_as_what_energy_estimation_knows) {
  const FieldArchitecture chip = read("{version: 0.3, local: [{name: a, class: storage, subclass: smartbuffer}]}");
  EXPECT_EQ(chip.root.children.at(0).class_name, "storage");
  EXPECT_EQ(chip.root.children.at(0).subclass, "smartbuffer");
}

TEST(FieldArchitecture, lets_expressions_see_what_is_around_them) {
  const FieldArchitecture chip = read(R"(
version: 0.3
subtree:
- name: chip
  attributes: {width: 16, block-size: 4, kind: memristor, latency: 5ns}
  local:
  - {name: a, class: x, attributes: {width: width * 2, bits: log(12), half: round(5 / 2), list: [1, 2]}}
  - {name: b, class: x, attributes: {bits: log(1024), technology: "40nm", power_gated_at: }}
)");
  EXPECT_EQ(attribute(chip, "a", "width"), "32");
  EXPECT_EQ(attribute(chip, "a", "bits"), "4");
  EXPECT_EQ(attribute(chip, "b", "bits"), "10");
  EXPECT_EQ(attribute(chip, "a", "half"), "2");
  EXPECT_EQ(attribute(chip, "a", "list"), "none");
  EXPECT_EQ(attribute(chip, "b", "technology"), "40 nm");
  EXPECT_EQ(attribute(chip, "b", "block-size"), "4");
  EXPECT_EQ(attribute(chip, "b", "kind"), "memristor");
  EXPECT_EQ(attribute(chip, "b", "latency"), "5 ns");
}

TEST(FieldArchitecture, of_v04_lets_a_container_surround_what_follows) {
  const FieldArchitecture chip = read(R"(
version: 0.4
nodes:
- !Container {name: system, attributes: {technology: "65nm", columns: 14}}
- !Component {name: DRAM, class: DRAM, attributes: {type: "LPDDR4", bits: log(8)}}
- !Container {name: column, spatial: {meshX: columns}, constraints: {spatial: {split: 999}}}
- !Parallel
  nodes:
  - !Component {name: a, class: regfile, spatial: {meshX: 2, meshY: 3}}
  - !Hierarchical
    nodes:
    - !Container {name: PE, spatial: {meshY: 12}, attributes: {width: 8}}
    - !Component {name: b, class: regfile}
  - !Nothing {constraints: {dataspace: {keep: [Inputs]}}}
- !Component {name: mac, class: intmac, enabled: False}
)");
  EXPECT_EQ(components_of(chip.root),
            (std::vector<std::string>{"system.DRAM DRAM x1", "system.column[1..14].a[1..6] regfile x84",
                                      "system.column[1..14].PE[1..12].b regfile x168",
                                      "system.column[1..14].mac intmac x14"}));
  EXPECT_EQ(attribute(chip, "b", "technology"), "65 nm");
  EXPECT_EQ(attribute(chip, "b", "width"), "8");
  EXPECT_EQ(attribute(chip, "mac", "width"), "none");
  EXPECT_NEAR(std::get<Quantity>(find_node(chip.root, "DRAM")->attributes.at("bits").value).value, 2.0794415, 1e-7);
  EXPECT_EQ(find_node(chip.root, "a")->mesh_y, 3);
  EXPECT_TRUE(find_node(chip.root, "column")->constraints.has_value());
  EXPECT_FALSE(find_node(chip.root, "mac")->enabled);
}

TEST(FieldArchitecture, names_what_it_does_not_know) {
  EXPECT_EQ(errors_of("{version: 0.3, local: [{name: a, clas: x}]}"),
            "1:31+1 component 'a' needs the key 'class'\n1:34+4 unknown key 'clas' in component 'a' [did you mean "
            "'class'?]\n");
  EXPECT_EQ(errors_of("{version: 0.4, nodes: [!Containr {name: a}]}"),
            "1:24+9 unknown tag '!Containr' [did you mean '!Container'?]\n");
  EXPECT_EQ(errors_of("{version: 0.7}"), "1:11+3 version '0.7' of 'architecture' is not known\n");
  EXPECT_EQ(errors_of("{version: 0.3, local: [{name: a, class: x, sparse_optimizations: {}}]}"),
            "1:44+20 unknown key 'sparse_optimizations' in component 'a'\n");
}

TEST(FieldArchitecture, refuses_ranges_that_are_none) {
  const auto named = [](const std::string& name) {
    return errors_of("{version: 0.3, local: [{name: '" + name + "', class: x}]}");
  };
  EXPECT_EQ(named("a[3..1]"), "1:31+9 the range of 'a' ends at 1, before it starts at 3\n");
  EXPECT_EQ(named("a[0..x]"), "1:31+9 an index of 'a' must be a whole number, not the word 'x'\n");
  EXPECT_EQ(named("a[0..1.5]"), "1:31+11 an index of 'a' must be a whole number, not 1.5\n");
  EXPECT_EQ(named("a[..3]"), "1:31+8 expected '[first..last]' behind 'a'\n");
  EXPECT_EQ(named("a[0..3"), "1:31+8 the brackets of 'a[0..3' do not match\n");
  EXPECT_EQ(named("[0..3]"), "1:31+8 '[0..3]' has a range, but no name\n");
  EXPECT_EQ(named("a[0..9999999999999]"),
            "1:31+21 an index of 'a' must be from 0 to 1099511627776, not 9999999999999\n");
}

TEST(FieldArchitecture, refuses_more_instances_than_can_be_counted) {
  EXPECT_EQ(errors_of(R"(
version: 0.3
subtree:
- name: a[1..1000000000000]
  local:
  - {name: 'b[1..1000000000000]', class: x}
)"),
            "6:12+21 the chip has too many instances of 'a[1..1000000000000].b[1..1000000000000]' to count\n");
}

TEST(FieldArchitecture, reports_attributes_that_depend_on_themselves) {
  EXPECT_EQ(errors_of("{version: 0.3, local: [{name: a, class: x, attributes: {p: q + 1, q: p + 1}}]}"),
            "1:70+1 attribute 'p' depends on itself: p -> q -> p\n");
}

TEST(FieldArchitecture, of_the_eyeriss_like_example_is_the_one_that_accelergy_flattens) {
  if (shared_data_is_absent()) GTEST_SKIP() << no_shared_data;
  const FieldArchitecture chip = read_shared("accelergy/eyeriss_like/input/architecture.yaml");
  EXPECT_EQ(components_of(chip.root),
            (std::vector<std::string>{
                "eyeriss_like.weights_glb smartbuffer_SRAM x1", "eyeriss_like.shared_glb smartbuffer_SRAM x1",
                "eyeriss_like.ifmap_NoC XY_NoC x1", "eyeriss_like.weights_NoC XY_NoC x1",
                "eyeriss_like.psum_write_NoC XY_NoC x1", "eyeriss_like.psum_read_NoC XY_NoC x1",
                "eyeriss_like.PE[0..167].ifmap_spad smartbuffer_RF x168",
                "eyeriss_like.PE[0..167].weights_spad smartbuffer_SRAM x168",
                "eyeriss_like.PE[0..167].psum_spad smartbuffer_RF x168", "eyeriss_like.PE[0..167].mac intmac x168"}));
  EXPECT_EQ(attribute(chip, "shared_glb", "memory_depth"), "12800");

  const FieldArchitecture flat = read_shared("accelergy/eyeriss_like/reference/flattened_architecture.yaml");
  const std::vector<std::string> flattened = components_of(flat.root);
  EXPECT_EQ(flattened.at(0), "eyeriss_like.PE[0..167].ifmap_spad smartbuffer_RF x168");
  EXPECT_EQ(flattened.size(), 10U);
}

TEST(FieldArchitecture, of_timeloop_reads_the_same_before_and_after_its_front_end) {
  if (shared_data_is_absent()) GTEST_SKIP() << no_shared_data;
  const FieldArchitecture chip = read_shared("timeloop/published/eyeriss_like/arch.v0.4.yaml");
  const std::vector<std::string> components = components_of(chip.root);
  ASSERT_EQ(components.size(), 6U);
  EXPECT_EQ(components.at(2), "system.eyeriss.PE_column[1..14].PE[1..12].ifmap_spad smartbuffer_RF x168");
  EXPECT_EQ(components.at(5), "system.eyeriss.PE_column[1..14].PE[1..12].mac intmac x168");

  const FieldArchitecture processed = read_shared("timeloop/published/eyeriss_like/parsed-processed-input.yaml");
  const FieldNode* spad = find_node(processed.root, "ifmap_spad");
  ASSERT_NE(spad, nullptr);
  EXPECT_EQ(spad->path, "system_top_level.ifmap_spad[1..168]");
  EXPECT_EQ(spad->copies, 168);
  EXPECT_EQ(spad->first_instance, 1);
}

TEST(FieldArchitecture, reads_every_stored_description) {
  if (shared_data_is_absent()) GTEST_SKIP() << no_shared_data;
  std::size_t read_files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(OHMLOOP_SOURCE_DIR "/../shared/peers")) {
    if (entry.path().extension() != ".yaml" || entry.file_size() > 300'000) continue;
    const SourceFilePtr source = read_source_file(entry.path().string());
    if (source->text.find("\narchitecture:") == std::string::npos && !source->text.starts_with("architecture:"))
      continue;
    Diagnostics diagnostics;
    const YamlNode tree = parse_yaml(source, diagnostics);
    read_field_architecture(*tree.find("architecture"), nullptr, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << render(diagnostics.all());
    ++read_files;
  }
  EXPECT_GT(read_files, 20U);
}

}  // namespace
}  // namespace ohmloop
