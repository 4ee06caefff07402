#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/workload/einsum.hpp"

namespace ohmloop {

/// A memory node stores the tensor of a role from here on: its tile is what all loops below walk over.
struct Keep {
  NodeId node;
  Role role = Role::input;

  friend bool operator==(const Keep&, const Keep&) = default;
};

/// A loop over a rank: temporal, or spread over the copies of a fan-out. `bound` is its largest trip count.
///
/// The loops over one rank, outer to inner, are the digits of a mixed-radix number: value = sum of index x step, where
/// a loop's step is the product of the bounds of the same rank's loops inside it. Points with value >= the rank's size
/// do not exist, so the last iterations may be smaller (imperfect factors). All bounds are the smallest that cover the
/// rank: step x (bound - 1) < what remains.
struct Loop {
  RankId rank;
  std::int64_t bound = 1;
  std::optional<NodeId> fanout;

  friend bool operator==(const Loop&, const Loop&) = default;
};

using MappingStep = std::variant<Keep, Loop>;

/// Loop nest with storage, outer to inner; compute follows the last step. Loops with bound 1 are left out.
struct Mapping {
  std::vector<MappingStep> steps;

  friend bool operator==(const Mapping&, const Mapping&) = default;
};

/// One reason why a mapping can't run.
struct Violation {
  enum class Kind { malformed, capacity, fanout, constraint };
  Kind kind = Kind::malformed;
  std::optional<NodeId> node;
  std::string message;      ///< "'ifmap_spad' needs 768 bits for input 12, has 192"
  std::int64_t needed = 0;  ///< bits or copies
  std::int64_t available = 0;
  std::optional<std::size_t> step = {};  ///< of the mapping, that it is about; nothing: the whole of it
};

struct LegalityOptions {
  bool allow_imperfect = true;
  bool check_constraints = true;  ///< the architecture's loop constraints
};

/// Empty if the mapping is legal: every rank covered exactly, every tensor kept by the outermost memory that may keep
/// it, Keep steps of a tensor in the order of the nodes and where placement allows, spatial loops within their fan-out
/// and below the node's place, tiles within the memories' sizes, constraints held.
std::vector<Violation> check_mapping(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                                     const LegalityOptions& options = {});

/// Largest tile of a tensor at a Keep step, in elements (the tile of the first instance at its first step).
std::int64_t tile_elements(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                           std::size_t keep_step);

/// The nest as indented text, one line a step: "edram keeps input (3x16x16 = 768)", "for E in 0..55", "for M in 0..14
/// across pe".
std::string to_text(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping);

/// The same as YAML that a later reader accepts: a list of {keep: node, tensor: role} and {for: rank, bound: n, across:
/// node}.
std::string to_yaml(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping);

}  // namespace ohmloop
