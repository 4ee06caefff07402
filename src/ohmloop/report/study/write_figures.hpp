#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ohmloop/report/figures/draw_figure.hpp"
#include "ohmloop/study/study_results.hpp"

namespace ohmloop {

struct WriteFiguresOptions {
  std::vector<PictureFormat> formats = {PictureFormat::svg};
  std::function<void()> before_each = {};  ///< may throw; nothing is written then
};

struct WrittenFigures {
  std::size_t figures = 0;            ///< that have all of their files
  std::vector<std::string> problems;  ///< of the others, and what could not be shown: a sentence each
  std::size_t not_drawn = 0;          ///< have no picture
};

/// Draws what the study asks for into `folder`/figures, NAME.svg and so on, with gnuplot's script NAME.gp: all of them,
/// or none if a file can't be written (FileError). Figures of an earlier time that are not among them go.
WrittenFigures write_figures(const StudyResults& results, const std::string& folder,
                             const WriteFiguresOptions& options = {});

}  // namespace ohmloop
