#include "ohmloop/arch/describe.hpp"

#include <array>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

std::string role_list(const ByRole<bool>& wanted) {
  std::vector<std::string> names;
  for (const Role role : all_roles) {
    if (wanted[role_index(role)]) names.emplace_back(to_string(role));
  }
  return list_names(names);
}

ByRole<bool> placed(const Memory& memory, Placement placement) {
  ByRole<bool> result{};
  for (const Role role : all_roles) {
    result[role_index(role)] = memory.placement[role_index(role)] == placement;
  }
  return result;
}

std::string relation_sign(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "=";
    case Relation::at_most:
      return "<=";
    case Relation::at_least:
      return ">=";
  }
  return "";
}

void add_loops(std::vector<std::string>& facts, const LoopConstraints& loops, const char* verb) {
  if (loops.ranks)
    facts.push_back(loops.ranks->empty() ? "no loops" : fmt::format("{} {}", verb, list_names(*loops.ranks)));
  for (const FactorConstraint& factor : loops.factors) {
    facts.push_back(fmt::format("{} {} {}", factor.rank, relation_sign(factor.relation), factor.bound));
  }
  if (!loops.order.empty()) facts.push_back(fmt::format("order {}", fmt::join(loops.order, " ")));
}

std::string bandwidth(const Memory& memory) {
  const auto& reading = memory.read_bandwidth_bits_per_cycle;
  const auto& writing = memory.write_bandwidth_bits_per_cycle;
  const auto text = [](const std::optional<double>& bits) { return bits ? fmt::format("{:g}", *bits) : "any"; };
  if (!reading && !writing) return {};
  if (reading == writing) return fmt::format("{} bit/cycle", text(reading));
  return fmt::format("read {}, write {} bit/cycle", text(reading), text(writing));
}

std::vector<std::string> facts_of(const Memory& memory) {
  std::vector<std::string> facts;
  facts.push_back(memory.size_bits ? bits_to_text(*memory.size_bits) : "unlimited");
  if (memory.width_bits > 0) facts.push_back(fmt::format("{} bit wide", memory.width_bits));
  if (const std::string text = bandwidth(memory); !text.empty()) facts.push_back(text);
  if (const std::string roles = role_list(placed(memory, Placement::keep)); !roles.empty()) {
    facts.push_back("keeps " + roles);
  }
  if (const std::string roles = role_list(placed(memory, Placement::free)); !roles.empty()) {
    facts.push_back("may keep " + roles);
  }
  if (memory.holds_windows) facts.emplace_back("holds windows");
  if (memory.resident) facts.emplace_back("programmed before inference");
  add_loops(facts, memory.loops, "loops over");
  return facts;
}

std::vector<std::string> facts_of(const Fanout& fanout) {
  std::vector<std::string> facts = {fmt::format("{} copies of what follows", fanout.count)};
  add_loops(facts, fanout.loops, "map");
  const ByRole<bool> separate = {!fanout.shares[0], !fanout.shares[1], !fanout.shares[2]};
  if (const std::string roles = role_list(separate); !roles.empty()) facts.push_back("separate " + roles);
  return facts;
}

std::vector<std::string> facts_of(const Converter& converter) {
  std::vector<std::string> facts = {"passes " + role_list(converter.passes)};
  if (converter.reduces) facts.emplace_back("adds partial sums");
  if (converter.shared_by > 1) facts.push_back(fmt::format("shared by {}", converter.shared_by));
  return facts;
}

std::vector<std::string> facts_of(const Component& component) {
  if (component.count == 1) return {};
  return {fmt::format("{} at each place", component.count)};
}

std::vector<std::string> facts_of(const Compute& /*compute*/) { return {"computes"}; }

std::string node_line(const Architecture& architecture, NodeId id) {
  const Node& node = architecture.node(id);
  std::vector<std::string> facts;
  if (!node.class_name.empty()) facts.push_back(node.class_name);
  if (const std::int64_t copies = architecture.instances(id); copies > 1) facts.push_back(fmt::format("x {}", copies));
  for (std::string& fact : std::visit([](const auto& body) { return facts_of(body); }, node.body)) {
    facts.push_back(std::move(fact));
  }
  if (const auto found = node.attributes.find("resolution"); found != node.attributes.end()) {
    facts.push_back(to_string(found->second.value));
  }
  return fmt::format("{}: {}", node.name, fmt::join(facts, "; "));
}

/// Sizes, and what is not the ordinary case: lines that take turns, and pairs of elements.
std::string array_line(const ArraySlicing& array) {
  std::string text = fmt::format("arrays of {} x {}, {} bit per cell, {} bit of an input per step", array.rows,
                                 array.columns, array.bits_per_cell, array.input_slice_bits);
  if (array.active_rows) text += fmt::format(", {} rows at once", *array.active_rows);
  if (array.active_columns) text += fmt::format(", {} columns at once", *array.active_columns);
  if (array.weight_encoding == WeightEncoding::xnor) {
    text += ", -1 or +1 in pairs of rows";
  } else if (array.weight_encoding == WeightEncoding::differential) {
    text += fmt::format(", differential in pairs of {}{}", array.pairs == Pairs::rows ? "rows" : "columns",
                        array.subtraction == Subtraction::digital ? ", subtracted after conversion" : "");
  }
  return text + "\n";
}

std::string heading(const Architecture& architecture) {
  std::string text = architecture.name;
  if (architecture.technology_nm) text += fmt::format(", {:g} nm", *architecture.technology_nm);
  text += fmt::format(", {:g} MHz, {}-bit inputs, {}-bit weights, {}-bit outputs\n", architecture.clock_hertz / 1e6,
                      architecture.bits.input, architecture.bits.weight, architecture.bits.output);
  if (!architecture.citation.empty()) text += fmt::format("source: {}\n", architecture.citation);
  if (!architecture.fitted.empty()) {
    std::vector<std::string> constants;
    for (const FittedValue& each : architecture.fitted) {
      constants.push_back(fmt::format("{} {}", each.name, to_string(each.value)));
    }
    text += fmt::format("fitted to measurements of the chip: {} constants: {}\n", constants.size(),
                        fmt::join(constants, ", "));
  }
  if (!architecture.array) return text;
  return text + array_line(*architecture.array);
}

}  // namespace

std::string bits_to_text(std::int64_t bits) {
  constexpr std::array<const char*, 5> units = {"B", "KiB", "MiB", "GiB", "TiB"};
  if (bits % 8 != 0 || bits < 512) return fmt::format("{} bit", bits);
  double amount = static_cast<double>(bits) / 8;
  std::size_t unit = 0;
  while (amount >= 1024 && unit + 1 < units.size()) {
    amount /= 1024;
    ++unit;
  }
  return fmt::format("{:.4g} {}", amount, units[unit]);
}

std::string to_text(const Architecture& architecture) {
  std::string text = heading(architecture);
  std::size_t depth = 1;
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    text += fmt::format("{:{}}{}\n", "", 2 * depth, node_line(architecture, NodeId(i)));
    if (architecture.nodes[i].as<Fanout>() != nullptr) ++depth;
  }
  return text;
}

}  // namespace ohmloop
