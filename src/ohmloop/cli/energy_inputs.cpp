#include "ohmloop/cli/energy_inputs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/cli/chip_inputs.hpp"
#include "ohmloop/cli/inputs.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

std::vector<std::string> texts_of(const std::vector<ArgumentText>& words) {
  std::vector<std::string> texts;
  for (const ArgumentText& word : words) texts.push_back(word.text);
  return texts;
}

EnergySettings settings_of(const ParsedArguments& arguments) {
  EnergySettings settings;
  settings.chip = texts_of(arguments.positional);
  settings.counts = arguments.value("counts").value_or("");
  settings.overrides = texts_of(arguments.values("set"));
  settings.estimators = texts_of(arguments.values("estimator"));
  return settings;
}

InputError two_descriptions(const ChipFile& one, const ChipFile& other) {
  return InputError(
      Diagnostic{Severity::error,
                 fmt::format("'{}' and '{}' describe a chip each", one.source->path, other.source->path),
                 other.argument.where,
                 {},
                 {"give one description of our own, or the files of one description in Accelergy's form"}});
}

class EnergyInputs {
 public:
  explicit EnergyInputs(const ParsedArguments& arguments) : arguments_(arguments) {}

  EnergyReport run() {
    report_.settings = settings_of(arguments_);
    files_ = open_chip_files(arguments_.positional);
    register_builtin_estimators(registry_);
    select_estimators();
    read_chip();
    read_counts();
    report_.warnings = diagnostics_.warnings();
    return std::move(report_);
  }

 private:
  void select_estimators() {
    EstimatorSelection selection;
    for (const ArgumentText& word : arguments_.values("estimator")) {
      selection.insert(word.text);
      if (registry_.find(word.text) != nullptr) continue;
      const std::vector<std::string> names = registry_.names();
      diagnostics_.error(fmt::format("no estimator '{}'", word.text), word.where, did_you_mean(word.text, names),
                         {"estimators: " + list_names(names)});
    }
    diagnostics_.throw_if_errors();
    if (!selection.empty()) registry_.select(std::move(selection), diagnostics_);
  }

  void read_chip() {
    const ChipFile* native = nullptr;
    for (const ChipFile& file : files_) {
      if (file.kind == ChipFileKind::counts) continue;
      if (native != nullptr) throw two_descriptions(*native, file);
      native = &file;
    }
    if (native == nullptr) {
      throw InputError(Diagnostic{Severity::error, "no file describes a chip", files_.front().argument.where, {}, {}});
    }
    read_native(*native);
  }

  void read_native(const ChipFile& file) {
    const EstimatedArchitecture chip =
        estimate_architecture(file.source, arguments_.values("set"), registry_, diagnostics_);
    report_.inputs.push_back(input_file(*file.source));
    report_.name = chip.architecture.name;
    report_.tables = system_tables(chip.architecture, chip.tables);
    report_.peak = peak_performance(chip.architecture, chip.tables);
  }

  /// Those that `--counts` names; otherwise those among the files of the chip.
  void read_counts() {
    if (arguments_.has("counts")) {
      const ArgumentText word = arguments_.values("counts").back();
      require_file(word);
      const SourceFilePtr source = read_source_file(word.text);
      charge_counts(source, parse_yaml(source, diagnostics_));
      return;
    }
    const ChipFile* counts = nullptr;
    for (const ChipFile& file : files_) {
      if (file.kind != ChipFileKind::counts) continue;
      if (counts != nullptr) throw two_counts(*counts, file);
      counts = &file;
    }
    if (counts != nullptr) charge_counts(counts->source, counts->root);
  }

  static InputError two_counts(const ChipFile& one, const ChipFile& other) {
    return InputError(
        Diagnostic{Severity::error,
                   fmt::format("'{}' and '{}' both hold action counts", one.source->path, other.source->path),
                   other.argument.where,
                   "say with --counts which of them",
                   {}});
  }

  void charge_counts(const SourceFilePtr& source, const YamlNode& root) {
    const YamlNode* list = root.find("action_counts");
    if (list == nullptr && !diagnostics_.has_errors()) {
      diagnostics_.error(fmt::format("'{}' holds no 'action_counts'", source->path), root.span);
    }
    diagnostics_.throw_if_errors();
    report_.inputs.push_back(input_file(*source));
    report_.settings.counts = source->path;
    report_.counts = read_action_counts(*list, diagnostics_);
    diagnostics_.throw_if_errors();
    report_.charged = charge(*report_.counts, report_.tables, diagnostics_);
    diagnostics_.throw_if_errors();
  }

  const ParsedArguments& arguments_;
  Diagnostics diagnostics_;
  Registry registry_;
  std::vector<ChipFile> files_;
  EnergyReport report_;
};

}  // namespace

EnergyReport open_energy_report(const ParsedArguments& arguments) { return EnergyInputs(arguments).run(); }

}  // namespace ohmloop
