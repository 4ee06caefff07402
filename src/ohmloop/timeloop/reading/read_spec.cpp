#include "ohmloop/timeloop/reading/read_spec.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include <fmt/format.h>

#include "ohmloop/accelergy/architecture_tree.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/timeloop/reading/map_text.hpp"
#include "ohmloop/timeloop/reading/read_directives.hpp"
#include "ohmloop/timeloop/reading/read_globals.hpp"
#include "ohmloop/timeloop/reading/read_hardware.hpp"
#include "ohmloop/timeloop/reading/read_problem.hpp"
#include "ohmloop/timeloop/reading/read_tables.hpp"

namespace ohmloop::timeloop {
namespace {

const std::vector<std::string> known_keys = {"architecture",
                                             "problem",
                                             "mapping",
                                             "architecture_constraints",
                                             "mapspace_constraints",
                                             "mapspace",
                                             "constraints",
                                             "mapper",
                                             "variables",
                                             "compound_components",
                                             "components",
                                             "globals",
                                             "ERT",
                                             "ART",
                                             "sparse_optimizations",
                                             "layout",
                                             "processors",
                                             "dumped_by_timeloop_front_end"};

/// The values of a key in all files.
using Sections = std::map<std::string, std::vector<YamlNode>, std::less<>>;

class SpecReader {
 public:
  explicit SpecReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  TimeloopSpec read(const std::vector<SourceFilePtr>& files);

 private:
  void collect(const SourceFilePtr& file);
  void collect_section(const YamlEntry& entry);
  const YamlNode* only(std::string_view key);
  void read_variables();
  void read_architecture();
  void read_constraints(const DirectiveNames& names);
  void read_inline_constraints(const DirectiveNames& names);
  void read_mapping(const DirectiveNames& names);
  void bypass_in_other_branches(const DirectiveNames& names);
  void read_tables();
  void read_mapper();
  void refuse_unsupported();

  [[nodiscard]] ReadContext context() const {
    return {.scope = *scope_, .dialect = dialect_, .diagnostics = diagnostics_};
  }

  Diagnostics& diagnostics_;
  Sections sections_;
  std::vector<SourceFilePtr> printed_mappings_;
  EmptyScope no_names_;
  std::unique_ptr<VariableScope> variables_;
  Scope* scope_ = &no_names_;
  FieldDialect dialect_ = FieldDialect::v04;
  TimeloopSpec spec_;
};

void SpecReader::collect_section(const YamlEntry& entry) {
  if (entry.key == "<<<") {
    diagnostics_.error("'<<<' is the merge key of Timeloop's front end, which must be run first", entry.key_span, {},
                       {"its result, parsed-processed-input.yaml, is read as it stands"});
    return;
  }
  std::string key = with_underscores(entry.key);
  if (entry.key.ends_with("_ignore")) return;  // anchors of other files stand under such keys
  if (std::find(known_keys.begin(), known_keys.end(), key) == known_keys.end()) {
    diagnostics_.error(fmt::format("unknown key '{}' in a file of Timeloop's", entry.key), entry.key_span,
                       did_you_mean(key, known_keys), {fmt::format("known keys: {}", list_names(known_keys))});
    return;
  }
  if (is_empty(entry.value)) return;  // the front end writes `mapping: []` where there is none
  sections_[key].push_back(entry.value);
}

void SpecReader::collect(const SourceFilePtr& file) {
  if (report_templates(file, diagnostics_)) return;
  if (is_printed_mapping(*file)) {
    printed_mappings_.push_back(file);
    return;
  }
  const YamlNode document = parse_yaml(file, diagnostics_);
  if (document.is_null()) return;
  if (!document.is_map()) {
    diagnostics_.error(fmt::format("expected a map of Timeloop's keys, found {}", kind_name(document)), document.span,
                       {}, {fmt::format("known keys: {}", list_names(known_keys))});
    return;
  }
  for (const YamlEntry& entry : document.entries) collect_section(entry);
}

/// The value of a key that may stand in one file alone.
const YamlNode* SpecReader::only(std::string_view key) {
  const auto found = sections_.find(key);
  if (found == sections_.end()) return nullptr;
  for (std::size_t i = 1; i < found->second.size(); ++i) {
    diagnostics_.error(fmt::format("`{}` is given twice", key), found->second[i].span, {},
                       {fmt::format("the first stands at {}", to_string(found->second.front().span))});
  }
  return &found->second.front();
}

void SpecReader::read_variables() {
  const YamlNode* variables = only("variables");
  if (variables == nullptr || !variables->is_map()) return;
  spec_.variables = *variables;
  variables_ = std::make_unique<VariableScope>(*variables, nullptr, diagnostics_);
  scope_ = variables_.get();
}

void SpecReader::read_architecture() {
  const YamlNode* architecture = only("architecture");
  if (architecture == nullptr) return;
  spec_.architecture = *architecture;
  const bool had_errors = diagnostics_.has_errors();
  const FieldArchitecture tree = read_field_architecture(*architecture, scope_, diagnostics_);
  spec_.version = tree.version;
  if (tree.version != "0.4") {
    dialect_ = FieldDialect::v03;
    spec_.counting = counting_of_2020();
  }
  const bool raw_v04 = architecture->is_map() && architecture->find("nodes") != nullptr;
  // Levels of a tree with errors would only make more of them.
  if (diagnostics_.has_errors() && !had_errors) return;
  spec_.hardware = read_hardware(tree, raw_v04, diagnostics_);
  if (diagnostics_.has_errors() && spec_.hardware->levels.empty()) spec_.hardware.reset();
}

/// In a `!Parallel`, what one branch keeps the others bypass.
void SpecReader::bypass_in_other_branches(const DirectiveNames& names) {
  DirectiveSet& set = spec_.constraints;
  for (const ParallelBranches& branches : names.hardware.parallels) {
    for (const std::vector<std::size_t>& levels : branches) {
      for (std::size_t data_space = 0; data_space < names.data_spaces.size(); ++data_space) {
        const bool kept = std::any_of(levels.begin(), levels.end(),
                                      [&](std::size_t level) { return set.keep[level][data_space] == true; });
        if (kept) continue;
        for (const std::size_t level : levels) set.keep[level][data_space] = false;
      }
    }
  }
}

void SpecReader::read_inline_constraints(const DirectiveNames& names) {
  for (std::size_t level = 0; level < names.hardware.levels.size(); ++level) {
    for (const InlineConstraint& constraint : names.hardware.levels[level].constraints) {
      if (!constraint.value.is_map()) {
        diagnostics_.error(fmt::format("expected a map of constraints, found {}", kind_name(constraint.value)),
                           constraint.value.span);
        continue;
      }
      read_directive(constraint.value, constraint.type, level, DirectiveUse::constraint, names, context(),
                     spec_.constraints);
    }
    if (!names.hardware.levels[level].fanout_only) continue;
    std::fill(spec_.constraints.keep[level].begin(), spec_.constraints.keep[level].end(), false);
  }
  bypass_in_other_branches(names);
}

void SpecReader::read_constraints(const DirectiveNames& names) {
  spec_.constraints = empty_directives(names);
  read_inline_constraints(names);
  for (const char* key : {"architecture_constraints", "mapspace_constraints", "constraints", "mapspace"}) {
    const auto found = sections_.find(key);
    if (found == sections_.end()) continue;
    for (const YamlNode& section : found->second) {
      const YamlNode* targets = section.is_map() ? section.find("targets") : &section;
      if (targets != nullptr) {
        read_directive_list(*targets, DirectiveUse::constraint, names, context(), spec_.constraints);
      }
    }
  }
}

void SpecReader::read_mapping(const DirectiveNames& names) {
  const YamlNode* mapping = only("mapping");
  if (mapping != nullptr && mapping->is_sequence()) {
    spec_.mapping = empty_directives(names);
    spec_.mapping_where = mapping->span;
    read_directive_list(*mapping, DirectiveUse::mapping, names, context(), *spec_.mapping);
  } else if (mapping != nullptr) {
    diagnostics_.error(fmt::format("`mapping` is a list of directives, found {}", kind_name(*mapping)), mapping->span);
  }
  for (const SourceFilePtr& file : printed_mappings_) {
    const SourceSpan where = span_at(file, 0);
    if (spec_.mapping) {
      diagnostics_.error("a second mapping", where, {},
                         {fmt::format("the first stands at {}", to_string(spec_.mapping_where))});
      continue;
    }
    spec_.mapping_where = where;
    spec_.mapping = read_printed_mapping(file, names, diagnostics_);
  }
}

void SpecReader::read_tables() {
  if (const YamlNode* ert = only("ERT")) spec_.ert = read_ert(*ert, context());
  if (const YamlNode* art = only("ART")) spec_.art = read_art(*art, context());
  for (const char* key : {"compound_components", "components"}) {
    const auto found = sections_.find(key);
    if (found == sections_.end()) continue;
    for (const YamlNode& section : found->second) spec_.compound_components.push_back(section);
  }
}

void SpecReader::read_mapper() {
  const YamlNode* mapper = only("mapper");
  if (mapper == nullptr || !mapper->is_map()) return;
  for (const YamlEntry& entry : mapper->entries) {
    MapperSetting setting{.key = with_underscores(entry.key), .values = {}, .where = entry.key_span};
    for (const YamlNode* item : items_of(entry.value)) setting.values.push_back(item->scalar);
    spec_.mapper.push_back(std::move(setting));
  }
}

void SpecReader::refuse_unsupported() {
  const YamlNode* sparse = only("sparse_optimizations");
  const YamlNode* targets = sparse != nullptr && sparse->is_map() ? sparse->find("targets") : sparse;
  if (targets != nullptr && !is_empty(*targets)) {
    diagnostics_.error("`sparse_optimizations` are not supported: gating and skipping would change every count",
                       sparse->span, {}, {"leave the section out to count everything as dense"});
  }
  if (const YamlNode* layout = only("layout")) {
    diagnostics_.error("`layout` is not supported: it would change how many accesses a level needs", layout->span, {},
                       {"without it, words are taken to lie as each access wants them"});
  }
  if (const YamlNode* globals = only("globals")) read_globals(*globals, diagnostics_, spec_.counting);
}

TimeloopSpec SpecReader::read(const std::vector<SourceFilePtr>& files) {
  for (const SourceFilePtr& file : files) collect(file);
  read_variables();
  read_architecture();
  if (const YamlNode* problem = only("problem")) spec_.problem = read_problem(*problem, context());
  if (spec_.hardware && spec_.problem) {
    const DirectiveNames names(*spec_.problem, *spec_.hardware);
    read_constraints(names);
    read_mapping(names);
  }
  read_tables();
  read_mapper();
  refuse_unsupported();
  return std::move(spec_);
}

}  // namespace

TimeloopSpec read_timeloop_spec(const std::vector<SourceFilePtr>& files, Diagnostics& diagnostics) {
  try {
    return SpecReader(diagnostics).read(files);
  } catch (const OverflowError& error) {
    diagnostics.error(fmt::format("the files' numbers are too large to count with: {}", error.what()), {});
    return {};
  }
}

bool looks_like_timeloop(const YamlNode& document) {
  for (const char* key : {"problem", "ERT", "ART", "architecture_constraints", "mapspace_constraints", "mapspace",
                          "dumped_by_timeloop_front_end", "compound_components"}) {
    if (document.find(key) != nullptr) return true;
  }
  const YamlNode* architecture = document.find("architecture");
  return architecture != nullptr && architecture->is_map();
}

}  // namespace ohmloop::timeloop
