#pragma once

#include <cstdint>
#include <string>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/mapping/mapping.hpp"

namespace ohmloop {

/// A random layer on a random architecture under a random legal mapping, the same for the same seed on any machine.
struct RandomNest {
  Einsum einsum;
  Architecture architecture;
  Mapping mapping;
};

/// Convolutions (stride, dilation, padding, groups), flattened convolutions with slices, matmuls; 1-4 memories, up to 3
/// fan-outs, converters anywhere; any keep and bypass, any order of loops, perfect and imperfect bounds. At most
/// `max_points` points.
RandomNest random_nest(std::uint64_t seed, std::int64_t max_points = 4000);

/// The nest as text, enough to write it down as a test.
std::string describe(const RandomNest& nest);

/// Where two counts differ, one line each; empty if they are equal.
std::string differences(const Architecture& architecture, const Counts& expected, const Counts& actual);

}  // namespace ohmloop
