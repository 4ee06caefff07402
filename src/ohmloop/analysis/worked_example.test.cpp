#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/mapping/read_mapping.hpp"
#include "ohmloop/workload/layer_file.hpp"

/// The convolution that docs/counting.md counts by hand, read from the page itself.
namespace ohmloop {
namespace {

std::string section() {
  std::ifstream file(OHMLOOP_SOURCE_DIR "/docs/counting.md");
  std::ostringstream text;
  text << file.rdbuf();
  const std::string page = text.str();
  const std::size_t begin = page.find("## A convolution to count by hand");
  if (begin == std::string::npos) throw std::runtime_error("docs/counting.md has no convolution to count by hand");
  return page.substr(begin, page.find("\n## ", begin) - begin);
}

SourceFilePtr code_block(const std::string& text, std::size_t index) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= index; ++i) begin = text.find("```yaml\n", begin) + 8;
  return std::make_shared<const SourceFile>(
      SourceFile{"counting.md", text.substr(begin, text.find("```", begin) - begin)});
}

struct Example {
  Architecture architecture;
  Einsum einsum;
  Mapping mapping;
};

Example read_example(const std::string& text) {
  Diagnostics diagnostics;
  Example example;
  example.architecture = read_architecture(code_block(text, 0), {}, diagnostics);
  const YamlNode root = parse_yaml(code_block(text, 1), diagnostics);
  const auto layer = read_layer(*root.find("layer"), "example", diagnostics);
  if (!layer) throw std::runtime_error(render(diagnostics.all()));
  example.einsum = lower(layer->name, std::get<LayerShape>(layer->form), example.architecture);
  const auto file = read_mapping(*root.find("mapping"), example.einsum, example.architecture, diagnostics);
  if (!file) throw std::runtime_error(render(diagnostics.all()));
  example.mapping = file->mapping;
  return example;
}

/// The rows of the table of counts by "memory, tensor".
std::map<std::string, TensorActions> table(const std::string& text) {
  std::map<std::string, TensorActions> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '|');) cells.push_back(cell);
    if (cells.size() != 7 || cells[1].find(',') == std::string::npos || cells[2] == " reads ") continue;
    const auto number = [&](std::size_t cell) -> std::int64_t { return std::stoll(cells[cell]); };
    rows[cells[1].substr(1, cells[1].size() - 2)] = {number(2), number(3), number(4), number(5)};
  }
  return rows;
}

TEST(WorkedExample, HasTheNumbersOfThePage) {
  const std::string text = section();
  const Example example = read_example(text);
  ASSERT_TRUE(check_mapping(example.einsum, example.architecture, example.mapping).empty());
  const Counts counts = count_actions(example.einsum, example.architecture, example.mapping);
  EXPECT_EQ(counts.computes, 24);
  EXPECT_EQ(counts.steps, 12);
  const auto rows = table(text);
  EXPECT_EQ(rows.size(), 6U);
  for (const char* memory : {"main", "register"}) {
    const MemoryCounts& counted = counts.memories[example.architecture.find(memory)->index()];
    for (const Role role : all_roles) {
      const std::string name = std::string(memory) + ", " + std::string(to_string(role));
      ASSERT_TRUE(rows.contains(name)) << name;
      EXPECT_EQ(counted.total[role_index(role)], rows.at(name)) << name;
    }
  }
}

TEST(WorkedExample, FillsARegisterToTheLastBitAndSplitsEvenly) {
  const Example example = read_example(section());
  const Counts counts = count_actions(example.einsum, example.architecture, example.mapping);
  const MemoryCounts& counted = counts.memories[example.architecture.find("register")->index()];
  EXPECT_EQ(counted.tile_elements, (ByRole<std::int64_t>{3, 3, 1}));
  for (const Role role : all_roles) {
    const TensorActions& busiest = counted.busiest[role_index(role)];
    EXPECT_EQ((TensorActions{2 * busiest.reads, 2 * busiest.fills, 2 * busiest.updates, 2 * busiest.drains}),
              counted.total[role_index(role)]);
  }
}

}  // namespace
}  // namespace ohmloop
