#pragma once

#include <vector>

#include "ohmloop/study/study.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// The list behind `figures:`. Reports kinds, axes, metrics and parts that there are none of, with the nearest ones.
std::vector<FigureRequest> read_figures(const YamlNode& list, const std::vector<StudyPart>& parts,
                                        Diagnostics& diagnostics);

}  // namespace ohmloop
