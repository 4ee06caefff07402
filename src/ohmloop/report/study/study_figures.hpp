#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/figures/figure.hpp"
#include "ohmloop/study/study_results.hpp"

namespace ohmloop {

/// What a study asked to be drawn, or why it can't be.
struct StudyFigure {
  std::string name;  ///< of its file, without an ending
  Figure figure;
  std::string problem{};  ///< a phrase; then the figure has a title alone
};

/// Draws nothing yet: the values of one figure, from the results alone. Points without a result are left out, and the
/// caption says how many and why.
StudyFigure study_figure(const FigureRequest& request, const StudyResults& results);

/// All that the study asks for, in its order.
std::vector<StudyFigure> study_figures(const StudyResults& results);

}  // namespace ohmloop
