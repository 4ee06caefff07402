#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/timeloop/counting/traffic.hpp"

namespace ohmloop::timeloop {

using Corner = std::vector<std::int64_t>;

/// low <= x < high on every axis.
struct Box {
  Corner low;
  Corner high;

  friend bool operator==(const Box&, const Box&) = default;
};

/// Disjoint boxes.
using BoxSet = std::vector<Box>;

std::int64_t words(const Box& box);
std::int64_t words(const BoxSet& set);

/// Takes `other` away, exactly.
void subtract(BoxSet& set, const BoxSet& other);

/// From the centre of mass of one set to that of the other, rounded.
Corner translation(const BoxSet& from, const BoxSet& to);

void shift(BoxSet& set, std::size_t axis, std::int64_t by);

/// The same boxes in any order. Sets cut up in different ways count as different, as they do in Timeloop.
bool same_boxes(const BoxSet& a, const BoxSet& b);

/// Did a neighbour of `child` on the grid get the same words a step before? `before` is empty at the first step.
bool at_neighbour(std::size_t child, FanoutShape shape, const BoxSet& wanted, const std::vector<BoxSet>& before);

double total_accesses(const std::vector<Ingress>& ingresses);

}  // namespace ohmloop::timeloop
