#include <utility>

#include "ohmloop/energy/class_specs.hpp"

namespace ohmloop {
namespace {

AttributeSpec operand_width() { return required(whole_bits("width", "bits of an operand", 1, 128)); }

ComponentClass multiplier_and_adder() {
  return {.name = "int_mac",
          .description = "Integer multiplier and adder.",
          .attributes = {required(whole_bits("multiplier_bits", "bits of either factor", 1, 128)),
                         required(whole_bits("adder_bits", "bits of the accumulated sum", 1, 256))},
          .actions = {{"compute", ActionUnit::value, "one multiplication and one addition"},
                      {"mac_random", ActionUnit::value, "the same, of factors that both change: as `compute`"},
                      {"mac_reused", ActionUnit::value, "one factor is the one of the operation before"},
                      {"mac_gated", ActionUnit::value, "a factor is zero, and the multiplier is not switched"},
                      idle_action()},
          .compute_action = "compute"};
}

std::vector<ComponentClass> integer_classes() {
  return {multiplier_and_adder(),
          {.name = "int_adder",
           .description = "Integer adder.",
           .attributes = {operand_width()},
           .actions = {{"add", ActionUnit::value, "one addition"}, idle_action()},
           .passing_action = "add",
           .compute_action = "add"},
          {.name = "int_multiplier",
           .description = "Integer multiplier.",
           .attributes = {operand_width()},
           .actions = {{"multiply", ActionUnit::value, "one multiplication"}, idle_action()},
           .passing_action = "multiply",
           .compute_action = "multiply"},
          {.name = "shift_add",
           .description = "Shifts a partial result to its slice's place and adds it.",
           .attributes = {whole_bits("width", "bits of the sum", 1, 128)},
           .actions = {{"shift_add", ActionUnit::value, "one shift and addition"}},
           .passing_action = "shift_add"},
          {.name = "adder_tree",
           .description = "Adds `inputs` values to one; inputs - 1 adders.",
           .attributes = {operand_width(), required(whole("inputs", "values that are added", 2, 1048576))},
           .actions = {{"add", ActionUnit::value, "one value that enters and is added"}},
           .passing_action = "add"},
          {.name = "quantiser",
           .description = "Makes a sum an activation of fewer bits: scales by a constant, rounds and clips.",
           .attributes = {operand_width(), standard("8 bit", whole_bits("scale_bits", "bits of the constant", 1, 64))},
           .actions = {{"quantise", ActionUnit::value, "one sum scaled, rounded and clipped"}},
           .passing_action = "quantise"}};
}

std::vector<ComponentClass> logic_classes() {
  return {{.name = "fifo",
           .description = "Queue of flip-flops.",
           .attributes = {required(whole_bits("width", "bits of a word", 1, 4096)),
                          standard("2", whole("depth", "words", 1, 1024))},
           .actions = {{"push", ActionUnit::value, "one word enters"},
                       {"pop", ActionUnit::value, "one word leaves"},
                       idle_action()}},
          {.name = "comparator",
           .description = "Compares two numbers.",
           .attributes = {operand_width()},
           .actions = {{"compare", ActionUnit::value, "one comparison"},
                       {"compare_repeated", ActionUnit::value, "a comparison of the same numbers as before"},
                       idle_action()},
           .passing_action = "compare"},
          {.name = "counter",
           .description = "Counts up; generates addresses.",
           .attributes = {required(whole_bits("width", "bits of the count", 1, 128))},
           .actions = {{"count", ActionUnit::value, "one step"}, idle_action()}},
          {.name = "shifter",
           .description = "Shifts a number by any distance.",
           .attributes = {operand_width()},
           .actions = {{"shift", ActionUnit::value, "one shift"}, idle_action()},
           .passing_action = "shift"},
          {.name = "bitwise",
           .description = "And, or, exclusive or of two words.",
           .attributes = {operand_width()},
           .actions = {{"compute", ActionUnit::value, "one operation"}, idle_action()},
           .passing_action = "compute",
           .compute_action = "compute"},
          {.name = "mux",
           .description = "Selects one of `inputs` words.",
           .attributes = {operand_width(), required(whole("inputs", "words to select from", 2, 1024))},
           .actions = {{"select", ActionUnit::value, "one word passes"}, idle_action()},
           .passing_action = "select"},
          {.name = "crossbar",
           .description = "Any of `inputs` ports to any of `outputs` ports.",
           .attributes = {operand_width(), required(whole("inputs", "ports that words enter", 1, 256)),
                          required(whole("outputs", "ports that words leave", 1, 256))},
           .actions = {{"transfer", ActionUnit::value, "one word passes from an input to an output"}, idle_action()},
           .passing_action = "transfer"}};
}

std::vector<ComponentClass> floating_classes() {
  const AttributeSpec width = required(whole_bits("width", "bits of a number: 16, 32 or 64", 16, 64));
  return {{.name = "fp_adder",
           .description = "Floating-point adder.",
           .attributes = {width},
           .actions = {{"add", ActionUnit::value, "one addition"}},
           .passing_action = "add",
           .compute_action = "add"},
          {.name = "fp_multiplier",
           .description = "Floating-point multiplier.",
           .attributes = {width},
           .actions = {{"multiply", ActionUnit::value, "one multiplication"}},
           .passing_action = "multiply",
           .compute_action = "multiply"},
          {.name = "fp_mac",
           .description = "Floating-point multiplier and adder.",
           .attributes = {width},
           .actions = {{"compute", ActionUnit::value, "one multiplication and one addition"}},
           .compute_action = "compute"}};
}

}  // namespace

std::vector<ComponentClass> digital_classes() {
  std::vector<ComponentClass> all = integer_classes();
  for (const ComponentClass& component : logic_classes()) all.push_back(component);
  for (const ComponentClass& component : floating_classes()) all.push_back(component);
  return all;
}

}  // namespace ohmloop
