#include "ohmloop/cost/cost_part.hpp"

#include <algorithm>
#include <optional>

namespace ohmloop {
namespace {

struct ClassPart {
  std::string_view class_name;
  CostPart part;
};

/// Built-in classes that values pass or that compute. Memories and all others go by their node.
constexpr std::array<ClassPart, 28> class_parts = {{{"dac", CostPart::dac},
                                                    {"adc", CostPart::adc},
                                                    {"sample_and_hold", CostPart::adc},
                                                    {"line_driver", CostPart::array},
                                                    {"shift_add", CostPart::digital},
                                                    {"adder_tree", CostPart::digital},
                                                    {"quantiser", CostPart::digital},
                                                    {"comparator", CostPart::digital},
                                                    {"shifter", CostPart::digital},
                                                    {"mux", CostPart::digital},
                                                    {"sigmoid", CostPart::digital},
                                                    {"max_pool", CostPart::digital},
                                                    {"counter", CostPart::digital},
                                                    {"int_mac", CostPart::digital},
                                                    {"int_adder", CostPart::digital},
                                                    {"int_multiplier", CostPart::digital},
                                                    {"bitwise", CostPart::digital},
                                                    {"fp_adder", CostPart::digital},
                                                    {"fp_multiplier", CostPart::digital},
                                                    {"fp_mac", CostPart::digital},
                                                    {"fifo", CostPart::buffers},
                                                    {"crossbar", CostPart::movement},
                                                    {"wire", CostPart::movement},
                                                    {"bus", CostPart::movement},
                                                    {"router", CostPart::movement},
                                                    {"hyper_transport", CostPart::movement},
                                                    {"port", CostPart::movement},
                                                    {"dram", CostPart::off_chip}}};

std::optional<CostPart> part_of_class(std::string_view name) {
  const auto* found = std::find_if(class_parts.begin(), class_parts.end(),
                                   [&](const ClassPart& one) { return one.class_name == name; });
  return found == class_parts.end() ? std::nullopt : std::optional(found->part);
}

/// The fan-out over columns: from there on everything is the array.
std::optional<std::size_t> first_of_array(const Architecture& architecture) {
  if (!architecture.array) return std::nullopt;
  return architecture.array->cells.index() - 2;
}

/// Whether no copies are made between the node and its array.
bool beside_array(const Architecture& architecture, std::size_t index, std::size_t array) {
  for (std::size_t i = index + 1; i < array; ++i) {
    if (architecture.nodes[i].as<Fanout>() != nullptr) return false;
  }
  return true;
}

CostPart part_of_converter(const Architecture& architecture, const Converter& converter, NodeId id) {
  if (converter.reduces) return CostPart::digital;
  const std::optional<std::size_t> array = first_of_array(architecture);
  if (!array || !beside_array(architecture, id.index(), *array)) return CostPart::movement;
  const bool inputs = converter.passes[role_index(Role::input)];
  const bool outputs = converter.passes[role_index(Role::output)];
  if (inputs == outputs) return CostPart::movement;
  return inputs ? CostPart::dac : CostPart::adc;
}

}  // namespace

std::string_view to_string(CostPart part) {
  constexpr std::array<std::string_view, all_cost_parts.size()> names = {"dac",     "adc",      "array",   "digital",
                                                                         "buffers", "movement", "off_chip"};
  return names[part_index(part)];
}

CostPart cost_part(const Architecture& architecture, NodeId id) {
  const Node& node = architecture.node(id);
  const std::optional<std::size_t> array = first_of_array(architecture);
  if (array && id.index() >= *array) return CostPart::array;
  if (const std::optional<CostPart> part = part_of_class(node.class_name)) return *part;
  if (node.as<Memory>() != nullptr) return CostPart::buffers;
  if (const auto* converter = node.as<Converter>()) return part_of_converter(architecture, *converter, id);
  return node.as<Fanout>() != nullptr ? CostPart::movement : CostPart::digital;
}

bool moves_values(CostPart part) {
  return part == CostPart::buffers || part == CostPart::movement || part == CostPart::off_chip;
}

}  // namespace ohmloop
