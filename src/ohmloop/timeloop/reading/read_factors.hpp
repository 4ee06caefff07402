#pragma once

#include <cstddef>
#include <vector>

#include "ohmloop/timeloop/reading/read_context.hpp"
#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop::timeloop {

/// Reads `factors:` as text ("P=16 R=3", "P=16,R=3", "C1 M4"), as a list ([P=16, "C<=4"]) or as a map. "P=4,3" has a
/// last iteration of 3; "P=0" means the whole dimension. Reports unknown dimensions, bounds below 1 and repetitions.
std::vector<Factor> read_factors(const YamlNode& factors, const Problem& problem, const ReadContext& context);

/// Reads `permutation:`, innermost first: a list, or text where names of one letter may stand without separators.
std::vector<std::size_t> read_permutation(const YamlNode& permutation, const Problem& problem,
                                          const ReadContext& context);

}  // namespace ohmloop::timeloop
