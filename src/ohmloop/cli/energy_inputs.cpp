#include "ohmloop/cli/energy_inputs.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/accelergy/accelergy_system.hpp"
#include "ohmloop/cli/chip_inputs.hpp"
#include "ohmloop/cli/estimator_options.hpp"
#include "ohmloop/study/chosen_inputs.hpp"

namespace ohmloop {

namespace {

EnergySettings settings_of(const ParsedArguments& arguments) {
  EnergySettings settings;
  settings.chip = texts_of(arguments.positional);
  settings.counts = arguments.value("counts").value_or("");
  settings.overrides = texts_of(arguments.values("set"));
  settings.estimators = texts_of(arguments.values("estimator"));
  settings.estimator_programs = texts_of(arguments.values("estimator-program"));
  settings.exact = arguments.has("exact");
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
    read_chip();
    read_counts();
    report_.warnings = diagnostics_.warnings();
    return std::move(report_);
  }

 private:
  /// One native description, or any number of files in Accelergy's form.
  void read_chip() {
    const ChipFile* first = nullptr;
    std::vector<SourceFilePtr> field;
    for (const ChipFile& file : files_) {
      if (file.kind == ChipFileKind::counts) continue;
      if (first == nullptr) first = &file;
      const bool alone = file.kind == ChipFileKind::native || first->kind == ChipFileKind::native;
      if (alone && first != &file) throw two_descriptions(*first, file);
      if (file.kind == ChipFileKind::field) field.push_back(file.source);
    }
    if (first == nullptr) {
      throw InputError(Diagnostic{Severity::error, "no file describes a chip", files_.front().argument.where, {}, {}});
    }
    if (field.empty()) {
      read_native(*first);
    } else {
      read_field(field);
    }
  }

  void read_field(const std::vector<SourceFilePtr>& sources) {
    AccelergyOptions options;
    options.exact = arguments_.has("exact");
    for (const ArgumentText& one : arguments_.values("set")) options.overrides.push_back(parse_override(one.text));
    Registry registry;
    register_estimators(arguments_, registry);
    AccelergySystem chip = read_accelergy_system(sources, registry, options, diagnostics_);
    diagnostics_.throw_if_errors();
    // Only now the tables among the files are known by their names.
    select_estimators(arguments_, registry);
    registry.check_selection(diagnostics_);
    diagnostics_.throw_if_errors();
    for (const SourceFilePtr& source : sources) report_.inputs.push_back(input_file(*source));
    report_.name = chip.system.name;
    report_.accelergy_version = chip.version;
    report_.tables = estimate_system(chip.system, registry, chip.variables.get(), diagnostics_);
    beside_ = std::move(chip.counts);
  }

  void read_native(const ChipFile& file) {
    refuse_exact();
    const EstimatedArchitecture chip =
        estimate_architecture(file.source, arguments_.values("set"), chosen_estimators(arguments_), diagnostics_);
    report_.inputs.push_back(input_file(*file.source));
    report_.name = chip.architecture.name;
    report_.tables = system_tables(chip.architecture, chip.tables);
    report_.peak = peak_performance(chip.architecture, chip.tables);
  }

  /// Our own descriptions lose nothing that there were to keep.
  void refuse_exact() const {
    if (!arguments_.has("exact")) return;
    throw InputError(Diagnostic{Severity::error,
                                "option '--exact' means nothing for a description of our own",
                                arguments_.values("exact").front().where,
                                "its figures are never rounded",
                                {}});
  }

  /// Those that `--counts` names; otherwise those among the files of the chip.
  void read_counts() {
    if (arguments_.has("counts")) {
      const ArgumentText word = arguments_.values("counts").back();
      require_file(word);
      const SourceFilePtr source = read_source_file(word.text);
      for (const ChipFile& file : files_) warn_of_unused_counts(file, word.text);
      charge_file(source, parse_yaml(source, diagnostics_));
      return;
    }
    const ChipFile* counts = nullptr;
    for (const ChipFile& file : files_) {
      if (file.kind != ChipFileKind::counts) continue;
      if (counts != nullptr) throw two_counts(*counts, file);
      counts = &file;
    }
    if (counts != nullptr) {
      charge_file(counts->source, counts->root);
    } else if (beside_) {
      charge_counts(*std::move(beside_));
    }
  }

  void warn_of_unused_counts(const ChipFile& file, const std::string& used) {
    std::error_code ignored;
    if (file.kind != ChipFileKind::counts || std::filesystem::equivalent(file.source->path, used, ignored)) return;
    diagnostics_.warning(fmt::format("the action counts of '{}' are not used", file.source->path), file.argument.where,
                         fmt::format("--counts names '{}'", used));
  }

  static InputError two_counts(const ChipFile& one, const ChipFile& other) {
    return InputError(
        Diagnostic{Severity::error,
                   fmt::format("'{}' and '{}' both hold action counts", one.source->path, other.source->path),
                   other.argument.where,
                   "say with --counts which of them",
                   {}});
  }

  void charge_file(const SourceFilePtr& source, const YamlNode& root) {
    const YamlNode* list = root.find("action_counts");
    if (list == nullptr && !diagnostics_.has_errors()) {
      diagnostics_.error(fmt::format("'{}' holds no 'action_counts'", source->path), root.span);
    }
    diagnostics_.throw_if_errors();
    report_.inputs.push_back(input_file(*source));
    report_.settings.counts = source->path;
    ActionCounts counts = read_action_counts(*list, diagnostics_);
    diagnostics_.throw_if_errors();
    charge_counts(std::move(counts));
  }

  void charge_counts(ActionCounts counts) {
    report_.charged = charge(counts, report_.tables, diagnostics_);
    diagnostics_.throw_if_errors();
    report_.counts = std::move(counts);
  }

  const ParsedArguments& arguments_;
  Diagnostics diagnostics_;
  std::vector<ChipFile> files_;
  std::optional<ActionCounts> beside_;  ///< counts that stand in a file of the chip
  EnergyReport report_;
};

}  // namespace

EnergyReport open_energy_report(const ParsedArguments& arguments) { return EnergyInputs(arguments).run(); }

}  // namespace ohmloop
