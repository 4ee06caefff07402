#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/text/map_reader.hpp"

namespace ohmloop {

/// What reading a node needs to know of the file around it.
struct ReadContext {
  Scope& scope;  ///< variables, technology, clock
  Diagnostics& diagnostics;
  std::optional<Attribute> technology;      ///< inherited by every node
  std::optional<double> clock_hertz;        ///< nothing after an error; bandwidths in bit/s need it
  bool has_array = false;                   ///< ranks are those of array_einsum
  std::set<std::string> fitted_names = {};  ///< constants of `fitted:` and variables that stand on one
};

/// A word of a list with its place.
struct PlacedWord {
  std::string text;
  SourceSpan where;
};

/// A list of words, or one word alone, with the place of each. Reports anything else.
std::vector<PlacedWord> read_words(MapReader& reader, std::string_view key, Diagnostics& diagnostics);

/// Roles with their places; unknown names and repetitions are reported and left out.
std::vector<std::pair<Role, SourceSpan>> read_roles(MapReader& reader, std::string_view key, Diagnostics& diagnostics);

/// Names of the ranks that constraints may speak of: those of array_einsum or of conv_einsum.
const std::vector<std::string>& rank_names(bool has_array);

/// Reports a name that is no rank; true if it is one.
bool check_rank(const PlacedWord& rank, bool has_array, Diagnostics& diagnostics);

}  // namespace ohmloop
