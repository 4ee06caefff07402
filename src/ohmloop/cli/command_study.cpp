#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/file.hpp"
#include "ohmloop/base/number_format.hpp"
#include "ohmloop/cli/checked_study.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/progress_bar.hpp"
#include "ohmloop/cli/run_progress.hpp"
#include "ohmloop/cli/study_drawing.hpp"
#include "ohmloop/cli/study_submit.hpp"
#include "ohmloop/cli/study_words.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/report/progress_report.hpp"
#include "ohmloop/report/study/study_notes.hpp"
#include "ohmloop/report/study_report.hpp"
#include "ohmloop/study/built_in_studies.hpp"
#include "ohmloop/study/read_study.hpp"
#include "ohmloop/study/run_study.hpp"
#include "ohmloop/study/study_folder.hpp"
#include "ohmloop/study/study_progress.hpp"
#include "ohmloop/study/sweep_axes.hpp"

namespace ohmloop {

namespace {

StudyOptions study_options(const ParsedArguments& arguments) {
  StudyOptions options;
  const ShardWord shard = shard_of(arguments);
  options.threads = threads_of(arguments);
  options.shard = shard.shard;
  options.shards = shard.shards;
  options.stop = [] { return interrupt_requested(); };
  return options;
}

void write_results(const StudyResults& results, const std::string& folder) {
  const std::filesystem::path path(folder);
  write_file_atomically((path / "results.csv").string(), study_csv(results));
  write_file_atomically((path / "results.json").string(), study_json(results, tool_version()));
}

/// Figures for the results that are written already. False if they were interrupted.
bool draw_figures(const StudyResults& results, const std::string& folder, const std::vector<PictureFormat>& formats,
                  bool quiet, Terminal& terminal) {
  if (formats.empty() || results.study.figures.empty()) return true;
  try {
    draw_study(results, folder, formats, quiet, terminal);
    return true;
  } catch (const Interrupted&) {
    terminal.note(
        fmt::format("interrupted; the results are in {}, without figures: 'ohmloop plot' draws them", folder));
    return false;
  }
}

void explain_warnings(const StudyInputs& inputs, const StudyResults& results, Terminal& terminal) {
  std::vector<Diagnostic> all;
  for (const PartInputs& part : inputs.parts) {
    for (const Network& network : part.networks) {
      for (const Diagnostic& each : network.warnings) {
        if (!is_among(each, all)) all.push_back(each);
      }
    }
  }
  std::vector<Diagnostic> of_points;
  for (const StudyPoint& point : results.points) {
    for (const std::string& warning : point.warnings) of_points.push_back({Severity::warning, warning, {}, {}, {}});
  }
  const std::vector<Diagnostic> summary = summary_of_warnings(of_points);
  all.insert(all.end(), summary.begin(), summary.end());
  terminal.explain(all);
}

/// Whether any point has a result, in words on the way.
int finish(const StudyResults& results, const std::string& folder, bool quiet, Terminal& terminal) {
  const auto failed = std::count_if(results.points.begin(), results.points.end(),
                                    [](const StudyPoint& point) { return !point.failure.empty(); });
  const auto all = static_cast<std::int64_t>(results.points.size());
  if (!quiet) {
    const std::string without = failed > 0 ? fmt::format(", {} of them without a result", format_count(failed)) : "";
    terminal.note(fmt::format("{}: {} {}{}; written to {}: results.csv, results.json", results.study.name,
                              format_count(all), all == 1 ? "point" : "points", without, folder));
  }
  return failed < all || all == 0 ? 0 : 1;
}

int run_one(const ArgumentText& word, const ParsedArguments& arguments, Terminal& terminal) {
  StudyOptions options = study_options(arguments);
  const std::vector<PictureFormat> formats = picture_formats(arguments, "figures", true);
  const auto [study, inputs, registry] = open_checked_study(word, arguments, options);
  const InterruptibleWork work;
  StudyFolder folder(study_folder_of(arguments, study.name), store_label_of(study, options), arguments.has("resume"));
  folder.store().set_inputs(inputs.files);
  options.begin = [&](const std::string& what) {
    const auto bar =
        std::make_shared<ProgressBar>(terminal.err(), progress_style(arguments, terminal), what, time_since_now());
    return [bar](std::size_t done, std::size_t all) { bar->update(done, all); };
  };
  const StudyRun run = run_study(study, inputs, registry, folder.store(), options);
  const bool quiet = arguments.has("quiet");
  if (run.was_interrupted) {
    terminal.note(fmt::format("interrupted; what was found is kept in {}: go on with --resume", folder.path()));
    return 130;
  }
  folder.store().set_notes(study_notes(study, inputs, registry, {.stop = options.stop}));
  const StudyResults results = read_results(folder.store());
  OHM_CHECK(results.missing_points == 0, "a study that has ended has all of its points");
  folder.store().close();
  write_results(results, folder.path());
  if (!quiet) explain_warnings(inputs, results, terminal);
  const bool drawn = draw_figures(results, folder.path(), formats, quiet, terminal);
  const int code = finish(results, folder.path(), quiet, terminal);
  return drawn ? code : 130;
}

int run_study_action(const ParsedArguments& arguments, Terminal& terminal) {
  const ArgumentText& word = arguments.positional[1];
  if (word.text != "all") return run_one(word, arguments, terminal);
  if (arguments.has("out")) {
    throw InputError(Diagnostic{Severity::error,
                                "'--out' means nothing to all studies",
                                arguments.values("out").back().where,
                                "each has a folder of its own, out/NAME",
                                {}});
  }
  int code = 0;
  for (const std::string& name : built_in_study_names()) {
    const int one = run_one({name, word.where}, arguments, terminal);
    if (one == 130) return one;
    code = std::max(code, one);
  }
  return code;
}

int list_action(Terminal& terminal) {
  std::size_t width = 0;
  for (const std::string& name : built_in_study_names()) width = std::max(width, name.size());
  std::string text;
  for (const std::string& name : built_in_study_names()) {
    text += fmt::format("{:<{}}  {}\n", name, width, read_study(find_built_in_study(name)).question);
  }
  terminal.print(text);
  return 0;
}

int show_action(const ParsedArguments& arguments, Terminal& terminal) {
  const std::unique_ptr<ResultStore> store = ResultStore::open(arguments.positional[1].text, to_string(tool_version()));
  const StudyResults results = read_results(*store);
  const std::string format = arguments.value("format").value_or("table");
  if (format == "json") {
    terminal.print(study_json(results, tool_version()));
  } else if (format == "csv") {
    terminal.print(study_csv(results));
  } else {
    terminal.print(study_table(results, terminal.table_style()));
  }
  if (results.missing_points > 0) terminal.note(missing_text(results));
  return 0;
}

int status_action(const ParsedArguments& arguments, Terminal& terminal) {
  const StudyProgress progress = read_progress(arguments.positional[1].text, to_string(tool_version()));
  terminal.print(progress_table(progress, terminal.table_style()));
  return 0;
}

int merge_action(const ParsedArguments& arguments, Terminal& terminal) {
  const std::vector<PictureFormat> formats = picture_formats(arguments, "figures", true);
  const InterruptibleWork work;
  std::vector<std::string> shards;
  for (std::size_t i = 1; i < arguments.positional.size(); ++i) shards.push_back(arguments.positional[i].text);
  const std::string tool = to_string(tool_version());
  const StoreLabel label = label_of_shards(shards, tool);
  StudyFolder folder(study_folder_of(arguments, label.study), label, false);
  merge_shards(shards, tool, folder);
  const StudyResults results = read_results(folder.store());
  folder.store().close();
  if (results.missing_points > 0) {
    std::error_code ignored;
    std::filesystem::remove(ResultStore::path_in(folder.path()), ignored);
    terminal.complain(fmt::format("these are not all shards of '{}': {}", label.study, missing_text(results)),
                      {"points count from 0; 'ohmloop study run --resume' ends a shard that was stopped"});
    return 1;
  }
  write_results(results, folder.path());
  const bool quiet = arguments.has("quiet");
  const bool drawn = draw_figures(results, folder.path(), formats, quiet, terminal);
  const int code = finish(results, folder.path(), quiet, terminal);
  return drawn ? code : 130;
}

}  // namespace

int study_command(const ParsedArguments& arguments, Terminal& terminal) {
  check_study_words(arguments);
  const std::string& action = arguments.positional.front().text;
  if (action == "list") return list_action(terminal);
  if (action == "run") return run_study_action(arguments, terminal);
  if (action == "show") return show_action(arguments, terminal);
  if (action == "submit") return submit_study(arguments, terminal);
  if (action == "status") return status_action(arguments, terminal);
  return merge_action(arguments, terminal);
}

}  // namespace ohmloop
