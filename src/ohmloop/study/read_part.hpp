#pragma once

#include "ohmloop/study/study.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// One product of axes, from a map with the keys of part_keys() and, if it is one of several, its `name`.
StudyPart read_part(const YamlNode& map, bool named, Diagnostics& diagnostics);

}  // namespace ohmloop
