#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/cli/commands.hpp"
#include "ohmloop/report/table_cells.hpp"
#include "ohmloop/study/chosen_inputs.hpp"

namespace ohmloop {

namespace {

struct Finding {
  std::string kind;  ///< "architecture", "network", or empty if not even that is known
  std::vector<Diagnostic> diagnostics;
};

Diagnostic error_of(std::string message) { return {Severity::error, std::move(message), {}, {}, {}}; }

/// Reads the file as what it is; whatever is wrong with it ends up in the finding.
Finding examine(const ArgumentText& file) {
  Finding finding;
  Diagnostics warnings;
  try {
    require_file(file);
    const bool onnx = is_onnx_file(file.text);
    finding.kind = onnx ? "network" : "architecture";
    if (onnx) {
      finding.diagnostics = open_onnx_file(file.text, 1).network.warnings;
    } else {
      Registry registry;
      register_builtin_estimators(registry);
      open_architecture_input(file, {}, registry, warnings);
      finding.diagnostics = warnings.warnings();
    }
  } catch (const InputError& error) {
    finding.diagnostics = error.diagnostics();
  } catch (const OverflowError& error) {
    finding.diagnostics = {error_of(fmt::format("'{}': the sizes are too large: {}", file.text, error.what()))};
  } catch (const IoError& error) {
    finding.diagnostics = {error_of(error.what())};
  }
  return finding;
}

std::string verdict(const std::string& file, const Finding& finding) {
  const auto errors = std::count_if(finding.diagnostics.begin(), finding.diagnostics.end(),
                                    [](const Diagnostic& one) { return one.severity == Severity::error; });
  const auto warnings = static_cast<std::int64_t>(finding.diagnostics.size()) - errors;
  std::string text = fmt::format("{}: {}", file, finding.kind);
  if (!finding.kind.empty()) text += ", ";
  if (errors == 0 && warnings == 0) return text + "no problems\n";
  if (errors > 0) text += counted(errors, "error");
  if (errors > 0 && warnings > 0) text += ", ";
  if (warnings > 0) text += counted(warnings, "warning");
  return text + "\n";
}

}  // namespace

int check_command(const ParsedArguments& arguments, Terminal& terminal) {
  bool errors = false;
  for (const ArgumentText& file : arguments.positional) {
    const Finding finding = examine(file);
    terminal.print(verdict(file.text, finding));
    terminal.explain(finding.diagnostics);
    errors = errors || std::any_of(finding.diagnostics.begin(), finding.diagnostics.end(),
                                   [](const Diagnostic& one) { return one.severity == Severity::error; });
  }
  return errors ? 1 : 0;
}

}  // namespace ohmloop
