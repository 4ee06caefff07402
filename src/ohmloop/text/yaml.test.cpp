#include "ohmloop/text/yaml.hpp"

#include <string>

#include <gtest/gtest.h>

#include "ohmloop/text/test_support.hpp"

namespace ohmloop {
namespace {

using testing_text::place_of;
using testing_text::source_of;
using testing_text::tree_of;

/// The first error of a text as "line:column+length message", and how many there are if more than one.
std::string error_of(const std::string& text, const YamlLimits& limits = {}) {
  Diagnostics diagnostics;
  parse_yaml(source_of(text), diagnostics, limits);
  if (diagnostics.all().empty()) return "no error";
  const Diagnostic& first = diagnostics.all().front();
  const std::size_t count = diagnostics.all().size();
  return place_of(first.where) + " " + first.message + (count > 1 ? " (of " + std::to_string(count) + ")" : "");
}

const YamlNode& at(const YamlNode& map, std::string_view key) {
  const YamlNode* found = map.find(key);
  if (found == nullptr) throw std::runtime_error("no key " + std::string(key));
  return *found;
}

TEST(ParseYaml, reads_maps_lists_and_scalars_in_order) {
  const YamlNode tree = tree_of("b: 1\na: [x, 'y z', {c: d}]\n");
  ASSERT_TRUE(tree.is_map());
  EXPECT_EQ(tree.entries.at(0).key, "b");
  EXPECT_EQ(tree.entries.at(1).key, "a");
  const YamlNode& list = at(tree, "a");
  ASSERT_TRUE(list.is_sequence());
  EXPECT_EQ(list.items.at(0).scalar, "x");
  EXPECT_FALSE(list.items.at(0).quoted);
  EXPECT_EQ(list.items.at(1).scalar, "y z");
  EXPECT_TRUE(list.items.at(1).quoted);
  EXPECT_EQ(at(list.items.at(2), "c").scalar, "d");
  EXPECT_EQ(tree.find("missing"), nullptr);
}

TEST(ParseYaml, gives_the_places_of_keys_and_values) {
  const YamlNode tree = tree_of("# comment\nname:   glb  # more\nlist:\n  - 64 KiB\n  - {\"k\": 'it''s'}\n");
  EXPECT_EQ(place_of(tree.span), "2:1+1");
  EXPECT_EQ(place_of(tree.entries.at(0).key_span), "2:1+4");
  EXPECT_EQ(place_of(at(tree, "name").span), "2:9+3");
  const YamlNode& list = at(tree, "list");
  EXPECT_EQ(place_of(list.span), "4:3+1");
  EXPECT_EQ(place_of(list.items.at(0).span), "4:5+6");
  EXPECT_EQ(place_of(list.items.at(1).span), "5:5+1");
  EXPECT_EQ(place_of(list.items.at(1).entries.at(0).key_span), "5:6+3");
  EXPECT_EQ(place_of(at(list.items.at(1), "k").span), "5:11+7");
}

TEST(ParseYaml, gives_the_places_of_values_behind_tags_and_anchors) {
  const YamlNode tree = tree_of("- !Memory   {name: a}\n- &x !T foo\n- !Map # why\n  k: v\n- !!str 12\n- *x\n");
  EXPECT_EQ(tree.items.at(0).tag, "!Memory");
  EXPECT_EQ(place_of(tree.items[0].span), "1:13+1");
  EXPECT_EQ(place_of(tree.items[0].tag_span), "1:3+7");
  EXPECT_EQ(tree.items.at(1).tag, "!T");
  EXPECT_EQ(place_of(tree.items[1].span), "2:9+3");
  EXPECT_EQ(place_of(tree.items.at(2).span), "4:3+1");
  EXPECT_EQ(tree.items.at(3).tag, "!!str");
  EXPECT_TRUE(tree.items[3].quoted);
  EXPECT_EQ(place_of(tree.items.at(4).span), "2:9+3");
  EXPECT_TRUE(at(tree.items[0], "name").tag_span.empty());
}

TEST(ParseYaml, counts_columns_in_bytes_and_lines_of_any_ending) {
  const YamlNode tree = tree_of(
      "\xef\xbb\xbf"
      "a: 1\r\n\"\u00b5\": x\r\n");
  EXPECT_EQ(place_of(tree.entries.at(0).key_span), "1:4+1");
  EXPECT_EQ(place_of(tree.entries.at(1).key_span), "2:1+4");
  EXPECT_EQ(place_of(tree.entries.at(1).value.span), "2:7+1");
}

TEST(ParseYaml, gives_the_places_of_scalars_over_several_lines) {
  const YamlNode tree = tree_of("a: one # c\nb: two\n  three\nc: |\n  block\nd: \"x\\\"\n  y\"\n");
  EXPECT_EQ(at(tree, "b").scalar, "two three");
  EXPECT_EQ(place_of(at(tree, "b").span), "2:4+3");
  EXPECT_EQ(at(tree, "c").scalar, "block\n");
  EXPECT_TRUE(at(tree, "c").quoted);
  EXPECT_EQ(place_of(at(tree, "c").span), "4:4+1");
  EXPECT_EQ(at(tree, "d").scalar, "x\" y");
  EXPECT_EQ(place_of(at(tree, "d").span), "6:4+9");
}

TEST(ParseYaml, reads_nothing_as_null_where_it_was_not_written) {
  const YamlNode tree = tree_of("a:\nb: ~\nc: null\nd:\n-\n- !Compute\ne: ''\n");
  EXPECT_TRUE(at(tree, "a").is_null());
  EXPECT_EQ(place_of(at(tree, "a").span), "1:1+1");
  EXPECT_TRUE(at(tree, "b").is_null());
  EXPECT_EQ(place_of(at(tree, "b").span), "2:4+1");
  EXPECT_TRUE(at(tree, "c").is_null());
  EXPECT_EQ(place_of(at(tree, "c").span), "3:4+4");
  const YamlNode& list = at(tree, "d");
  EXPECT_TRUE(list.items.at(0).is_null());
  EXPECT_EQ(place_of(list.items.at(0).span), "5:1+1");
  EXPECT_TRUE(list.items.at(1).is_null());
  EXPECT_EQ(list.items.at(1).tag, "!Compute");
  EXPECT_EQ(place_of(list.items.at(1).span), "6:3+8");
  EXPECT_TRUE(at(tree, "e").is_scalar());
}

TEST(ParseYaml, merges_maps_with_the_own_keys_first) {
  const YamlNode tree = tree_of(
      "base: &a {x: 1, y: 2}\nother: &b {y: 3, z: 4}\n"
      "one: {<<: *a, y: 9, w: 5}\nboth: {<<: [*a, *b], v: 6}\nplain: {'<<': 7}\n");
  const auto text = [](const YamlNode& map) {
    std::string result;
    for (const YamlEntry& entry : map.entries) result += entry.key + entry.value.scalar + " ";
    return result;
  };
  EXPECT_EQ(text(at(tree, "one")), "y9 w5 x1 ");
  EXPECT_EQ(text(at(tree, "both")), "v6 x1 y2 z4 ");
  EXPECT_EQ(text(at(tree, "plain")), "<<7 ");
  EXPECT_EQ(place_of(at(at(tree, "one"), "x").span), "1:14+1");
}

TEST(ParseYaml, reports_merges_of_what_is_no_map) {
  EXPECT_EQ(error_of("a: {<<: 3}\n"), "1:9+1 '<<' merges maps, not a scalar");
  EXPECT_EQ(error_of("a: {<<: [{b: 1}, x]}\n"), "1:18+1 '<<' merges maps, not a scalar");
  EXPECT_EQ(error_of("a: &a {b: 1}\nc: {<<: *a, <<: *a}\n"), "2:13+2 duplicate key '<<'");
}

TEST(ParseYaml, reports_duplicate_keys_with_both_places_and_goes_on) {
  Diagnostics diagnostics;
  const YamlNode tree = parse_yaml(source_of("a: 1\nb: 2\na: 3\nb: 4\nc: 5\n"), diagnostics);
  ASSERT_EQ(diagnostics.all().size(), 2U);
  EXPECT_EQ(diagnostics.all()[0].message, "duplicate key 'a'");
  EXPECT_EQ(place_of(diagnostics.all()[0].where), "3:1+1");
  EXPECT_EQ(diagnostics.all()[0].notes, std::vector<std::string>{"it was first given at test.yaml:1:1"});
  EXPECT_EQ(at(tree, "a").scalar, "1");
  EXPECT_EQ(at(tree, "c").scalar, "5");
}

TEST(ParseYaml, reports_keys_that_are_no_words) {
  EXPECT_EQ(error_of("[a]: 1\n"), "1:1+1 a key must be a word, not a list");
  EXPECT_EQ(error_of("{a: 1}: 1\n"), "1:1+1 a key must be a word, not a map");
  EXPECT_EQ(error_of("~: 1\n"), "1:1+1 a key must be a word, not nothing");
}

TEST(ParseYaml, reports_several_documents) {
  EXPECT_EQ(error_of("a: 1\n---\nb: 2\n"), "2:1+3 a second document begins here");
  EXPECT_EQ(error_of("- a\nb: 2\n"), "2:1+1 the value above ends here, but the file goes on");
  EXPECT_EQ(error_of("---\na: 1\n...\n"), "no error");
}

TEST(ParseYaml, reports_syntax_errors_where_they_can_be_mended) {
  EXPECT_EQ(error_of("a: b: c\n"), "1:5+1 a ':' where no value can stand");
  EXPECT_EQ(error_of("a:\n  b: 1\n c: 2\n"), "3:2+1 the map above ends here, but the file goes on");
  EXPECT_EQ(error_of("a: [1, 2\nb: 3\n"), "2:2+1 expected ',' or ']'");
  EXPECT_EQ(error_of("a: [1, {b: 2]\n"), "1:13+1 a closing bracket that does not fit");
  EXPECT_EQ(error_of("a: \"b\n"), "1:4+1 the file ends within a quoted text");
  EXPECT_EQ(error_of("a: @b\n"), "1:4+1 no value begins with this character");
  EXPECT_EQ(error_of("a: - b\n"), "1:4+1 a '-' where no list entry can stand");
}

TEST(ParseYaml, names_tabs_in_the_indentation) {
  EXPECT_EQ(error_of("a:\n\tb: 1\n"), "2:1+1 a tab in the indentation");
  EXPECT_EQ(error_of("a:\n  b:\n  \t- 1\n"), "3:3+1 a tab in the indentation");
  EXPECT_EQ(error_of("a:\n  b: 1\n\n \tc: 2\n"), "4:2+1 a tab in the indentation");
  EXPECT_EQ(error_of("a:\t1\t# fine\n"), "no error");
}

TEST(ParseYaml, reports_unknown_anchors_and_endless_aliases) {
  EXPECT_EQ(error_of("a: &abc 1\nb: *abd\n"), "2:4+4 unknown anchor 'abd'");
  EXPECT_EQ(error_of("a: &x [1, *x]\n"), "1:11+1 an alias stands inside what it stands for");
}

TEST(ParseYaml, reports_texts_without_a_value) {
  EXPECT_EQ(error_of(""), "1:1+1 'test.yaml' holds no value");
  EXPECT_EQ(error_of("# a comment\n\n"), "1:1+1 'test.yaml' holds no value");
}

TEST(ParseYaml, reports_bytes_that_are_no_text) {
  EXPECT_EQ(error_of(std::string("a: 1\nb: \0\n", 10)), "2:4+1 byte 0x00 does not belong in a text");
  EXPECT_EQ(error_of("a: \x04\n"), "1:4+1 byte 0x04 does not belong in a text");
  EXPECT_EQ(error_of("a: \xff\n"), "1:4+1 byte 0xff does not belong in a text");
}

TEST(ParseYaml, bounds_depth_however_it_is_written) {
  const auto repeated = [](const std::string& part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
  };
  for (const char* part : {"[", "{", "{a: ", "[a, ", "- ", "? ", "[\n", "!x [", "&a ["}) {
    const std::string error = error_of(repeated(part, 100000));
    EXPECT_NE(error.find("nested more than 64 levels deep"), std::string::npos) << part << ": " << error;
  }
  std::string stairs;
  for (int i = 0; i < 3000; ++i) stairs += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  EXPECT_EQ(error_of(stairs), "65:65+1 the document is nested more than 64 levels deep");
}

TEST(ParseYaml, allows_exactly_the_depth_of_its_limit) {
  const YamlLimits limits{.max_depth = 3, .max_nodes = 100};
  EXPECT_EQ(error_of("[[[1]]]", limits), "no error");
  EXPECT_EQ(error_of("[[[[1]]]]", limits), "1:4+1 the document is nested more than 3 levels deep");
  EXPECT_EQ(error_of("[&a [[1]], *a]", limits), "no error");
  EXPECT_EQ(error_of("[&a [[1]], [*a]]", limits), "1:13+1 the document is nested more than 3 levels deep");
}

TEST(ParseYaml, bounds_the_number_of_values_through_aliases) {
  std::string bomb = "a: &a [1,1,1,1,1,1,1,1,1,1]\n";
  for (char name = 'b'; name < 'm'; ++name) {
    const char before = static_cast<char>(name - 1);
    bomb += std::string(1, name) + ": &" + name + " [";
    for (int i = 0; i < 10; ++i) bomb += std::string(i == 0 ? "*" : ",*") + before;
    bomb += "]\n";
  }
  EXPECT_NE(error_of(bomb).find("the document has more than 1000000 values"), std::string::npos);
  EXPECT_EQ(error_of("[1, 2, 3]", {.max_depth = 3, .max_nodes = 3}).substr(0, 6), "1:1+1 ");
}

TEST(ParseYaml, reads_a_large_file_of_many_keys) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "key" + std::to_string(i) + ": {a: 1, b: 2}\n";
  EXPECT_EQ(tree_of(text).entries.size(), 20000U);
}

TEST(KindName, names_what_was_found) {
  const YamlNode tree = tree_of("a: 1\nb: []\nc: {}\nd:\n");
  EXPECT_EQ(kind_name(at(tree, "a")), "a scalar");
  EXPECT_EQ(kind_name(at(tree, "b")), "a list");
  EXPECT_EQ(kind_name(at(tree, "c")), "a map");
  EXPECT_EQ(kind_name(at(tree, "d")), "nothing");
}

}  // namespace
}  // namespace ohmloop
