#include "ohmloop/energy/class_table.hpp"

#include <utility>

#include "ohmloop/energy/class_specs.hpp"

namespace ohmloop {
namespace {

std::vector<ActionSpec> read_and_write() {
  return {{"read", ActionUnit::access, "reads one word of `width`"},
          {"write", ActionUnit::access, "writes one word of `width`"}};
}

/// Reading and writing of a memory whose energy depends on what changes from access to access.
std::vector<ActionSpec> memory_actions() {
  std::vector<ActionSpec> actions = read_and_write();
  for (ActionSpec& action : actions) {
    action.arguments = {{"data_delta", 0, 1, "", "1: the word differs from the one before, 0: it is the same"},
                        {"address_delta", 0, 1, "banks", "banks in which the address changes"}};
  }
  actions.push_back(idle_action());
  return actions;
}

ActionSpec transfer() { return {"transfer", ActionUnit::bit, "moves one bit"}; }

/// Every action that any node can ask for, for classes that cost the same whatever they do.
std::vector<ActionSpec> all_actions() {
  return {{"read", ActionUnit::access, "reads one word"},
          {"write", ActionUnit::access, "writes one word"},
          {"transfer", ActionUnit::value, "passes one value"},
          {"compute", ActionUnit::value, "computes one point"}};
}

std::vector<ComponentClass> flat_classes() {
  std::vector<ComponentClass> classes(3);
  classes[0] = {.name = "port",
                .description = "The edge of what is modelled: where tensors come from and go to, at no cost.",
                .attributes = {whole_bits("width", "bits of one access"), whole_bits("size", "unused", 0, max_bits)},
                .actions = all_actions(),
                .passing_action = "transfer",
                .compute_action = "",
                .scales = false,
                .no_area = true};
  classes[1] = {.name = "ideal",
                .description = "Costs nothing: for what-if studies.",
                .attributes = classes[0].attributes,
                .actions = all_actions(),
                .passing_action = "transfer",
                .compute_action = "compute",
                .scales = false,
                .no_area = true};
  classes[2] = classes[1];
  classes[2].name = "unit";
  classes[2].description = "Every action costs 1 pJ: turns energy into a count of actions, for checks.";
  return classes;
}

std::vector<ComponentClass> memory_classes() {
  const AttributeSpec width = required(whole_bits("width", "bits of one access"));
  const AttributeSpec size = required(whole_bits("size", "capacity", 1, max_bits));
  const AttributeSpec banks = whole("banks", "banks that the capacity is divided into", 1, 65536);
  return {
      {.name = "dram",
       .description = "Off-chip memory; energy per bit, interface included where the source has it. Its leakage is the "
                      "background power of one device in precharged standby; `units` says how many there are.",
       .attributes = {required(word("type",
                                    {"lpddr", "lpddr3", "lpddr4", "ddr3", "ddr4", "gddr5", "hbm2", "hbm3", "hbm4"},
                                    "kind of memory")),
                      width, whole_bits("size", "capacity; does not change the energy", 1, max_bits)},
       .actions = read_and_write(),
       .scales = false,
       .no_area = true},
      {.name = "sram",
       .description = "Static memory on the chip.",
       .attributes = {size, width, banks},
       .actions = memory_actions()},
      {.name = "edram",
       .description = "Embedded dynamic memory.",
       .attributes = {size, width, banks},
       .actions = read_and_write()},
      {.name = "register_file",
       .description = "Small memory of flip-flops or latches (scratchpad).",
       .attributes = {size, width},
       .actions = memory_actions()},
      {.name = "register",
       .description = "One word of flip-flops.",
       .attributes = {width, whole_bits("size", "equal to `width`", 1, max_bits)},
       .actions = read_and_write()}};
}

std::vector<ComponentClass> array_classes() {
  const AttributeSpec resolution = required(whole_bits("resolution", "bits of the digital side", 1, 16));
  return {{.name = "adc",
           .description = "Analog-to-digital converter.",
           .attributes = {resolution, rate("conversions per second of one converter")},
           .actions = {{"convert", ActionUnit::value, "one conversion"}},
           .passing_action = "convert",
           .unit_per_value = true},
          {.name = "dac",
           .description = "Digital-to-analog converter (row driver).",
           .attributes = {resolution,
                          physical("unit_capacitance", farads, "fF", 1e-15, 1e-3, 1e6,
                                   "of a charge-redistribution converter, which has 2^resolution of them"),
                          physical("reference_voltage", dimension::voltage, "V", 1, 1e-3, 20,
                                   "that these are charged from"),
                          fraction("input_mean", "mean of the codes, of full scale; equally frequent codes if left out",
                                   0, 1),
                          fraction("input_mean_square", "mean of the codes' squares, of full scale; likewise", 0, 1)},
           .actions = {{"convert", ActionUnit::value, "one conversion"}},
           .passing_action = "convert",
           .unit_per_value = true},
          {.name = "line_driver",
           .description = "Drives a row or a column of an array: charges its wire and the elements on it.",
           .attributes = {required(whole("cells", "elements on the line", 1, 65536)),
                          required(physical("pitch", dimension::length, "um", 1e-6, 1e-3, 1000, "of the elements")),
                          standard("0 fF", physical("cell_capacitance", farads, "fF", 1e-15, 0, 1e6,
                                                    "what one element adds to the line")),
                          standard("0.8 V", physical("voltage", dimension::voltage, "V", 1, 0.01, 10, "swing")),
                          standard("0.5", fraction("activity", "part of the steps in which the line rises", 0, 1))},
           .actions = {{"drive", ActionUnit::value, "one value driven onto the line for one step"}},
           .passing_action = "drive",
           .unit_per_value = true},
          {.name = "sample_and_hold",
           .description = "Holds an analog value until its converter takes it.",
           .attributes = {},
           .actions = {{"hold", ActionUnit::value, "one value sampled and held"}},
           .passing_action = "hold",
           .unit_per_value = true}};
}

std::vector<ComponentClass> network_classes() {
  const AttributeSpec width = whole_bits("width", "wires, or bits of a flit");
  ComponentClass chip_link = {.name = "hyper_transport",
                              .description = "Serial link between chips; a unit is one link.",
                              .attributes = {},
                              .actions = {transfer()},
                              .passing_action = "transfer",
                              .scales = false};
  return {{.name = "wire",
           .description = "Wires of a length, without repeaters.",
           .attributes = {required(length("distance")), width,
                          standard("0.8 V", physical("voltage", dimension::voltage, "V", 1, 0.1, 5, "swing")),
                          standard("0.25", fraction("activity", "rising edges per bit; 0.25 is random data", 0, 1))},
           .actions = {transfer(), idle_action()},
           .passing_action = "transfer"},
          {.name = "bus",
           .description = "Shared wires.",
           .attributes = {width},
           .actions = {transfer()},
           .passing_action = "transfer"},
          {.name = "router",
           .description = "Router of a network on the chip, one hop.",
           .attributes = {width, whole("ports", "ports", 2, 64)},
           .actions = {transfer()},
           .passing_action = "transfer"},
          std::move(chip_link)};
}

std::vector<ComponentClass> activation_classes() {
  return {{.name = "sigmoid",
           .description = "Sigmoid unit.",
           .attributes = {},
           .actions = {{"compute", ActionUnit::value, "one value"}},
           .passing_action = "compute"},
          {.name = "max_pool",
           .description = "Comparator of maximum pooling.",
           .attributes = {},
           .actions = {{"compute", ActionUnit::value, "one value that enters"}},
           .passing_action = "compute"}};
}

void append(std::vector<ComponentClass>& all, std::vector<ComponentClass> more) {
  for (ComponentClass& component : more) all.push_back(std::move(component));
}

}  // namespace

std::vector<ComponentClass> make_component_classes() {
  std::vector<ComponentClass> all;
  append(all, memory_classes());
  append(all, digital_classes());
  append(all, array_classes());
  append(all, storage_element_classes());
  append(all, network_classes());
  append(all, activation_classes());
  append(all, flat_classes());
  for (ComponentClass& component : all) add_common_attributes(component);
  return all;
}

}  // namespace ohmloop
