#include <array>

#include "ohmloop/accelergy/native_estimator.hpp"

namespace ohmloop {
namespace {

using Way = AttributeTranslation::Way;

constexpr std::array sram_attributes = std::to_array<AttributeTranslation>(
    {{"width", Way::bits, "width"}, {"size", Way::capacity, "width depth"}, {"banks", Way::count, "n_banks nbanks"}});
constexpr std::array file_attributes =
    std::to_array<AttributeTranslation>({{"width", Way::bits, "width"}, {"size", Way::capacity, "width depth"}});
constexpr std::array dram_attributes =
    std::to_array<AttributeTranslation>({{"type", Way::word, "type"}, {"width", Way::bits, "width"}});
constexpr std::array width_alone =
    std::to_array<AttributeTranslation>({{"width", Way::bits, "width n_bits datawidth"}});
constexpr std::array mac_attributes = std::to_array<AttributeTranslation>(
    {{"multiplier_bits", Way::bits, "multiplier_width width datawidth"},
     {"adder_bits", Way::twice_bits, "adder_width multiplier_width width datawidth"}});
constexpr std::array multiplier_attributes =
    std::to_array<AttributeTranslation>({{"width", Way::bits, "width width_a n_bits datawidth"}});
constexpr std::array float_attributes =
    std::to_array<AttributeTranslation>({{"width", Way::sum_of_bits, "exponent mantissa sign"}});
constexpr std::array fifo_attributes =
    std::to_array<AttributeTranslation>({{"width", Way::bits, "datawidth"}, {"depth", Way::count, "depth"}});
constexpr std::array wire_attributes =
    std::to_array<AttributeTranslation>({{"length", Way::as_given, "length"}, {"width", Way::bits, "width datawidth"}});
constexpr std::array crossbar_attributes = std::to_array<AttributeTranslation>(
    {{"width", Way::bits, "datawidth"}, {"inputs", Way::count, "n_inputs"}, {"outputs", Way::count, "n_outputs"}});
constexpr std::array adc_attributes = std::to_array<AttributeTranslation>(
    {{"resolution", Way::bits, "datawidth resolution n_bits"}, {"rate", Way::rate, "latency"}});
constexpr std::array dac_attributes =
    std::to_array<AttributeTranslation>({{"resolution", Way::bits, "datawidth resolution"}});

constexpr std::array memory_actions = std::to_array<ActionTranslation>(
    {{"read", "read"}, {"write", "write"}, {"update", "write"}, {"idle", "idle"}, {"leak", "leak"}});
constexpr std::array plain_memory_actions = std::to_array<ActionTranslation>(
    {{"read", "read"}, {"write", "write"}, {"update", "write"}, {"access", "read"}, {"leak", "leak"}});
constexpr std::array adder_actions =
    std::to_array<ActionTranslation>({{"add", "add"}, {"read", "add"}, {"idle", "idle"}, {"leak", "leak"}});
constexpr std::array multiplier_actions = std::to_array<ActionTranslation>(
    {{"mult_random", "multiply"}, {"multiply", "multiply"}, {"read", "multiply"}, {"idle", "idle"}, {"leak", "leak"}});
constexpr std::array mac_actions = std::to_array<ActionTranslation>({{"mac_random", "mac_random"},
                                                                     {"mac_reused", "mac_reused"},
                                                                     {"mac_gated", "mac_gated"},
                                                                     {"compute", "compute"},
                                                                     {"idle", "idle"},
                                                                     {"leak", "leak"}});
constexpr std::array float_adder_actions =
    std::to_array<ActionTranslation>({{"add", "add"}, {"idle", "0"}, {"leak", "leak"}});
constexpr std::array float_multiplier_actions =
    std::to_array<ActionTranslation>({{"mult_random", "multiply"}, {"idle", "0"}, {"leak", "leak"}});
constexpr std::array float_mac_actions =
    std::to_array<ActionTranslation>({{"mac_random", "compute"}, {"idle", "0"}, {"leak", "leak"}});
constexpr std::array counter_actions =
    std::to_array<ActionTranslation>({{"count", "count"}, {"read", "count"}, {"idle", "idle"}, {"leak", "leak"}});
constexpr std::array fifo_actions =
    std::to_array<ActionTranslation>({{"push", "push"}, {"pop", "pop"}, {"idle", "idle"}, {"leak", "leak"}});
constexpr std::array comparator_actions = std::to_array<ActionTranslation>({{"compare", "compare"},
                                                                            {"read", "compare"},
                                                                            {"transfer_random", "compare"},
                                                                            {"transfer_repeated", "compare_repeated"},
                                                                            {"idle", "idle"},
                                                                            {"leak", "leak"}});
constexpr std::array bitwise_actions =
    std::to_array<ActionTranslation>({{"process", "compute"}, {"read", "compute"}, {"idle", "idle"}, {"leak", "leak"}});
constexpr std::array shifter_actions =
    std::to_array<ActionTranslation>({{"shift", "shift"}, {"read", "shift"}, {"idle", "idle"}, {"leak", "leak"}});
constexpr std::array wire_actions = std::to_array<ActionTranslation>(
    {{"transfer_random", "transfer"}, {"transfer_repeated", "0"}, {"idle", "0"}, {"leak", "leak"}});
constexpr std::array crossbar_actions = std::to_array<ActionTranslation>(
    {{"transfer_random", "transfer"}, {"read", "transfer"}, {"idle", "idle"}, {"leak", "leak"}});
constexpr std::array convert_actions =
    std::to_array<ActionTranslation>({{"convert", "convert"}, {"idle", "0"}, {"leak", "leak"}});
constexpr std::array hold_actions =
    std::to_array<ActionTranslation>({{"sample_and_hold", "hold"}, {"idle", "0"}, {"leak", "leak"}});
constexpr std::array shift_add_actions =
    std::to_array<ActionTranslation>({{"shift_and_add", "shift_add"}, {"idle", "0"}, {"leak", "leak"}});

constexpr std::array no_actions =
    std::to_array<ActionTranslation>({{"read", "0"}, {"write", "0"}, {"update", "0"}, {"compute", "0"}, {"leak", "0"}});

const std::array table = std::to_array<ClassTranslation>({
    {"dummy_storage", "ideal", {}, no_actions},
    {"dummy_compute", "ideal", {}, no_actions},
    {"SRAM", "sram", sram_attributes, memory_actions},
    {"regfile", "register_file", file_attributes, memory_actions},
    {"eDRAM", "edram", sram_attributes, plain_memory_actions},
    {"DRAM", "dram", dram_attributes, plain_memory_actions},
    {"reg", "register", width_alone, plain_memory_actions},
    {"intadder", "int_adder", width_alone, adder_actions},
    {"intmultiplier", "int_multiplier", multiplier_attributes, multiplier_actions},
    {"intmac", "int_mac", mac_attributes, mac_actions},
    {"fpadder", "fp_adder", float_attributes, float_adder_actions},
    {"fpmultiplier", "fp_multiplier", float_attributes, float_multiplier_actions},
    {"fpmac", "fp_mac", float_attributes, float_mac_actions},
    {"counter", "counter", width_alone, counter_actions},
    {"FIFO", "fifo", fifo_attributes, fifo_actions},
    {"comparator", "comparator", width_alone, comparator_actions},
    {"bitwise", "bitwise", width_alone, bitwise_actions},
    {"wire", "wire", wire_attributes, wire_actions},
    {"crossbar", "crossbar", crossbar_attributes, crossbar_actions},
    {"ADC", "adc", adc_attributes, convert_actions},
    {"DAC", "dac", dac_attributes, convert_actions},
    {"sample_and_hold", "sample_and_hold", {}, hold_actions},
    {"shift_and_add", "shift_add", width_alone, shift_add_actions},
    {"aladdin_adder", "int_adder", width_alone, adder_actions},
    {"aladdin_multiplier", "int_multiplier", multiplier_attributes, multiplier_actions},
    {"aladdin_register", "register", width_alone, plain_memory_actions},
    {"aladdin_comparator", "comparator", width_alone, comparator_actions},
    {"aladdin_counter", "counter", width_alone, counter_actions},
    {"aladdin_bitwise", "bitwise", width_alone, bitwise_actions},
    {"aladdin_shifter", "shifter", width_alone, shifter_actions},
    {"aladdin_crossbar", "crossbar", crossbar_attributes, crossbar_actions},
});

}  // namespace

std::span<const ClassTranslation> class_translations() { return table; }

}  // namespace ohmloop
