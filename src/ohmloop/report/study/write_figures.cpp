#include "ohmloop/report/study/write_figures.hpp"

#include <fmt/format.h>

#include "ohmloop/report/output_directory.hpp"
#include "ohmloop/report/study/study_figures.hpp"

namespace ohmloop {
namespace {

constexpr const char* folder_name = "figures";

/// Whether all files of the figure were added.
bool add_figure(const StudyFigure& figure, const WriteFiguresOptions& options, OutputDirectory& output,
                WrittenFigures& written) {
  for (const PictureFormat format : options.formats) {
    if (options.before_each) options.before_each();
    FigureOptions drawn_as;
    drawn_as.format = format;
    const FigureDrawing drawing = draw_figure(figure.figure, drawn_as);
    const bool is_first = format == options.formats.front();
    const std::string path = fmt::format("{}/{}", folder_name, figure.name);
    if (is_first && !drawing.script.empty()) output.add(path + ".gp", drawing.script);
    if (!drawing.picture) {
      written.problems.push_back(fmt::format("figure '{}': {}", figure.name, drawing.problem));
      return false;
    }
    output.add(fmt::format("{}.{}", path, to_string(format)), *drawing.picture);
    if (!is_first) continue;
    for (const std::string& sentence : drawing.left_out)
      written.problems.push_back(fmt::format("figure '{}': {}", figure.name, sentence));
  }
  return true;
}

}  // namespace

WrittenFigures write_figures(const StudyResults& results, const std::string& folder,
                             const WriteFiguresOptions& options) {
  WrittenFigures written;
  OutputDirectory output(folder);
  std::vector<std::string> endings = {".gp"};
  for (const PictureFormat format : options.formats) endings.push_back(fmt::format(".{}", to_string(format)));
  for (const StudyFigure& figure : study_figures(results)) {
    if (!figure.problem.empty()) {
      written.problems.push_back(fmt::format("figure '{}': {}", figure.name, figure.problem));
    } else if (add_figure(figure, options, output, written)) {
      ++written.figures;
    } else {
      ++written.not_drawn;
    }
  }
  output.replace_series(folder_name, std::move(endings));
  output.commit();
  return written;
}

}  // namespace ohmloop
