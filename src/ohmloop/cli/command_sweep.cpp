#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/cli/chip_inputs.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/progress_bar.hpp"
#include "ohmloop/cli/run_progress.hpp"
#include "ohmloop/cli/run_settings.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/report/output_directory.hpp"
#include "ohmloop/report/sweep_report.hpp"
#include "ohmloop/study/chosen_inputs.hpp"
#include "ohmloop/study/sweep_evaluation.hpp"

namespace ohmloop {

namespace {

/// Everything that was typed wrong at once: networks, the architecture's name and --over.
void read_inputs(const ParsedArguments& arguments, NetworkSweep& sweep, SweepInputs& inputs) {
  Diagnostics diagnostics;
  const auto collect = [&](const auto& open) {
    try {
      open();
    } catch (const InputError& error) {
      for (const Diagnostic& each : error.diagnostics()) {
        diagnostics.error(each.message, each.where, each.label, each.notes);
      }
    }
  };
  for (const ArgumentText& name : arguments.positional) {
    collect([&] {
      NetworkInput input = open_network(name, sweep.settings.batch);
      sweep.networks.push_back(name.text);
      inputs.networks.push_back(std::move(input.network));
      if (input.file) sweep.inputs.push_back(std::move(*input.file));
    });
  }
  collect([&] {
    inputs.architecture = open_architecture_source(arguments.values("arch").back());
    sweep.inputs.push_back(input_file(*inputs.architecture));
  });
  inputs.set = arguments.values("set");
  inputs.axes = parse_axes(arguments.values("over"), inputs.set, arguments.positional.size(), diagnostics);
  diagnostics.throw_if_errors();
  for (const ParsedAxis& one : inputs.axes) sweep.axes.push_back(one.axis);
}

std::vector<Diagnostic> warnings_of(const NetworkSweep& sweep, const SweepInputs& inputs) {
  std::vector<Diagnostic> all;
  for (const Network& network : inputs.networks) {
    all.insert(all.end(), network.warnings.begin(), network.warnings.end());
  }
  const std::vector<Diagnostic> of_points = summary_of_warnings(sweep.points);
  all.insert(all.end(), of_points.begin(), of_points.end());
  return all;
}

void print_result(const NetworkSweep& sweep, const std::string& format, Terminal& terminal) {
  if (format == "json") {
    terminal.print(network_sweep_json(sweep));
  } else if (format == "csv") {
    terminal.print(network_sweep_csv(sweep));
  } else {
    terminal.print(network_sweep_table(sweep, terminal.table_style()));
  }
}

void write_files(const NetworkSweep& sweep, OutputDirectory& directory) {
  directory.add("sweep.json", network_sweep_json(sweep));
  directory.add("sweep.csv", network_sweep_csv(sweep));
  directory.commit();
}

bool any_result(const NetworkSweep& sweep) {
  return std::any_of(sweep.points.begin(), sweep.points.end(),
                     [](const SweepPoint& point) { return point.costs.has_value(); });
}

/// What was found before the user had enough of it; nothing was evaluated: only that.
int finish_interrupted(const NetworkSweep& sweep, const std::string& format, Terminal& terminal) {
  if (sweep.points.empty()) throw Interrupted();
  print_result(sweep, format, terminal);
  terminal.note(fmt::format("interrupted after {} of {} points", sweep.points.size(), sweep.all_points));
  return 130;
}

}  // namespace

int sweep_command(const ParsedArguments& arguments, Terminal& terminal) {
  NetworkSweep sweep;
  sweep.tool = tool_version();
  sweep.settings = run_settings(arguments);
  SweepInputs inputs;
  const Registry registry = chosen_estimators(arguments);
  inputs.registry = &registry;
  read_inputs(arguments, sweep, inputs);
  sweep.all_points = inputs.networks.size() * chips_of(inputs.axes);

  const InterruptibleWork work;
  SweepOptions options;
  options.mapper = sweep.settings.mapper;
  options.threads = threads_of(arguments);
  options.stop = [] { return interrupt_requested(); };
  std::vector<Diagnostic> wrong = check_values(inputs, options);
  throw_if_interrupted();
  if (!wrong.empty()) throw InputError(std::move(wrong));
  const std::optional<std::string> out = arguments.value("out");
  std::optional<OutputDirectory> directory;
  if (out) directory.emplace(*out);

  {
    ProgressBar bar(terminal.err(), progress_style(arguments, terminal), "evaluating points", time_since_now());
    options.progress = [&bar](std::size_t done, std::size_t all) { bar.update(done, all); };
    sweep.points = evaluate_sweep(inputs, options);
  }
  const bool quiet = arguments.has("quiet");
  if (!quiet) terminal.explain(warnings_of(sweep, inputs));
  const std::string format = arguments.value("format").value_or("table");
  if (sweep.points.size() < sweep.all_points) return finish_interrupted(sweep, format, terminal);
  if (directory) write_files(sweep, *directory);
  print_result(sweep, format, terminal);
  if (out && !quiet) terminal.note(fmt::format("written to {}: sweep.json, sweep.csv", *out));
  return any_result(sweep) ? 0 : 1;
}

}  // namespace ohmloop
