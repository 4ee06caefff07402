#pragma once

#include "ohmloop/report/layer_json.hpp"
#include "ohmloop/report/study/study_figures.hpp"
#include "ohmloop/study/chosen_inputs.hpp"

namespace ohmloop {

/// A roofline or a nest, from the note that the study's run left (study_notes.hpp).
StudyFigure one_chip_figure(const FigureRequest& request, const StudyResults& results);

/// What it is drawn from: the layers of a network on a chip.
/// The roofline is that of the outermost memory with a limited bandwidth: MACs per second over MACs per byte that its
/// busier port moves, under the chip's peak.
Json roofline_note(const Network& network, const EstimatedArchitecture& chip, const MapperOptions& mapper);
/// The mapping of the layer of this name.
Json nest_note(const Network& network, const std::string& layer, const EstimatedArchitecture& chip,
               const MapperOptions& mapper);

}  // namespace ohmloop
