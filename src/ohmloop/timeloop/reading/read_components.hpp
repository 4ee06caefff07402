#pragma once

#include "ohmloop/timeloop/reading/node_attributes.hpp"
#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop::timeloop {

/// What Timeloop takes a class for, by the words in its name.
enum class ComponentRole { storage, compute, network, unknown };
ComponentRole role_of_class(const std::string& class_name);

/// Copies of a component in the hardware, as Timeloop counts them: over everything that surrounds it.
struct Copies {
  std::int64_t instances = 1;
  /// Of the fan-outs around; v0.3 and processed files state them at the component instead.
  std::int64_t mesh_x = 1;
  std::int64_t mesh_y = 1;
};

/// The rules by which a file's attributes are completed.
struct CompletionRules {
  bool raw_v04 = false;  ///< what Timeloop's front end would add is added
};

/// `width` and `block_size` must divide; see docs/timeloop.md for the attributes and what stands for missing ones.
SpecLevel read_storage(const FieldNode& node, const Copies& copies, const CompletionRules& rules,
                       Diagnostics& diagnostics);
SpecArithmetic read_arithmetic(const FieldNode& node, const Copies& copies, const CompletionRules& rules,
                               Diagnostics& diagnostics);
SpecNetwork read_network(const FieldNode& node, Diagnostics& diagnostics);

/// The level that Timeloop's front end makes of the copies of a node: it stores nothing and carries the spatial loops.
SpecLevel fanout_level(const FieldNode& node, const Copies& copies_outside);

}  // namespace ohmloop::timeloop
