#pragma once

#include <optional>

#include "ohmloop/timeloop/counting/nest.hpp"
#include "ohmloop/timeloop/reading/read_context.hpp"

namespace ohmloop::timeloop {

/// Reads the value of `problem:` (v0.3 and v0.4): `shape` with dimensions, coefficients and data spaces, and `instance`
/// with their sizes. A projection is a list of ranks, a rank a list of terms, a term a list of a dimension and
/// coefficients; a rank may also be a sum of products as text, "R*Wdilation + P*Wstride". Nothing after an error.
std::optional<Problem> read_problem(const YamlNode& problem, const ReadContext& context);

}  // namespace ohmloop::timeloop
