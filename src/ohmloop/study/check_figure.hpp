#pragma once

#include "ohmloop/study/study.hpp"
#include "ohmloop/text/map_reader.hpp"

namespace ohmloop {

/// Reports what a figure of its kind needs and was not told, and what it was told and can't take. `keys`: the figure's.
void check_figure(const FigureRequest& figure, const std::vector<StudyPart>& parts, MapReader& keys,
                  Diagnostics& diagnostics);

}  // namespace ohmloop
