#include "ohmloop/mapping/read_mapping.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t largest_bound = std::int64_t{1} << 40;
constexpr std::size_t most_steps = 10'000;

class MappingReader {
 public:
  MappingReader(const Einsum& einsum, const Architecture& architecture, Diagnostics& diagnostics)
      : einsum_(einsum), architecture_(architecture), diagnostics_(diagnostics) {}

  std::optional<MappingFile> read(const YamlNode& list) {
    result_.where = list.span;
    if (!list.is_sequence() || list.items.empty() || list.items.size() > most_steps) {
      diagnostics_.error(
          fmt::format("expected a list of 1 .. {} steps for the mapping, found {}", most_steps,
                      list.is_sequence() ? fmt::format("{} of them", list.items.size()) : kind_name(list)),
          list.span, "as in - {keep: dram, tensor: input} or - {for: M, bound: 4}");
      return std::nullopt;
    }
    for (const YamlNode& item : list.items) read_step(item);
    if (diagnostics_.has_errors()) return std::nullopt;
    return std::move(result_);
  }

 private:
  void read_step(const YamlNode& item) {
    MapReader keys(item, "a step of the mapping", scope_, diagnostics_);
    if (!item.is_map()) return;
    const bool keeps = keys.has("keep");
    const bool loops = keys.has("for");
    if (keeps == loops) {
      diagnostics_.error("a step of the mapping either keeps a tensor or is a loop", item.span,
                         "as in {keep: dram, tensor: input} or {for: M, bound: 4, across: pe}");
      return;
    }
    if (keeps) {
      read_keep(keys);
    } else {
      read_loop(keys);
    }
    keys.finish();
  }

  void add(MappingStep step, const SourceSpan& where) {
    result_.mapping.steps.push_back(step);
    result_.places.push_back(where);
  }

  void read_keep(MapReader& keys) {
    const std::optional<NodeId> node = find_node<Memory>(*keys.node("keep"), "memory", "memories");
    const bool several = keys.has("tensors");
    if (several && keys.has("tensor")) {
      diagnostics_.error("the step names its tensor twice", keys.key_span("tensors"));
      return;
    }
    const char* key = several ? "tensors" : "tensor";
    const YamlNode* named = keys.required_node(key);
    if (named == nullptr || !keys.words(key)) return;
    std::vector<const YamlNode*> words;
    if (named->is_scalar()) words.push_back(named);
    for (const YamlNode& item : named->items) words.push_back(&item);
    for (const YamlNode* word : words) {
      const std::optional<Role> role = find_role(*word);
      if (node && role) add(Keep{*node, *role}, word->span);
    }
  }

  void read_loop(MapReader& keys) {
    const std::optional<RankId> rank = find_rank(*keys.node("for"));
    const YamlNode* bound_node = keys.required_node("bound");
    const std::int64_t bound = keys.integer("bound", dimension::none, 1, largest_bound).value_or(1);
    std::optional<NodeId> fanout;
    if (const YamlNode* across = keys.node("across")) {
      fanout = find_node<Fanout>(*across, "fan-out", "fan-outs");
      if (!fanout) return;
    }
    if (rank && bound > 1) add(Loop{*rank, bound, fanout}, bound_node->span);
  }

  std::optional<RankId> find_rank(const YamlNode& word) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < einsum_.ranks.size(); ++i) {
      if (word.is_scalar() && einsum_.ranks[i].name == word.scalar) return RankId(i);
      names.push_back(einsum_.ranks[i].name);
    }
    diagnostics_.error(fmt::format("the loop runs over an unknown rank '{}'", word.scalar), word.span,
                       did_you_mean(word.scalar, names),
                       {fmt::format("ranks of '{}': {}", einsum_.name, list_names(names))});
    return std::nullopt;
  }

  std::optional<Role> find_role(const YamlNode& word) {
    std::vector<std::string> names;
    for (const Role role : all_roles) {
      if (to_string(role) == word.scalar || einsum_.tensor(role).name == word.scalar) return role;
      names.emplace_back(to_string(role));
      if (einsum_.tensor(role).name != to_string(role)) names.push_back(einsum_.tensor(role).name);
    }
    diagnostics_.error(fmt::format("unknown tensor '{}'", word.scalar), word.span, did_you_mean(word.scalar, names),
                       {"tensors: " + list_names(names)});
    return std::nullopt;
  }

  /// A node of one kind by its name.
  template <class Kind>
  std::optional<NodeId> find_node(const YamlNode& word, const char* kind, const char* kinds) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < architecture_.nodes.size(); ++i) {
      const Node& node = architecture_.nodes[i];
      const bool fits = node.as<Kind>() != nullptr;
      if (fits && word.is_scalar() && node.name == word.scalar) return NodeId(i);
      if (fits) names.push_back(node.name);
    }
    const bool other = word.is_scalar() && architecture_.find(word.scalar).has_value();
    diagnostics_.error(other ? fmt::format("'{}' is no {}", word.scalar, kind)
                             : fmt::format("'{}' has no {} '{}'", architecture_.name, kind, word.scalar),
                       word.span, did_you_mean(word.scalar, names),
                       {fmt::format("{}: {}", kinds, names.empty() ? "none" : list_names(names))});
    return std::nullopt;
  }

  const Einsum& einsum_;
  const Architecture& architecture_;
  Diagnostics& diagnostics_;
  EmptyScope scope_;
  MappingFile result_;
};

}  // namespace

std::optional<MappingFile> read_mapping(const YamlNode& list, const Einsum& einsum, const Architecture& architecture,
                                        Diagnostics& diagnostics) {
  return MappingReader(einsum, architecture, diagnostics).read(list);
}

void report_violations(const MappingFile& file, const Einsum& einsum, const Architecture& architecture,
                       Diagnostics& diagnostics) {
  for (const Violation& violation : check_mapping(einsum, architecture, file.mapping)) {
    std::string label;
    if (violation.kind == Violation::Kind::capacity) {
      label = fmt::format("{} bits too many", violation.needed - violation.available);
    } else if (violation.kind == Violation::Kind::fanout) {
      label = fmt::format("{} copies too many", violation.needed - violation.available);
    }
    const bool placed = violation.step && *violation.step < file.places.size();
    std::vector<std::string> notes;
    if (violation.kind == Violation::Kind::constraint && violation.node) {
      const SourceSpan& asked = architecture.node(*violation.node).where;
      if (!asked.empty()) notes.push_back("asked for at " + to_string(asked));
    }
    diagnostics.error(violation.message, placed ? file.places[*violation.step] : file.where, label, std::move(notes));
  }
}

}  // namespace ohmloop
