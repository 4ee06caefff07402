#include <fmt/format.h>

#include "ohmloop/accelergy/accelergy_writer.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/energy_inputs.hpp"
#include "ohmloop/cli/version.hpp"
#include "ohmloop/report/energy_csv.hpp"
#include "ohmloop/report/energy_explanation.hpp"
#include "ohmloop/report/energy_json.hpp"
#include "ohmloop/report/energy_table.hpp"
#include "ohmloop/report/output_directory.hpp"

namespace ohmloop {

namespace {

const ChargedEnergy* charged_of(const EnergyReport& report) { return report.charged ? &*report.charged : nullptr; }

/// The explanation that was asked for; the files of a wrong word are not worth writing.
std::string explanation(const ParsedArguments& arguments, const EnergyReport& report) {
  const ArgumentText word = arguments.values("explain").back();
  Diagnostics diagnostics;
  const ExplainedPart part = parse_explained_part(word.text, word.where, report.tables, diagnostics);
  if (arguments.value("format").value_or("table") != "table") {
    diagnostics.error("an explanation is for people: it has no other format", word.where,
                      "leave out --format: json and csv carry the same derivations");
  }
  diagnostics.throw_if_errors();
  return explain_energy(report.tables, charged_of(report), part);
}

std::string result(const ParsedArguments& arguments, const EnergyReport& report, Detail detail,
                   const TableStyle& style) {
  if (arguments.has("explain")) return explanation(arguments, report);
  const std::string format = arguments.value("format").value_or("table");
  if (format == "accelergy") return write_accelergy(report.tables, charged_of(report), report.accelergy_version);
  if (format == "json") return energy_json(report, detail);
  if (format == "csv") return report.charged ? energy_csv(report, detail) : components_csv(report);
  return energy_table(report, detail, style);
}

std::string write_files(const EnergyReport& report, Detail detail, const std::string& path) {
  OutputDirectory directory(path);
  std::string names = "energy.json, components.csv, ERT.yaml, ART.yaml";
  directory.add("energy.json", energy_json(report, detail));
  directory.add("components.csv", components_csv(report));
  directory.add("ERT.yaml", write_ert(report.tables, report.accelergy_version));
  directory.add("ART.yaml", write_art(report.tables, report.accelergy_version));
  if (report.charged) {
    directory.add("energy.csv", energy_csv(report, detail));
    names += ", energy.csv";
  }
  directory.commit();
  return names;
}

}  // namespace

int energy_command(const ParsedArguments& arguments, Terminal& terminal) {
  EnergyReport report = open_energy_report(arguments);
  report.tool = tool_version();
  const Detail detail = arguments.has("instances") ? Detail::instances : Detail::entries;
  const std::string text = result(arguments, report, detail, terminal.table_style());
  const bool quiet = arguments.has("quiet");
  if (!quiet) terminal.explain(report.warnings);
  const std::optional<std::string> out = arguments.value("out");
  const std::string written = out ? write_files(report, detail, *out) : "";
  terminal.print(text);
  if (out && !quiet) terminal.note(fmt::format("written to {}: {}", *out, written));
  return 0;
}

}  // namespace ohmloop
