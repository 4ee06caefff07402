#include "ohmloop/accelergy/field_files.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/accelergy/field_expression.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr std::array<std::string_view, 8> inputs = {
    "architecture", "compound_components", "components", "ERT",
    "ART",          "action_counts",       "variables",  "path_to_data_dir"};

/// What Timeloop's files say about mappings; it changes no energy of an action.
constexpr std::array<std::string_view, 15> of_mapping = {"problem",
                                                         "problem_base_ignore",
                                                         "mapping",
                                                         "mapper",
                                                         "mapspace",
                                                         "constraints",
                                                         "architecture_constraints",
                                                         "mapspace_constraints",
                                                         "globals",
                                                         "sparse_optimizations",
                                                         "dumped_by_timeloop_front_end",
                                                         "arch_constraints",
                                                         "layout",
                                                         "instance",
                                                         "workload"};

constexpr std::array<std::string_view, 4> results = {"ERT_summary", "ART_summary", "energy_estimation", "cycle_count"};

template <std::size_t n>
bool contains(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Sorter {
 public:
  explicit Sorter(Diagnostics& diagnostics) : diagnostics_(diagnostics) { files_.variables.kind = YamlNode::Kind::map; }

  void add(const SourceFilePtr& source) {
    if (report_templates(source, diagnostics_)) return;
    const YamlNode tree = parse_yaml(source, diagnostics_);
    if (tree.is_null()) return;
    if (!tree.is_map()) {
      diagnostics_.error(fmt::format("expected a map at the top of '{}', found {}", source->path, kind_name(tree)),
                         tree.span);
      return;
    }
    if (tree.find("path_to_data_dir") != nullptr) {
      files_.identifiers.push_back(tree);
      return;
    }
    for (const YamlEntry& entry : tree.entries) sort(entry);
  }

  FieldFiles take() { return std::move(files_); }

 private:
  void sort(const YamlEntry& entry) {
    if (entry.key == "architecture") return set_architecture(entry);
    if (entry.key == "variables") return add_variables(entry.value);
    std::vector<YamlNode>* list = list_of(entry.key);
    if (list != nullptr) {
      list->push_back(entry.value);
    } else if (contains(results, entry.key)) {
      diagnostics_.error(fmt::format("'{}' is a result, not an input", entry.key), entry.key_span,
                         "leave this file out, or give the ERT, the ART or the action counts");
    } else if (!contains(of_mapping, entry.key)) {
      std::vector<std::string> known(inputs.begin(), inputs.end());
      diagnostics_.error(fmt::format("unknown key '{}' at the top of the file", entry.key), entry.key_span,
                         did_you_mean(entry.key, known), {"known keys: " + list_names(known)});
    }
  }

  std::vector<YamlNode>* list_of(std::string_view key) {
    if (key == "compound_components" || key == "components") return &files_.compounds;
    if (key == "ERT") return &files_.energies;
    if (key == "ART") return &files_.areas;
    if (key == "action_counts") return &files_.counts;
    return nullptr;
  }

  void set_architecture(const YamlEntry& entry) {
    if (files_.architecture) {
      diagnostics_.error("there are two architectures", entry.key_span, {},
                         {"the other one is at " + to_string(architecture_where_)});
      return;
    }
    files_.architecture = entry.value;
    architecture_where_ = entry.key_span;
  }

  void add_variables(const YamlNode& variables) {
    if (!variables.is_map() && !variables.is_null()) {
      diagnostics_.error(fmt::format("expected a map of variables, found {}", kind_name(variables)), variables.span);
    }
    for (const YamlEntry& entry : variables.entries) {
      if (entry.key == "version" || !entry.value.is_scalar()) continue;
      files_.variables.entries.push_back(entry);
      files_.variables.entries.back().value = translate_expression(entry.value, FieldDialect::v04);
    }
  }

  Diagnostics& diagnostics_;
  FieldFiles files_;
  SourceSpan architecture_where_;
};

bool has_version_or_parts(const YamlNode& architecture) {
  for (const char* key : {"version", "subtree", "local", "nodes"}) {
    if (architecture.find(key) != nullptr) return true;
  }
  return false;
}

}  // namespace

FieldFiles read_field_files(const std::vector<SourceFilePtr>& files, Diagnostics& diagnostics) {
  Sorter sorter(diagnostics);
  for (const SourceFilePtr& file : files) sorter.add(file);
  return sorter.take();
}

bool is_field_file(const YamlNode& tree) {
  if (!tree.is_map() || tree.find("ohmloop") != nullptr) return false;
  for (const char* key : {"compound_components", "path_to_data_dir", "ERT", "ART", "action_counts", "ERT_summary",
                          "ART_summary", "energy_estimation"}) {
    if (tree.find(key) != nullptr) return true;
  }
  if (const YamlNode* components = tree.find("components")) {
    if (components->find("classes") != nullptr) return true;
  }
  const YamlNode* architecture = tree.find("architecture");
  return architecture != nullptr && architecture->is_map() && has_version_or_parts(*architecture);
}

}  // namespace ohmloop
