#include "ohmloop/timeloop/reading/read_directives.hpp"

#include <algorithm>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"
#include "ohmloop/timeloop/reading/read_factors.hpp"

namespace ohmloop::timeloop {
namespace {

enum class Kind { temporal, spatial, data_space, parallelism, unsupported };

/// The words that Timeloop's versions use for the kinds.
std::optional<Kind> kind_of(std::string_view type) {
  if (type == "temporal") return Kind::temporal;
  if (type == "spatial") return Kind::spatial;
  if (type == "datatype" || type == "dataspace" || type == "bypass" || type == "bypassing") return Kind::data_space;
  if (type == "utilization" || type == "parallelism") return Kind::parallelism;
  if (type == "max_overbooked_proportion" || type == "skew") return Kind::unsupported;
  return std::nullopt;
}

const std::vector<std::string> type_names = {"temporal", "spatial", "dataspace", "bypass", "utilization"};

/// Reads one directive into a set.
class DirectiveReader {
 public:
  DirectiveReader(DirectiveUse use, const DirectiveNames& names, const ReadContext& context, DirectiveSet& set)
      : use_(use), names_(names), context_(context), set_(set) {}

  void read(const YamlNode& directive, Kind kind, std::size_t level);

 private:
  void read_loop_key(const YamlEntry& entry, const std::string& key, LoopDirective& loops);
  bool read_rule(const YamlEntry& entry, const std::string& key, Kind kind, std::size_t level);
  void read_data_space_key(const YamlEntry& entry, const std::string& key, std::size_t level);
  void keep_only(const YamlNode& listed, bool keep, std::size_t level);
  void set_rule(const YamlNode& listed, std::size_t level, bool DataSpaceRules::*rule);
  void no_iteration_over(const YamlNode& listed, LoopDirective& loops);
  void read_parallelism(const YamlNode& directive, std::size_t level);
  void add(LoopDirective loops);
  void report_key(const YamlEntry& entry, const std::vector<std::string>& known);

  DirectiveUse use_;
  const DirectiveNames& names_;
  const ReadContext& context_;
  DirectiveSet& set_;
};

void DirectiveReader::report_key(const YamlEntry& entry, const std::vector<std::string>& known) {
  context_.diagnostics.error(fmt::format("unknown key '{}' in a directive", entry.key), entry.key_span,
                             did_you_mean(entry.key, known), {fmt::format("known keys: {}", list_names(known))});
}

void DirectiveReader::set_rule(const YamlNode& listed, std::size_t level, bool DataSpaceRules::*rule) {
  if (listed.is_scalar() && (listed.scalar == "true" || listed.scalar == "True")) {
    for (DataSpaceRules& rules : set_.rules[level]) rules.*rule = true;
    return;
  }
  for (const std::size_t data_space : read_data_spaces(listed, names_, context_)) {
    set_.rules[level][data_space].*rule = true;
  }
}

/// `no_iteration_over_dataspaces: [Weights]` fixes every dimension of Weights to one iteration.
void DirectiveReader::no_iteration_over(const YamlNode& listed, LoopDirective& loops) {
  for (const std::size_t index : read_data_spaces(listed, names_, context_)) {
    for (const auto& axis : names_.problem.data_spaces[index].axes) {
      for (const ProjectionTerm& term : axis) {
        const bool fixed = std::any_of(loops.factors.begin(), loops.factors.end(),
                                       [&](const Factor& factor) { return factor.dimension == term.dimension; });
        if (!fixed) loops.factors.push_back({.dimension = term.dimension, .where = listed.span});
      }
    }
  }
}

void DirectiveReader::read_loop_key(const YamlEntry& entry, const std::string& key, LoopDirective& loops) {
  static const std::vector<std::string> known = {"factors",           "factors_only",
                                                 "permutation",       "split",
                                                 "no_reuse",          "no_iteration_over_dataspaces",
                                                 "no_link_transfer",  "no_multicast_no_reduction",
                                                 "no_temporal_reuse", "rmw_first_update"};
  if (key == "factors" || key == "factors_only") {
    for (const Factor& factor : read_factors(entry.value, names_.problem, context_)) {
      const bool fixes = factor.relation == Factor::Relation::equal && factor.bound > 0;
      if (use_ == DirectiveUse::mapping && !fixes) {
        context_.diagnostics.error("a mapping must give every factor its number", factor.where, "expected P=4");
      }
      loops.factors.push_back(factor);
    }
    if (key == "factors") return;
    for (std::size_t i = 0; i < names_.problem.dimensions.size(); ++i) {
      const bool fixed = std::any_of(loops.factors.begin(), loops.factors.end(),
                                     [&](const Factor& factor) { return factor.dimension == i; });
      if (!fixed) loops.factors.push_back({.dimension = i, .where = entry.key_span});
    }
  } else if (key == "permutation") {
    loops.permutation = read_permutation(entry.value, names_.problem, context_);
  } else if (key == "split") {
    if (entry.value.is_null()) return;
    const auto split = context_.whole(entry.value, "split", 0);
    if (split) loops.split = static_cast<std::size_t>(*split);
  } else if (key == "no_iteration_over_dataspaces") {
    no_iteration_over(entry.value, loops);
  } else {
    report_key(entry, known);
  }
}

/// Keys that name data spaces and hold for a mapping as for a constraint; true if it is one.
bool DirectiveReader::read_rule(const YamlEntry& entry, const std::string& key, Kind kind, std::size_t level) {
  bool DataSpaceRules::*rule = nullptr;
  if (key == "no_reuse") {
    rule = kind == Kind::spatial ? &DataSpaceRules::no_spatial_reuse : &DataSpaceRules::no_temporal_reuse;
  } else if (key == "no_multicast_no_reduction") {
    rule = &DataSpaceRules::no_spatial_reuse;
  } else if (key == "no_temporal_reuse") {
    rule = &DataSpaceRules::no_temporal_reuse;
  } else if (key == "no_link_transfer") {
    rule = &DataSpaceRules::no_link_transfer;
  } else if (key == "no_coalesce" || key == "passthrough") {
    rule = &DataSpaceRules::no_coalesce;
  } else if (key == "rmw_first_update" || key == "rmw_on_first_writeback") {
    rule = &DataSpaceRules::rmw_first_update;
  } else {
    return false;
  }
  if (!is_empty(entry.value)) set_rule(entry.value, level, rule);
  return true;
}

void DirectiveReader::keep_only(const YamlNode& listed, bool keep, std::size_t level) {
  const std::vector<std::size_t> chosen = read_data_spaces(listed, names_, context_);
  for (std::size_t i = 0; i < names_.data_spaces.size(); ++i) {
    const bool is_chosen = std::find(chosen.begin(), chosen.end(), i) != chosen.end();
    set_keep(level, i, is_chosen == keep, names_, listed.span, context_.diagnostics, set_);
  }
}

void DirectiveReader::read_data_space_key(const YamlEntry& entry, const std::string& key, std::size_t level) {
  static const std::vector<std::string> known = {"keep", "bypass", "keep_only", "bypass_only", "no_coalesce"};
  if (key == "keep" || key == "bypass") {
    for (const std::size_t data_space : read_data_spaces(entry.value, names_, context_)) {
      set_keep(level, data_space, key == "keep", names_, entry.value.span, context_.diagnostics, set_);
    }
  } else if (key == "keep_only" || key == "bypass_only") {
    if (!entry.value.is_null()) keep_only(entry.value, key == "keep_only", level);
  } else {
    report_key(entry, known);
  }
}

void DirectiveReader::read_parallelism(const YamlNode& directive, std::size_t level) {
  if (const YamlNode* min = directive.find("min")) set_.min_parallelism[level] = context_.number(*min, "min");
}

void DirectiveReader::add(LoopDirective loops) {
  if (const LoopDirective* other = set_.find(loops.level, loops.spatial)) {
    const std::string kind = loops.spatial ? "spatial" : "temporal";
    context_.diagnostics.error(fmt::format("level '{}' has a second {} directive", names_.levels[loops.level], kind),
                               loops.where, {}, {fmt::format("the first stands at {}", to_string(other->where))});
    return;
  }
  set_.loops.push_back(std::move(loops));
}

void DirectiveReader::read(const YamlNode& directive, Kind kind, std::size_t level) {
  LoopDirective loops{.level = level, .spatial = kind == Kind::spatial, .where = directive.span};
  if (const YamlNode* target = directive.find("target")) loops.where = target->span;
  if (kind == Kind::parallelism) return read_parallelism(directive, level);
  for (const YamlEntry& entry : directive.entries) {
    const std::string key = with_underscores(entry.key);
    if (key == "target" || key == "type" || key == "name" || key == "version") continue;
    if (read_rule(entry, key, kind, level)) continue;
    if (kind == Kind::data_space)
      read_data_space_key(entry, key, level);
    else
      read_loop_key(entry, key, loops);
  }
  if (kind != Kind::data_space) add(std::move(loops));
}

std::optional<Kind> known_kind(std::string_view type, const SourceSpan& where, Diagnostics& diagnostics) {
  const std::optional<Kind> kind = kind_of(type);
  if (!kind) {
    diagnostics.error(fmt::format("unknown type '{}' of a directive", type), where, did_you_mean(type, type_names),
                      {fmt::format("known types: {}", list_names(type_names))});
  } else if (*kind == Kind::unsupported) {
    diagnostics.error(fmt::format("directives of type '{}' are not supported", type), where, {},
                      {"they would change what is counted"});
    return std::nullopt;
  }
  return kind;
}

}  // namespace

DirectiveNames::DirectiveNames(const Problem& the_problem, const Hardware& the_hardware)
    : problem(the_problem), hardware(the_hardware), levels(the_hardware.level_names()) {
  for (const DataSpace& data_space : problem.data_spaces) data_spaces.push_back(data_space.name);
}

std::optional<std::size_t> DirectiveNames::level(const YamlNode& target, bool spatial, Diagnostics& diagnostics) const {
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (levels[i] == target.scalar && !spatial) return i;
    // A node with copies may be a storage, too: its spatial loops belong to its fan-out.
    if (hardware.levels[i].fanout_only && hardware.levels[i].node == target.scalar && spatial) return i;
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const SpecLevel& level = hardware.levels[i];
    if (levels[i] == target.scalar || (level.fanout_only && level.node == target.scalar)) return i;
  }
  return index_of_name(target.scalar, levels, "level", target.span, diagnostics);
}

DirectiveSet empty_directives(const DirectiveNames& names) {
  DirectiveSet set;
  const std::size_t levels = names.levels.size();
  set.keep.assign(levels, std::vector<std::optional<bool>>(names.data_spaces.size()));
  set.rules.assign(levels, std::vector<DataSpaceRules>(names.data_spaces.size()));
  set.min_parallelism.assign(levels, std::nullopt);
  return set;
}

std::vector<std::size_t> read_data_spaces(const YamlNode& node, const DirectiveNames& names,
                                          const ReadContext& context) {
  std::vector<std::size_t> result;
  for (const YamlNode& word : words_of(node, "data spaces", context.diagnostics)) {
    if (word.scalar == "*") {
      result.clear();
      for (std::size_t i = 0; i < names.data_spaces.size(); ++i) result.push_back(i);
      return result;
    }
    const auto index = index_of_name(word.scalar, names.data_spaces, "data space", word.span, context.diagnostics);
    if (index) result.push_back(*index);
  }
  return result;
}

void set_keep(std::size_t level, std::size_t data_space, bool keep, const DirectiveNames& names,
              const SourceSpan& where, Diagnostics& diagnostics, DirectiveSet& set) {
  std::optional<bool>& stated = set.keep[level][data_space];
  if (stated && *stated != keep) {
    diagnostics.error(fmt::format("level '{}' is told both to keep and to bypass '{}'", names.levels[level],
                                  names.data_spaces[data_space]),
                      where);
  }
  stated = keep;
}

void read_directive(const YamlNode& directive, std::string_view type, std::size_t level, DirectiveUse use,
                    const DirectiveNames& names, const ReadContext& context, DirectiveSet& set) {
  const auto kind = known_kind(type, directive.span, context.diagnostics);
  if (kind) DirectiveReader(use, names, context, set).read(directive, *kind, level);
}

void read_directive_list(const YamlNode& list, DirectiveUse use, const DirectiveNames& names,
                         const ReadContext& context, DirectiveSet& set) {
  for (const YamlNode* directive : items_of(list)) {
    const YamlNode* target = directive->is_map() ? directive->find("target") : nullptr;
    const YamlNode* type = directive->is_map() ? directive->find("type") : nullptr;
    if (target == nullptr || type == nullptr || !target->is_scalar() || !type->is_scalar()) {
      context.diagnostics.error("a directive is a map with `target` and `type`", directive->span, {},
                                {"as in {target: GlobalBuffer, type: temporal, factors: P=4, permutation: PRK}"});
      continue;
    }
    const auto kind = known_kind(type->scalar, type->span, context.diagnostics);
    const auto level = names.level(*target, kind == Kind::spatial, context.diagnostics);
    if (kind && level) DirectiveReader(use, names, context, set).read(*directive, *kind, *level);
  }
}

}  // namespace ohmloop::timeloop
