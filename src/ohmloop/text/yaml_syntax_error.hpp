#pragma once

#include <yaml-cpp/exceptions.h>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/yaml_builder.hpp"
#include "ohmloop/text/yaml_layout.hpp"

namespace ohmloop {

/// Says in the user's words what the parser library found wrong, at the place where it can be mended: the opening
/// bracket that is not closed, the tab in the indentation, the anchor that does not exist.
void report_syntax_error(const YAML::Exception& error, const YamlLayout& layout, const YamlBuilder& builder,
                         Diagnostics& diagnostics);

}  // namespace ohmloop
