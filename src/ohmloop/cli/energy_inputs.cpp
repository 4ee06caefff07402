#include "ohmloop/cli/energy_inputs.hpp"

#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "ohmloop/accelergy/accelergy_system.hpp"
#include "ohmloop/accelergy/unit_estimator.hpp"
#include "ohmloop/cli/chip_inputs.hpp"
#include "ohmloop/cli/inputs.hpp"
#include "ohmloop/energy/programs/program_estimator.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

std::vector<std::string> texts_of(const std::vector<ArgumentText>& words) {
  std::vector<std::string> texts;
  texts.reserve(words.size());
  for (const ArgumentText& word : words) texts.push_back(word.text);
  return texts;
}

EnergySettings settings_of(const ParsedArguments& arguments) {
  EnergySettings settings;
  settings.chip = texts_of(arguments.positional);
  settings.counts = arguments.value("counts").value_or("");
  settings.overrides = texts_of(arguments.values("set"));
  settings.estimators = texts_of(arguments.values("estimator"));
  settings.estimator_programs = texts_of(arguments.values("estimator-program"));
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

}  // namespace

void register_estimators(const ParsedArguments& arguments, Registry& registry, Diagnostics& diagnostics) {
  register_builtin_estimators(registry);
  for (const ArgumentText& word : arguments.values("estimator-program")) {
    add_estimator_program(registry, word.text, diagnostics);
  }
  diagnostics.throw_if_errors();
}

namespace {

class EnergyInputs {
 public:
  explicit EnergyInputs(const ParsedArguments& arguments) : arguments_(arguments) {}

  EnergyReport run() {
    report_.settings = settings_of(arguments_);
    files_ = open_chip_files(arguments_.positional);
    register_estimators(arguments_, registry_, diagnostics_);
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
    for (const ArgumentText& one : arguments_.values("set")) options.overrides.push_back(parse_override(one.text));
    AccelergySystem chip = read_accelergy_system(sources, registry_, options, diagnostics_);
    diagnostics_.throw_if_errors();
    select_estimators();
    for (const SourceFilePtr& source : sources) report_.inputs.push_back(input_file(*source));
    report_.name = chip.system.name;
    report_.tables = estimate_system(chip.system, registry_, chip.variables.get(), diagnostics_);
    beside_ = std::move(chip.counts);
  }

  void read_native(const ChipFile& file) {
    registry_.add(std::make_unique<UnitEstimator>());
    select_estimators();
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
  Registry registry_;
  std::vector<ChipFile> files_;
  std::optional<ActionCounts> beside_;  ///< counts that stand in a file of the chip
  EnergyReport report_;
};

}  // namespace

EnergyReport open_energy_report(const ParsedArguments& arguments) { return EnergyInputs(arguments).run(); }

}  // namespace ohmloop
