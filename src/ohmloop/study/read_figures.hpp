#pragma once

#include <vector>

#include "ohmloop/study/study.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

struct FigureReadOptions {
  /// The parts have their quick values: figures of values that are not among them are left out.
  bool quick = false;
};

/// The list behind `figures:`. Reports kinds, axes, values, metrics and parts that there are none of, with the nearest
/// ones, and what a kind needs or can't take (figure_kind.hpp).
std::vector<FigureRequest> read_figures(const YamlNode& list, const std::vector<StudyPart>& parts,
                                        Diagnostics& diagnostics, const FigureReadOptions& options = {});

}  // namespace ohmloop
