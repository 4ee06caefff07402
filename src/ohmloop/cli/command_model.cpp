#include <fmt/format.h>

#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/model_inputs.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/report/model_report.hpp"
#include "ohmloop/report/output_directory.hpp"

namespace ohmloop {

namespace {

void write_files(const ModelInputs& inputs, const ModelReport& report, OutputDirectory& directory) {
  directory.add("model.json", model_json(report));
  directory.add("counts.csv", model_csv(report));
  directory.add("layer.yaml", to_yaml(inputs.layer));
  directory.add("mapping.yaml", to_yaml(inputs.einsum, inputs.architecture, inputs.mapping));
  directory.add("mapping.txt", report.mapping);
  directory.commit();
}

void print_result(const ModelReport& report, const std::string& format, Terminal& terminal) {
  if (format == "json") {
    terminal.print(model_json(report));
  } else if (format == "csv") {
    terminal.print(model_csv(report));
  } else {
    terminal.print(model_table(report, terminal.table_style()));
  }
}

}  // namespace

int model_command(const ParsedArguments& arguments, Terminal& terminal) {
  ModelInputs inputs = read_model_inputs(arguments);
  const std::optional<std::string> out = arguments.value("out");
  std::optional<OutputDirectory> directory;
  if (out) directory.emplace(*out);
  const Counts counts = count_actions(inputs.einsum, inputs.architecture, inputs.mapping);
  ModelReport report = model_report(inputs.einsum, inputs.architecture, inputs.tables, inputs.mapping, counts);
  report.tool = tool_version();
  report.inputs = inputs.files;
  report.warnings = inputs.warnings;
  const bool quiet = arguments.has("quiet");
  if (!quiet) terminal.explain(report.warnings);
  if (directory) write_files(inputs, report, *directory);
  print_result(report, arguments.value("format").value_or("table"), terminal);
  if (out && !quiet)
    terminal.note(fmt::format("written to {}: model.json, counts.csv, layer.yaml, mapping.yaml", *out));
  return 0;
}

}  // namespace ohmloop
