#include "ohmloop/accelergy/primitive_classes.hpp"

#include <array>
#include <utility>

#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

constexpr std::string_view suffix = " (Accelergy)";

// Names, attributes with their values and actions: Accelergy-Project/accelergy, share/primitive_component_libs, v0.3.
// Later actions and the aladdin_* classes: v0.4 (accelergy-aladdin-plug-in, whose adder has 32 bits, its register 1).
// `technology` has no value there that anybody should take without saying so, and is left open. A comparator compares
// in the library and transfers in the Eyeriss-like example.
constexpr std::array<PrimitiveClass, 37> table = {{
    {"SRAM", "width=64 depth=512 n_rd_ports=0 n_wr_ports=0 n_rdwr_ports=1 n_banks=1 latency=5ns", "read@ write@ idle",
     "update@ leak"},
    {"regfile", "width=16 depth=1 latency=5ns", "read@ write@ idle", "update@ leak"},
    {"eDRAM", "width=256 depth=2048 n_rdwr_ports=2 nbanks=1 latency=1ns", "read write idle", "update leak"},
    {"DRAM", "type=LPDDR4 width=64", "read write idle", "update leak"},
    {"reg", "datawidth=16 latency=5ns", "access idle", "leak"},
    {"FIFO", "datawidth=16 depth=2 latency=5ns", "push pop idle", "leak"},
    {"counter", "width=16 latency=5ns", "count idle", "leak"},
    {"comparator", "datawidth=8", "compare transfer_random transfer_repeated idle", "leak"},
    {"bitwise", "datawidth=16 latency=5ns num=1", "process idle", "leak"},
    {"intadder", "datawidth=16 num_pipeline_stages=1 latency=5ns", "add idle", "read leak"},
    {"intmultiplier", "datawidth=16 num_pipeline_stages=1 latency=5ns", "mult_random mult_reused mult_gated idle",
     "multiply read leak"},
    {"intmac", "datawidth=16 num_pipeline_stages=2 latency=5ns", "mac_random mac_reused mac_gated idle",
     "compute leak"},
    {"fpadder", "exponent=8 mantissa=24 sign=0 num_pipeline_stages=1 latency=5ns", "add idle", "leak"},
    {"fpmultiplier", "exponent=8 mantissa=24 sign=0 num_pipeline_stages=1 latency=5ns",
     "mult_random mult_reused mult_gated idle", "leak"},
    {"fpmac", "exponent=8 mantissa=24 sign=0 num_pipeline_stages=3 latency=5ns", "mac_random mac_reused mac_gated idle",
     "leak"},
    {"crossbar", "n_inputs=1 n_outputs=1 datawidth=16 latency=5ns", "transfer_random transfer_repeated idle", "leak"},
    {"wire", "length=1um latency=5ns", "transfer_random transfer_repeated idle", "leak"},
    {"serializer", "ratio=4 datawidth=64", "serialize idle", "leak"},
    {"deserializer", "ratio=4 datawidth=16", "deserialize idle", "leak"},
    {"ADC", "datawidth=1 latency=1ns type=flash", "convert idle", "leak"},
    {"DAC", "datawidth=1 latency=1ns type=R2R", "convert idle", "leak"},
    {"sample_and_hold", "latency=1ns", "sample_and_hold idle", "leak"},
    {"shift_and_add", "datawidth=16 latency=1ns", "shift_and_add idle", "leak"},
    {"sense_amplifier", "latency=1ns", "convert idle", ""},
    {"ReRAMcell_storage", "cellwidth=2 latency=1ns", "read write idle", "leak"},
    {"ReRAMcell_compute", "cellwidth=2 latency=1ns", "compute idle", "leak"},
    {"place_holder_storage", "type=LPDDR4 width=64", "read write idle", ""},
    {"aladdin_adder", "width=32", "", "read add idle leak"},
    {"aladdin_multiplier", "", "", "read multiply idle leak"},
    {"aladdin_register", "width=1", "", "read write update idle leak"},
    {"aladdin_comparator", "", "", "compare read idle leak"},
    {"aladdin_counter", "", "", "count read idle leak"},
    {"aladdin_bitwise", "", "", "process read idle leak"},
    {"aladdin_shifter", "", "", "shift read idle leak"},
    {"aladdin_crossbar", "", "", "transfer_random read idle leak"},
    {"dummy_storage", "", "", "read write update leak"},
    {"dummy_compute", "", "", "compute leak"},
}};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    if (end != 0) parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

ActionSpec action_of(std::string_view text) {
  const bool is_memory = text.ends_with('@');
  if (is_memory) text.remove_suffix(1);
  ActionSpec spec{.name = std::string(text), .unit = is_memory ? ActionUnit::access : ActionUnit::value};
  if (!is_memory) return spec;
  spec.arguments = {{.name = "address_delta", .high_attribute = "n_banks"}, {.name = "data_delta"}};
  return spec;
}

}  // namespace

std::span<const PrimitiveClass> primitive_classes() { return table; }

ComponentClass make_primitive_class(const PrimitiveClass& primitive, FieldDialect dialect) {
  ComponentClass result{.name = class_name_here(primitive.name), .scales = false, .open = true};
  result.no_area = primitive.name.starts_with("dummy_");
  for (const std::string_view text : split(primitive.attributes, ' ')) {
    const std::size_t equals = text.find('=');
    OHM_CHECK(equals != std::string_view::npos, "an attribute of the primitive classes has no value");
    result.attributes.push_back({.name = std::string(text.substr(0, equals)),
                                 .kind = AttributeKind::any,
                                 .standard = std::string(text.substr(equals + 1))});
  }
  for (const std::string_view text : split(primitive.actions, ' ')) result.actions.push_back(action_of(text));
  if (dialect == FieldDialect::v03) return result;
  for (const std::string_view text : split(primitive.later_actions, ' ')) result.actions.push_back(action_of(text));
  return result;
}

std::string class_name_here(std::string_view field_name) {
  std::string name(field_name);
  if (find_component_class(field_name) != nullptr) name += suffix;
  return name;
}

std::string class_name_there(std::string_view name) {
  if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  return std::string(name);
}

}  // namespace ohmloop
