#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/base/provenance.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/text/placed_text.hpp"
#include "ohmloop/workload/network.hpp"

namespace ohmloop {

/// Whether the word can only mean a file: it holds a '/', ends like one of ours, or there is such a file.
bool means_file(const std::string& word);

/// Throws InputError if there is no such file (naming one beside it that is spelt alike) or it is a directory.
void require_file(const PlacedText& path);

/// True if the file's first byte is that of an ONNX model (a protobuf message with the version of its format first), or
/// its name ends in .onnx. Throws IoError.
bool is_onnx_file(const std::string& path);

struct NetworkInput {
  Network network;
  std::optional<InputFile> file;  ///< nothing for networks of the zoo
};
/// A network of the zoo or an ONNX file. Throws InputError, with suggestions for an unknown name, or IoError.
NetworkInput open_network(const PlacedText& name, std::int64_t batch);
NetworkInput open_onnx_file(const std::string& path, std::int64_t batch);

struct ArchitectureInput {
  Architecture architecture;
  ReferenceTables tables;
  InputFile file;
};
/// A preset or a YAML file with its reference tables; warnings go to `diagnostics`. Throws InputError or IoError.
ArchitectureInput open_architecture_input(const PlacedText& name, const std::vector<PlacedText>& overrides,
                                          const Registry& registry, Diagnostics& diagnostics);

/// An architecture without its tables, of a text that was opened already; the registry knows the classes. Throws
/// InputError.
Architecture read_architecture_text(const SourceFilePtr& source, const std::vector<PlacedText>& overrides,
                                    const Registry& registry, Diagnostics& diagnostics);

struct EstimatedArchitecture {
  Architecture architecture;
  ReferenceTables tables;
};
/// The same of a text that was opened already.
EstimatedArchitecture estimate_architecture(const SourceFilePtr& source, const std::vector<PlacedText>& overrides,
                                            const Registry& registry, Diagnostics& diagnostics);

/// The text of a preset or a file.
SourceFilePtr open_architecture_source(const PlacedText& name);

}  // namespace ohmloop
