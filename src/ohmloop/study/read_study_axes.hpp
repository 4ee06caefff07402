#pragma once

#include <optional>
#include <vector>

#include "ohmloop/study/study.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// The axes of one part, as they were read.
struct ReadAxes {
  std::vector<StudyAxis> axes;
  NoiseKind noise = NoiseKind::none;
};

/// Networks or architectures: one name or a list of names.
std::optional<StudyAxis> read_name_axis(const YamlEntry& entry, AxisKind kind, Diagnostics& diagnostics);

/// The map behind `axes:`, in its order. Reports what can't be read, axes without values and keys that stand in two.
ReadAxes read_axes(const YamlNode& map, Diagnostics& diagnostics);

}  // namespace ohmloop
