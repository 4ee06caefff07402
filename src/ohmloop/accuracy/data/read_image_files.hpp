#pragma once

#include <optional>

#include "ohmloop/accuracy/data/data_description.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// Reads `source:`, a map with the kind of the files as its one key. Nothing after an error was reported.
std::optional<ImageFiles> read_image_files(const YamlNode& node, Diagnostics& diagnostics);

}  // namespace ohmloop
