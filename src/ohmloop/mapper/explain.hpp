#pragma once

#include <optional>

#include "ohmloop/mapper/mapspace.hpp"

namespace ohmloop {

/// Why a mapspace has no legal mapping: the first of the ranks, fan-outs and memories that excludes everything, what it
/// lacks, and the smallest change that helps. A change to one number is tried before it is suggested: with it a mapping
/// exists, with one less none does.
NoMapping explain_no_mapping(const Mapspace& space);

/// A tensor that no memory may keep, if there is one: such a mapspace can't be searched.
std::optional<NoMapping> explain_unkept(const Mapspace& space);

/// The same for a rank whose size no factors make up.
NoMapping explain_rank(const Mapspace& space, std::size_t rank);

/// Copies that a fan-out has to have for a mapping to exist, whatever the sizes of the memories; nothing if no number
/// helps.
std::optional<std::int64_t> least_copies(const Mapspace& space, std::size_t node);

/// The outermost memory that may keep a tensor.
const Node& outermost_memory(const Mapspace& space, Role role);

}  // namespace ohmloop
