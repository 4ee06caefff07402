#pragma once

#include <string>
#include <vector>

#include "ohmloop/arch/read_architecture.hpp"

namespace ohmloop::arch_testing {

inline SourceFilePtr file(std::string text) {
  return std::make_shared<const SourceFile>(SourceFile{"chip.yaml", std::move(text)});
}

inline std::vector<Override> settings(const std::vector<std::string>& texts) {
  std::vector<Override> result;
  for (const std::string& text : texts) result.push_back(parse_override(text));
  return result;
}

inline Architecture read(const SourceFilePtr& source, const std::vector<std::string>& set = {}) {
  Diagnostics warnings;
  return read_architecture(source, settings(set), warnings);
}

/// All that is said about a file, errors or warnings, as the user sees it; empty if nothing is.
inline std::string complaints(const SourceFilePtr& source, const std::vector<std::string>& set = {}) {
  try {
    Diagnostics warnings;
    read_architecture(source, settings(set), warnings);
    return render(warnings.all());
  } catch (const InputError& error) {
    return render(error.diagnostics(), false, 1000);
  }
}

/// The body of a node by name; throws where the name or the kind is another.
template <class T>
const T& body(const Architecture& architecture, const char* name) {
  return std::get<T>(architecture.node(architecture.find(name).value()).body);
}

/// A small digital chip with nodes put between the memory and the compute.
inline std::string digital(const std::string& nodes = "", const std::string& top = "") {
  return "ohmloop: 1\nclock: 1 GHz\nbits: {input: 8, weight: 8, output: 16}\n" + top +
         "architecture:\n- !Memory {name: dram, class: dram}\n" + nodes + "- !Compute {name: mac, class: int_mac}\n";
}

/// A small chip with one array; `nodes` stand above its converters, `array` holds the array's keys.
inline std::string analog(const std::string& array, const std::string& nodes = "") {
  return "ohmloop: 1\nclock: 1 GHz\narchitecture:\n- !Memory {name: dram, class: dram}\n" + nodes +
         "- !Converter {name: adc, class: adc, passes: output, resolution: 8 bit}\n"
         "- !Array {name: cells, class: rram, " +
         array + "}\n";
}

inline const char* plain_array = "rows: 64, columns: 32, bits_per_cell: 2, input: {bits: 4}, weight: {bits: 8}";

}  // namespace ohmloop::arch_testing
