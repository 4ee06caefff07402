#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/open_data_set.hpp"
#include "ohmloop/base/file.hpp"
#include "ohmloop/cli/accuracy_inputs.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/progress_bar.hpp"
#include "ohmloop/cli/run_progress.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/inference/program.hpp"
#include "ohmloop/inference/simplify/simplify.hpp"
#include "ohmloop/report/accuracy_figure.hpp"
#include "ohmloop/report/accuracy_report.hpp"
#include "ohmloop/report/figures/draw_figure.hpp"
#include "ohmloop/report/output_directory.hpp"
#include "ohmloop/report/value_record.hpp"

namespace ohmloop {

namespace {

AccuracyResult measure(const AccuracyInputs& inputs, const AccuracySettings& settings, const ParsedArguments& arguments,
                       Terminal& terminal) {
  ProgressBar bar(terminal.err(), progress_style(arguments, terminal), "images", time_since_now());
  AccuracyOptions options;
  options.threads = threads_of(arguments);
  options.progress = [&bar](std::size_t done, std::size_t all) { bar.update(done, all); };
  options.interrupted = [] { return interrupt_requested(); };
  return measure_accuracy(inputs.graph, *inputs.data, settings, options);
}

AccuracyReport report_of(const AccuracyInputs& inputs, const AccuracySettings& settings) {
  AccuracyReport report;
  report.tool = tool_version();
  report.inputs = inputs.files;
  report.network = inputs.network;
  report.data_set = inputs.data->name();
  report.data_set_images = inputs.data->size();
  report.decoder = inputs.data->decoder();
  report.preprocessing = inputs.data->preprocessing();
  report.settings = settings;
  return report;
}

/// Warnings that only the result can tell.
void add_warnings(AccuracyReport& report) {
  std::int64_t not_numbers = 0;
  for (const PointAccuracy& point : report.result.points) {
    for (const SeedAccuracy& seed : point.seeds) not_numbers = std::max(not_numbers, seed.not_numbers);
  }
  if (not_numbers > 0) {
    report.warnings.push_back(
        {Severity::warning,
         fmt::format("the network's scores for {} images are not all numbers; these images count as wrong",
                     not_numbers),
         {},
         {},
         {}});
  }
}

void write_files(const AccuracyReport& report, OutputDirectory& directory, Terminal& terminal) {
  directory.add("accuracy.json", accuracy_json(report));
  directory.add("points.csv", accuracy_csv(report));
  directory.add("predictions.tsv", predictions_text(report.result, '\t'));
  if (report.result.points.size() > 1) {
    const FigureDrawing figure = draw_figure(accuracy_figure(report));
    directory.add("accuracy.gp", figure.script);
    if (figure.picture) {
      directory.add("accuracy.svg", *figure.picture);
    } else {
      terminal.note(fmt::format("no figure: {}; 'gnuplot accuracy.gp' draws it", figure.problem));
    }
  }
  directory.commit();
}

void print_result(const AccuracyReport& report, const std::string& format, Terminal& terminal) {
  if (format == "json") {
    terminal.print(accuracy_json(report));
  } else if (format == "csv") {
    terminal.print(accuracy_csv(report));
  } else {
    terminal.print(accuracy_table(report, terminal.table_style()));
  }
}

void print_plan(const AccuracyInputs& inputs, const AccuracySettings& settings, Terminal& terminal) {
  ProgramStats stats;
  const Program program(simplify(inputs.graph), settings.batch, &stats);
  std::string text;
  for (const std::string& line : stats.plan) text += line + "\n";
  text += fmt::format("{} steps, {} plain, {} reorders; {} MB a thread for batches of {}\n", stats.steps,
                      stats.plain_steps, stats.reorders, stats.session_bytes / 1'000'000, program.batch());
  terminal.print(text);
}

/// What was found before the user had enough of it; nothing was evaluated: only that.
int finish_interrupted(const AccuracyReport& report, const std::string& format, Terminal& terminal) {
  if (report.result.images == 0) throw Interrupted();
  print_result(report, format, terminal);
  terminal.note(fmt::format("interrupted after {} of {} images", report.result.images, report.data_set_images));
  return 130;
}

}  // namespace

int accuracy_command(const ParsedArguments& arguments, Terminal& terminal) {
  const AccuracySettings settings = accuracy_settings(arguments);
  const AccuracyInputs inputs = open_accuracy_inputs(arguments);
  const InterruptibleWork work;
  if (arguments.has("plan")) {
    print_plan(inputs, settings, terminal);
    return 0;
  }
  const std::optional<std::string> out = arguments.value("out");
  std::optional<OutputDirectory> directory;
  if (out) directory.emplace(*out);
  for (const char* file : {"record", "predictions"}) {
    if (arguments.has(file)) check_writable(*arguments.value(file));
  }
  const std::string format = arguments.value("format").value_or("table");
  const bool quiet = arguments.has("quiet");

  if (const std::optional<std::string> record = arguments.value("record")) {
    write_file_atomically(
        *record, value_record_json(record_values(inputs.graph, *inputs.data, settings, threads_of(arguments))));
    if (!quiet) terminal.note(fmt::format("written: {}", *record));
  }
  AccuracyReport report = report_of(inputs, settings);
  report.result = measure(inputs, settings, arguments, terminal);
  add_warnings(report);
  if (!quiet) terminal.explain(report.warnings);
  if (const std::optional<std::string> predictions = arguments.value("predictions")) {
    write_file_atomically(*predictions, predictions_text(report.result, predictions->ends_with(".csv") ? ',' : '\t'));
  }
  if (report.result.was_interrupted) return finish_interrupted(report, format, terminal);
  if (directory) write_files(report, *directory, terminal);
  print_result(report, format, terminal);
  if (out && !quiet) terminal.note(fmt::format("written to {}", *out));
  return 0;
}

}  // namespace ohmloop
