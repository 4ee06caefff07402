#include <utility>

#include "ohmloop/energy/class_specs.hpp"

namespace ohmloop {
namespace {

AttributeSpec ohms(std::string name, std::string meaning, double low) {
  return physical(std::move(name), dimension::resistance, "ohm", 1, low, 1e15, std::move(meaning));
}

AttributeSpec volts(std::string name, std::string meaning) {
  return physical(std::move(name), dimension::voltage, "V", 1, 1e-3, 20, std::move(meaning));
}

AttributeSpec nanoseconds(std::string name, std::string meaning) {
  return physical(std::move(name), dimension::time, "ns", 1e-9, 1e-3, 1e9, std::move(meaning));
}

std::vector<AttributeSpec> data_attributes() {
  return {standard("0.5", fraction("input_mean", "mean of the inputs, of full scale", 0, 1)),
          standard("0.5", fraction("weight_mean", "mean of the stored values, of full scale", 0, 1))};
}

std::vector<AttributeSpec> element_attributes() {
  return {required(whole_bits("bits_per_cell", "bits stored in one element", 1, 8)),
          whole_bits("width", "bits of one access", 1, 65536),
          whole_bits("size", "capacity of one element", 1, max_bits),
          physical("write_energy", dimension::energy, "pJ", 1e-12, 0, 1e9,
                   "energy of programming one element; computed from the pulses, or unknown, if left out")};
}

std::vector<ActionSpec> element_actions() {
  return {{"read", ActionUnit::access, "the stored value takes part in a computation"},
          {"write", ActionUnit::access, "programs one element"},
          {"compute", ActionUnit::value, "one element's multiplication in one step"}};
}

ComponentClass resistive(std::string name, std::string description) {
  ComponentClass component{.name = std::move(name), .description = std::move(description)};
  component.attributes = element_attributes();
  const std::vector<AttributeSpec> physics = {
      ohms("on_resistance", "of the largest value", 1),
      ohms("off_resistance", "of zero", 1),
      standard("0 ohm", ohms("access_resistance", "of the transistor in series", 0)),
      volts("read_voltage", "across element and transistor at full scale"),
      nanoseconds("pulse_width", "of the longest read pulse"),
      standard("pulse",
               word("input_encoding", {"pulse", "voltage"}, "what an input's value sets: time or voltage of reading")),
      fraction("input_mean_square", "mean of the inputs' squares, of full scale; for `voltage`", 0, 1),
      volts("program_voltage", "of a programming pulse"),
      nanoseconds("program_width", "of a programming pulse"),
      standard("1", whole("program_pulses", "pulses that programming takes in the mean", 1, 1e6))};
  for (const AttributeSpec& spec : physics) component.attributes.push_back(spec);
  for (const AttributeSpec& spec : data_attributes()) component.attributes.push_back(spec);
  component.actions = element_actions();
  component.compute_action = "compute";
  return component;
}

ComponentClass capacitive_sram() {
  ComponentClass component{.name = "sram_cell",
                           .description = "Static memory cell that charges a capacitor where input and weight are 1.",
                           .compute_action = "compute"};
  component.attributes = element_attributes();
  component.attributes.push_back(physical("capacitance", farads, "fF", 1e-15, 1e-3, 1e6, "that one cell charges"));
  component.attributes.push_back(volts("read_voltage", "that it is charged to"));
  for (const AttributeSpec& spec : data_attributes()) component.attributes.push_back(spec);
  component.actions = element_actions();
  return component;
}

}  // namespace

std::vector<ComponentClass> storage_element_classes() {
  return {resistive("rram", "Resistive storage element; multiplies in place. Its area counts where it stores."),
          resistive("pcm", "Phase-change storage element; multiplies in place."), capacitive_sram()};
}

}  // namespace ohmloop
