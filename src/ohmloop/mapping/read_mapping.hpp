#pragma once

#include <optional>
#include <vector>

#include "ohmloop/mapping/mapping.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// A mapping with the places of its steps in the file.
struct MappingFile {
  Mapping mapping;
  std::vector<SourceSpan> places;  ///< one per step
  SourceSpan where;                ///< of the whole list
};

/// Reads the list below `mapping:` as to_yaml() writes it: {keep: node, tensor: role} (or `tensors: [input, weight]`),
/// {for: rank, bound: n} and {for: rank, bound: n, across: fan-out}. Tensors go by their role or their name in the
/// einsum; loops with bound 1 are left out. Everything that is wrong goes to `diagnostics` with its place and the
/// nearest known name; then nothing is returned.
std::optional<MappingFile> read_mapping(const YamlNode& list, const Einsum& einsum, const Architecture& architecture,
                                        Diagnostics& diagnostics);

/// Reports what check_mapping finds, each at the step that it is about: wrong products of factors, missing levels,
/// buffers and fan-outs that are too small and by how much, constraints of the architecture.
void report_violations(const MappingFile& file, const Einsum& einsum, const Architecture& architecture,
                       Diagnostics& diagnostics);

}  // namespace ohmloop
