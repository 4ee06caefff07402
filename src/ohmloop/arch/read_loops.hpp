#pragma once

#include "ohmloop/arch/read_context.hpp"

namespace ohmloop {

/// Reads a map {ranks, factors, order}; `what` names it in messages ("loops of memory 'edram'"). Reports unknown ranks,
/// repetitions, and constraints that contradict each other.
LoopConstraints read_loops(const YamlNode& map, const std::string& what, const ReadContext& context);

/// The `loops` key of a node, if there is one.
LoopConstraints read_loops_key(MapReader& reader, const ReadContext& context);

}  // namespace ohmloop
