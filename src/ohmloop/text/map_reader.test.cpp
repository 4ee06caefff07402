#include "ohmloop/text/map_reader.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using testing_text::place_of;
using testing_text::tree_of;

/// A map under the reader together with everything that the reader refers to.
class MapReaderTest : public testing::Test {
 protected:
  MapReader& read(const std::string& text) {
    map_ = tree_of(text);
    reader_.emplace(map_, "memory 'glb'", scope_, diagnostics_);
    return *reader_;
  }

  /// The only error so far, as "line:column+length message [label]".
  [[nodiscard]] std::string error() const {
    if (diagnostics_.all().size() != 1) return std::to_string(diagnostics_.all().size()) + " errors";
    const Diagnostic& only = diagnostics_.all().front();
    return place_of(only.where) + " " + only.message + (only.label.empty() ? "" : " [" + only.label + "]");
  }

  YamlNode variables_ = tree_of("rows: 128\n");
  Diagnostics diagnostics_;
  VariableScope scope_{variables_, nullptr, diagnostics_};
  YamlNode map_;
  std::optional<MapReader> reader_;
};

TEST_F(MapReaderTest, reads_every_type) {
  MapReader& reader = read(
      "name: glb\nkept: true\nenergy: 0.8 pJ\nsize: 2 * 1 KiB\ncount: rows * 2\nwidth: 64\nkind: sram\n"
      "keep: [input, output]\nbypass: weight\n");
  EXPECT_EQ(reader.required_text("name"), "glb");
  EXPECT_EQ(reader.boolean("kept"), true);
  EXPECT_EQ(reader.number("energy", dimension::energy), 0.8e-12);
  EXPECT_EQ(reader.integer("size", dimension::bits, 1), 16384);
  EXPECT_EQ(reader.integer("count", dimension::none, 1), 256);
  EXPECT_EQ(reader.integer_in_bits("width", 1), 64);
  EXPECT_EQ(reader.choice("kind", std::vector<std::string>{"sram", "dram"}), "sram");
  EXPECT_EQ(reader.words("keep"), (std::vector<std::string>{"input", "output"}));
  EXPECT_EQ(reader.words("bypass"), std::vector<std::string>{"weight"});
  reader.finish();
  EXPECT_EQ(render(diagnostics_.all()), "");
}

TEST_F(MapReaderTest, gives_nothing_without_error_for_missing_keys) {
  MapReader& reader = read("{}");
  EXPECT_FALSE(reader.has("a"));
  EXPECT_FALSE(reader.text("a"));
  EXPECT_FALSE(reader.boolean("b"));
  EXPECT_FALSE(reader.value("c"));
  EXPECT_FALSE(reader.number("d", dimension::none));
  EXPECT_FALSE(reader.integer("e", dimension::none, 1));
  EXPECT_FALSE(reader.words("f"));
  EXPECT_FALSE(reader.choice("g", {}));
  EXPECT_TRUE(diagnostics_.all().empty());
}

TEST_F(MapReaderTest, reports_a_required_key_that_is_missing) {
  EXPECT_FALSE(read("a: 1\n").required_text("size"));
  EXPECT_EQ(error(), "1:1+1 memory 'glb' needs the key 'size'");
}

TEST_F(MapReaderTest, reports_unknown_keys_with_the_nearest_known_one) {
  MapReader& reader = read("width: 1\nszie: 2\n");
  reader.node("width");
  reader.node("size");
  reader.finish();
  EXPECT_EQ(error(), "2:1+4 unknown key 'szie' in memory 'glb' [did you mean 'size'?]");
  EXPECT_EQ(diagnostics_.all()[0].notes, std::vector<std::string>{"known keys: size, width"});
}

TEST_F(MapReaderTest, lists_keys_that_nobody_asked_for) {
  MapReader& reader = read("a: 1\nb: 2\nc: 3\n");
  reader.mark_known("b");
  std::vector<std::string> keys;
  for (const YamlEntry* entry : reader.remaining()) keys.push_back(entry->key);
  EXPECT_EQ(keys, (std::vector<std::string>{"a", "c"}));
}

TEST_F(MapReaderTest, wants_a_unit_where_one_is_meant) {
  EXPECT_FALSE(read("size: 64\n").number("size", dimension::bits));
  EXPECT_EQ(error(), "1:7+2 expected a size with a unit, as in 64 KiB or 16 bit, for 'size' of memory 'glb', found 64");
}

TEST_F(MapReaderTest, refuses_another_unit) {
  EXPECT_FALSE(read("size: 64 nm\n").number("size", dimension::energy));
  EXPECT_EQ(error(), "1:7+5 expected an energy, as in 0.8 pJ, for 'size' of memory 'glb', found 64 nm");
}

TEST_F(MapReaderTest, refuses_a_unit_on_a_plain_number) {
  EXPECT_FALSE(read("count: 64 bit\n").integer("count", dimension::none, 1));
  EXPECT_EQ(error(), "1:8+6 expected a plain number for 'count' of memory 'glb', found 64 bit");
}

TEST_F(MapReaderTest, suggests_a_variable_for_a_word) {
  EXPECT_FALSE(read("count: rwos\n").integer("count", dimension::none, 1));
  EXPECT_EQ(error(),
            "1:8+4 expected a plain number for 'count' of memory 'glb', found the word 'rwos' [did you mean 'rows'?]");
}

TEST_F(MapReaderTest, holds_whole_numbers_to_their_bounds) {
  EXPECT_FALSE(read("count: 0\n").integer("count", dimension::none, 1));
  EXPECT_EQ(error(), "1:8+1 'count' of memory 'glb' must be at least 1, not 0");
}

TEST_F(MapReaderTest, names_bounds_in_their_unit) {
  EXPECT_FALSE(read("bits: 64\n").integer_in_bits("bits", 1, 32));
  EXPECT_EQ(error(), "1:7+2 'bits' of memory 'glb' must be at most 32 bit, not 64 bit");
}

TEST_F(MapReaderTest, refuses_fractions) {
  EXPECT_FALSE(read("count: 5 / 2\n").integer("count", dimension::none, 1));
  EXPECT_EQ(error(), "1:8+5 'count' of memory 'glb' must be whole, not 2.5");
}

TEST_F(MapReaderTest, refuses_whole_numbers_that_a_double_cannot_hold) {
  EXPECT_FALSE(read("count: 1e30\n").integer("count", dimension::none, 1));
  EXPECT_EQ(error(), "1:8+4 'count' of memory 'glb' must be at most 2^53 to be exact, not 1e+30");
}

TEST_F(MapReaderTest, takes_sizes_as_bits_too_where_plain_numbers_are_bits) {
  EXPECT_EQ(read("width: 2 B\n").integer_in_bits("width", 1), 16);
  EXPECT_FALSE(read("width: 2 nm\n").integer_in_bits("width", 1));
  EXPECT_EQ(error(), "1:8+4 expected a number of bits, as in 16 or 16 bit, for 'width' of memory 'glb', found 2 nm");
}

TEST_F(MapReaderTest, refuses_a_word_that_is_no_choice) {
  EXPECT_FALSE(read("kind: srma\n").choice("kind", std::vector<std::string>{"sram", "dram"}));
  EXPECT_EQ(error(), "1:7+4 'kind' of memory 'glb' cannot be 'srma' [did you mean 'sram'?]");
  EXPECT_EQ(diagnostics_.all()[0].notes, std::vector<std::string>{"choices: sram, dram"});
}

TEST_F(MapReaderTest, refuses_collections_where_a_word_is_meant) {
  MapReader& reader = read("a: [1]\nb: [[1], x]\nc: {d: 1}\ne: 5\n");
  EXPECT_FALSE(reader.text("a"));
  EXPECT_FALSE(reader.words("b"));
  EXPECT_FALSE(reader.words("c"));
  EXPECT_FALSE(reader.boolean("e"));
  EXPECT_EQ(diagnostics_.all().size(), 4U);
}

TEST_F(MapReaderTest, refuses_a_list_once) {
  MapReader& reader = read("[1, 2]");
  reader.required_text("name");
  reader.finish();
  EXPECT_EQ(error(), "1:1+1 expected a map for memory 'glb', found a list");
}

TEST_F(MapReaderTest, reports_every_error_of_a_map) {
  MapReader& reader = read("size: 64\nenergy: 3 nm\nother: 1\n");
  reader.integer("size", dimension::bits, 1);
  reader.number("energy", dimension::energy);
  reader.required_node("name");
  reader.finish();
  EXPECT_EQ(diagnostics_.all().size(), 4U);
}

TEST_F(MapReaderTest, knows_the_places_of_keys) {
  const MapReader& reader = read("a: 1\nbcd: 2\n");
  EXPECT_EQ(place_of(reader.key_span("bcd")), "2:1+3");
  EXPECT_EQ(place_of(reader.key_span("missing")), "1:1+1");
}

}  // namespace
}  // namespace ohmloop
