#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/cli/commands.hpp"
#include "ohmloop/cli/model_timeloop.hpp"
#include "ohmloop/report/output_directory.hpp"

namespace ohmloop {

namespace {

/// What `ohmloop model` would find wrong with the result.
std::vector<Diagnostic> problems_of(const timeloop::NativeDescription& native,
                                    const std::vector<SourceFilePtr>& tables) {
  try {
    read_model_texts(texts_of(native), tables);
  } catch (const InputError& error) {
    return error.diagnostics();
  }
  return {};
}

/// Reads what will be written, so that nobody finds out later that it can't be evaluated: what is wrong is a warning,
/// for the files are as faithful as they can be.
void warn_of_problems(const timeloop::NativeDescription& native, const std::vector<SourceFilePtr>& tables,
                      Diagnostics& diagnostics) {
  if (!native.mapping) return;
  const std::vector<Diagnostic> problems = problems_of(native, {});
  const bool tables_help = !problems.empty() && !tables.empty() && problems_of(native, tables).empty();
  const char* verdict =
      tables_help ? "'ohmloop model' needs the ERT beside the result: " : "'ohmloop model' will not take the result: ";
  for (const Diagnostic& each : problems) {
    diagnostics.warning(verdict + each.message, each.where, each.label, each.notes);
  }
}

}  // namespace

int convert_command(const ParsedArguments& arguments, Terminal& terminal) {
  const std::vector<SourceFilePtr> files = find_timeloop_files(arguments.positional);
  if (files.empty()) {
    throw InputError(Diagnostic{Severity::error,
                                "none of the files is one of Timeloop's",
                                arguments.positional.front().where,
                                {},
                                {"they have keys such as 'problem', or a map under 'architecture'"}});
  }
  Diagnostics diagnostics;
  const timeloop::NativeDescription native = convert_timeloop_files(files, diagnostics);
  warn_of_problems(native, files_with_tables(files), diagnostics);
  const std::filesystem::path out = arguments.value("out").value_or("");
  OutputDirectory directory(out.string());
  std::string written;
  const auto add = [&](const char* name, const std::string& text) {
    directory.add(name, text);
    written += (out / name).string() + "\n";
  };
  add("architecture.yaml", native.architecture);
  add("layer.yaml", native.layer);
  if (native.mapping) add("mapping.yaml", *native.mapping);
  directory.commit();
  if (!arguments.has("quiet")) {
    terminal.explain(diagnostics.warnings());
    if (!native.mapping) terminal.note("the files have no mapping: none is written");
  }
  terminal.print(written);
  return 0;
}

}  // namespace ohmloop
