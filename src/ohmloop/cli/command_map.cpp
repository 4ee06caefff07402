#include <chrono>

#include <fmt/format.h>

#include "ohmloop/base/file.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/map_inputs.hpp"
#include "ohmloop/cli/mapper_settings.hpp"
#include "ohmloop/cli/run_progress.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/report/map_report.hpp"
#include "ohmloop/report/output_directory.hpp"

namespace ohmloop {

namespace {

MapOptions map_options_of(const ParsedArguments& arguments) {
  MapOptions options;
  options.objective = objective_of(arguments);
  options.imperfect = arguments.has("imperfect");
  options.threads = threads_of(arguments);
  options.stop = stop_of(arguments);
  return options;
}

/// Exit code 1: the answer is no.
int explain_none(const NoMapping& none, Terminal& terminal) {
  Diagnostic error{Severity::error, "no legal mapping: " + none.reason, none.where, {}, {}};
  if (!none.suggestion.empty()) error.notes.push_back("what would help: " + none.suggestion);
  terminal.explain({error});
  return 1;
}

std::string write_files(const MappedFiles& mapped, OutputDirectory& directory) {
  directory.add("map.json", map_json(mapped.report));
  directory.add("counts.csv", model_csv(mapped.report.model));
  directory.add("mapping.txt", mapped.report.model.mapping);
  directory.add("mapping.yaml", mapped.mapping_yaml);
  std::string names = "map.json, counts.csv, mapping.txt, mapping.yaml";
  if (!mapped.layer_yaml.empty()) {
    directory.add("layer.yaml", mapped.layer_yaml);
    names += ", layer.yaml";
  }
  directory.commit();
  return names;
}

void print_result(const MapReport& report, const std::string& format, Terminal& terminal) {
  if (format == "json") {
    terminal.print(map_json(report));
  } else if (format == "csv") {
    terminal.print(map_csv(report));
  } else {
    terminal.print(map_table(report, terminal.table_style()));
  }
}

}  // namespace

int map_command(const ParsedArguments& arguments, Terminal& terminal) {
  const InterruptibleWork work;
  const MapOptions options = map_options_of(arguments);
  const std::optional<std::string> out = arguments.value("out");
  std::optional<OutputDirectory> directory;
  if (out) directory.emplace(*out);
  const std::optional<std::string> save = arguments.value("save-mapping");
  if (save) check_writable(*save);

  MapRequest request{.options = options, .why = arguments.has("why"), .stats = arguments.has("stats")};
  if (arguments.has("pareto")) {
    const ArgumentText word = arguments.values("pareto").back();
    request.metrics = parse_metrics(word.text, word.where);
  }
  MappedFiles mapped = map_files(arguments, request);
  const bool quiet = arguments.has("quiet");
  if (!quiet) terminal.explain(mapped.report.model.warnings);
  if (mapped.none) return explain_none(*mapped.none, terminal);
  if (!mapped.found) {
    throw_if_interrupted();
    throw InputError(Diagnostic{Severity::error,
                                "the budget was spent before a mapping was found",
                                arguments.values("budget").back().where,
                                "expected more time",
                                {}});
  }
  mapped.report.model.tool = tool_version();
  if (save) write_file_atomically(*save, mapped.mapping_yaml);
  const std::string written = directory ? write_files(mapped, *directory) : "";
  print_result(mapped.report, arguments.value("format").value_or("table"), terminal);
  if (save && !quiet) terminal.note(fmt::format("written: {}", *save));
  if (out && !quiet) terminal.note(fmt::format("written to {}: {}", *out, written));
  if (!interrupt_requested()) return 0;
  terminal.note("interrupted: the best so far");
  return 130;
}

}  // namespace ohmloop
