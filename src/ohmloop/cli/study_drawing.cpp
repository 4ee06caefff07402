#include "ohmloop/cli/study_drawing.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/report/study/write_figures.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

std::vector<PictureFormat> picture_formats(const ParsedArguments& arguments, const char* option, bool none_allowed) {
  if (!arguments.has(option)) return {PictureFormat::svg};
  const ArgumentText word = arguments.values(option).back();
  if (none_allowed && word.text == "none") return {};
  std::vector<PictureFormat> formats;
  for (std::size_t start = 0; start <= word.text.size();) {
    const std::size_t end = std::min(word.text.find(',', start), word.text.size());
    const std::string name = word.text.substr(start, end - start);
    const std::optional<PictureFormat> format = picture_format(name);
    if (!format) {
      std::vector<std::string> known = {"svg", "pdf", "png"};
      if (none_allowed) known.emplace_back("none");
      throw InputError(Diagnostic{Severity::error,
                                  fmt::format("'{}' is no format of figures", name),
                                  word.where,
                                  did_you_mean(name, known),
                                  {fmt::format("known: {}; several as in svg,pdf", list_names(known))}});
    }
    if (std::find(formats.begin(), formats.end(), *format) == formats.end()) formats.push_back(*format);
    start = end + 1;
  }
  return formats;
}

std::size_t draw_study(const StudyResults& results, const std::string& folder,
                       const std::vector<PictureFormat>& formats, bool quiet, Terminal& terminal) {
  WriteFiguresOptions options;
  options.formats = formats;
  options.before_each = throw_if_interrupted;
  const WrittenFigures written = write_figures(results, folder, options);
  for (const std::string& problem : written.problems) {
    if (!quiet) terminal.note(problem);
  }
  if (written.not_drawn > 0 && !quiet)
    terminal.note(fmt::format(
        "the results are in {}; 'ohmloop plot' draws the figures again, or gnuplot does from figures/NAME.gp", folder));
  return written.not_drawn;
}

}  // namespace ohmloop
