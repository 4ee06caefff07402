#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/cost/evaluation.hpp"

namespace ohmloop {

/// energy^energy_exponent x latency^latency_exponent is minimised, where energy is dynamic energy plus leakage; ties go
/// to the other of the two, then to the mapping that comes first in the search's fixed order.
struct Objective {
  double energy_exponent = 1;
  double latency_exponent = 1;
  /// Mappings that take at least so many cycles are worth nothing.
  std::optional<std::int64_t> latency_below = {};
};

/// "energy", "latency", "edp", "energy^2*latency" (exponents above 0, up to 10); throws InputError with a suggestion.
Objective parse_objective(const std::string& text, const SourceSpan& where = {});
/// What parse_objective reads.
std::string to_string(const Objective& objective);

struct MapperOptions {
  Objective objective = {};
  /// Factors need not divide: always allowed for fan-outs of arrays, for the other loops only if set.
  bool imperfect = false;
  /// Mappings evaluated at most by a search within bounds; an exact one may look at ten decided inner parts of nests
  /// for each. A search that had to stop says so in its certificate.
  std::int64_t max_evaluations = 20'000;
};

struct MapperStats {
  std::int64_t evaluated = 0;
  std::int64_t illegal = 0;
  double seconds = 0;
};

/// What is known about the answer.
struct Certificate {
  bool optimal = false;        ///< best of the whole mapspace that `mapspace` describes
  std::int64_t evaluated = 0;  ///< tilings, decided to the end or in part
  std::string mapspace;        ///< "perfect factors, ...", "bounded search: ..."
  double mappings = 0;         ///< in the mapspace, legal or not; 0: not known. See `mapspace_size`
  /// Nothing in the mapspace has an objective below this; nothing if no bound is known.
  std::optional<double> lower_bound = {};
  /// The objective is at most (1 + gap) times that of the optimum; 0 if it is the optimum.
  std::optional<double> gap = {};
};

/// Why no mapping is legal, and the smallest change that helps.
struct NoMapping {
  std::string reason;      ///< "'ifmap_spad' can't hold one element of input (16 bits), it has 8"
  std::string suggestion;  ///< "size >= 16 bits"
  SourceSpan where;
};

struct MappedLayer {
  Mapping mapping;
  Role stationary = Role::weight;  ///< tensor that stands still longest, see `stationary_tensor`
  Counts counts;
  Evaluation evaluation;
  Certificate certificate;
};

struct MapperResult {
  std::optional<MappedLayer> best;
  std::optional<NoMapping> none;  ///< set if `best` is not
};

/// The best mapping found for the objective: by `map_layer` where it is exact; deterministic, independent of the number
/// of threads.
MapperResult find_mapping(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                          const MapperOptions& options = {}, MapperStats* stats = nullptr);

}  // namespace ohmloop
