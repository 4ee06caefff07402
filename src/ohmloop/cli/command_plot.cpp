#include <fmt/format.h>

#include "ohmloop/base/file.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/study_drawing.hpp"
#include "ohmloop/cli/study_words.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/report/page/render_page.hpp"
#include "ohmloop/report/study/study_page.hpp"
#include "ohmloop/study/result_store.hpp"

namespace ohmloop {

namespace {

constexpr int exit_not_drawn = 3;

StudyResults results_in(const std::string& folder) {
  return read_results(*ResultStore::open(folder, to_string(tool_version())));
}

void note_missing(const StudyResults& results, const std::string& folder, Terminal& terminal) {
  if (results.missing_points > 0) terminal.note(fmt::format("{}: {}", folder, missing_text(results)));
}

}  // namespace

int plot_command(const ParsedArguments& arguments, Terminal& terminal) {
  const std::vector<PictureFormat> formats = picture_formats(arguments, "format", false);
  const bool quiet = arguments.has("quiet");
  const InterruptibleWork work;
  std::size_t not_drawn = 0;
  for (const ArgumentText& folder : arguments.positional) {
    const StudyResults results = results_in(folder.text);
    if (!quiet) note_missing(results, folder.text, terminal);
    if (results.study.figures.empty()) {
      if (!quiet) terminal.note(fmt::format("study '{}' asks for no figures", results.study.name));
      continue;
    }
    not_drawn += draw_study(results, folder.text, formats, quiet, terminal);
  }
  return not_drawn == 0 ? 0 : exit_not_drawn;
}

int report_command(const ParsedArguments& arguments, Terminal& terminal) {
  const std::string path = arguments.value("out").value_or("report.html");
  const bool quiet = arguments.has("quiet");
  check_writable(path);
  const InterruptibleWork work;
  std::vector<ReportedStudy> studies;
  for (const ArgumentText& folder : arguments.positional) {
    studies.push_back({results_in(folder.text), folder.text});
    if (!quiet) note_missing(studies.back().results, folder.text, terminal);
  }
  StudyPageOptions options;
  options.file = path;
  options.before_each = throw_if_interrupted;
  const Page page = study_page(studies, tool_version(), options);
  throw_if_interrupted();
  write_file_atomically(path, render_page(page));
  if (quiet) return 0;
  for (const PageSection& section : page.sections) {
    for (const PageFigure& figure : section.figures) {
      if (!figure.problem.empty()) terminal.note(fmt::format("no picture of '{}': {}", figure.title, figure.problem));
    }
  }
  return 0;
}

}  // namespace ohmloop
