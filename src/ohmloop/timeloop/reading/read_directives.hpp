#pragma once

#include "ohmloop/timeloop/reading/read_context.hpp"
#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop::timeloop {

/// Names that a directive may use.
struct DirectiveNames {
  const Problem& problem;
  const Hardware& hardware;
  std::vector<std::string> levels;  ///< innermost first
  std::vector<std::string> data_spaces;

  DirectiveNames(const Problem& the_problem, const Hardware& the_hardware);

  /// The level that `target` names; for a fan-out its node's name will do, too.
  [[nodiscard]] std::optional<std::size_t> level(const YamlNode& target, bool spatial, Diagnostics& diagnostics) const;
};

enum class DirectiveUse { mapping, constraint };

/// An empty set with room for every level and data space.
DirectiveSet empty_directives(const DirectiveNames& names);

/// Adds a list of maps {target, type, factors, permutation, split, keep, bypass, ...} to a set. Reports unknown names,
/// types and keys, a second directive of a kind for a level, and whatever would change a result and is not supported.
void read_directive_list(const YamlNode& list, DirectiveUse use, const DirectiveNames& names,
                         const ReadContext& context, DirectiveSet& set);

/// Adds one map whose target and type are known: an inline constraint of v0.4.
void read_directive(const YamlNode& directive, std::string_view type, std::size_t level, DirectiveUse use,
                    const DirectiveNames& names, const ReadContext& context, DirectiveSet& set);

/// The data spaces that a value names: a list, one name, or "*" for all.
std::vector<std::size_t> read_data_spaces(const YamlNode& node, const DirectiveNames& names,
                                          const ReadContext& context);

/// Says of a data space whether a level keeps it; contradictions are reported.
void set_keep(std::size_t level, std::size_t data_space, bool keep, const DirectiveNames& names,
              const SourceSpan& where, Diagnostics& diagnostics, DirectiveSet& set);

}  // namespace ohmloop::timeloop
