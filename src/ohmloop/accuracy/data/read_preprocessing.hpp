#pragma once

#include <vector>

#include "ohmloop/accuracy/data/preprocessing_step.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// Reads `preprocessing:`, a list of steps; steps with an error are reported and left out.
std::vector<PreprocessingStep> read_preprocessing(const YamlNode& node, Diagnostics& diagnostics);

}  // namespace ohmloop
