#include <fmt/format.h>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/analysis/fuzzing/random_nest.hpp"

namespace ohmloop {
namespace {

std::string roles(const ByRole<bool>& flags) {
  std::string text;
  for (const Role role : all_roles) text += flags[role_index(role)] ? to_string(role).substr(0, 1) : "-";
  return text;
}

std::string describe_node(const Node& node) {
  if (const Memory* memory = node.as<Memory>())
    return node.name + (memory->holds_windows ? " memory, windows" : " memory");
  if (const Fanout* fanout = node.as<Fanout>()) {
    return fmt::format("{} fan-out {} shares {}", node.name, fanout->count, roles(fanout->shares));
  }
  if (const Converter* converter = node.as<Converter>()) {
    return fmt::format("{} converter passes {}{}", node.name, roles(converter->passes),
                       converter->reduces ? ", reduces" : "");
  }
  return node.name + " compute";
}

void compare(std::string& text, const std::string& what, std::int64_t expected, std::int64_t actual) {
  if (expected != actual) text += fmt::format("  {}: expected {}, got {}\n", what, expected, actual);
}

void compare(std::string& text, const std::string& what, const TensorActions& expected, const TensorActions& actual) {
  compare(text, what + " reads", expected.reads, actual.reads);
  compare(text, what + " fills", expected.fills, actual.fills);
  compare(text, what + " updates", expected.updates, actual.updates);
  compare(text, what + " drains", expected.drains, actual.drains);
}

}  // namespace

std::string describe(const RandomNest& nest) {
  std::string text;
  for (const Rank& rank : nest.einsum.ranks) {
    if (rank.size > 1) text += fmt::format("{}={} ", rank.name, rank.size);
  }
  text += "\n";
  for (const Axis& axis : nest.einsum.tensor(Role::input).axes) {
    text += fmt::format("input {}[{}] = {}", axis.name, axis.size, axis.offset);
    for (const AxisTerm& term : axis.terms) {
      text += fmt::format(" + {}*({}/{}%{})", term.coefficient, nest.einsum.rank(term.rank).name, term.divisor,
                          term.modulus);
    }
    text += "\n";
  }
  for (const Node& node : nest.architecture.nodes) text += describe_node(node) + "\n";
  return text + to_text(nest.einsum, nest.architecture, nest.mapping);
}

std::string differences(const Architecture& architecture, const Counts& expected, const Counts& actual) {
  std::string text;
  compare(text, "computes", expected.computes, actual.computes);
  compare(text, "steps", expected.steps, actual.steps);
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const std::string& name = architecture.nodes[i].name;
    compare(text, name + " used instances", expected.used_instances[i], actual.used_instances[i]);
    for (const Role role : all_roles) {
      const std::size_t r = role_index(role);
      const std::string what = fmt::format("{} {}", name, to_string(role));
      compare(text, what + " tile", expected.memories[i].tile_elements[r], actual.memories[i].tile_elements[r]);
      compare(text, what + " keeps", expected.memories[i].keeps[r], actual.memories[i].keeps[r]);
      compare(text, what + " total", expected.memories[i].total[r], actual.memories[i].total[r]);
      compare(text, what + " busiest", expected.memories[i].busiest[r], actual.memories[i].busiest[r]);
      compare(text, what + " passes", expected.converters[i].total[r], actual.converters[i].total[r]);
      compare(text, what + " passes, busiest", expected.converters[i].busiest[r], actual.converters[i].busiest[r]);
    }
  }
  return text;
}

}  // namespace ohmloop
