#pragma once

#include <optional>

#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop::timeloop {

struct NestOptions {
  /// As the versions of 2020 did: every access of a level costs as much as its dearest action.
  bool one_energy_per_access = false;
};

/// One energy per access for architectures of v0.3 and before: what those versions counted.
NestOptions nest_options_of(const TimeloopSpec& spec);

/// The loops of a mapping, one list per level: X, Y, then temporal, each innermost first, without bounds of 1. Reports
/// levels the mapping says nothing of and dimensions whose factors do not multiply to their size (product and size).
std::optional<std::vector<std::vector<Loop>>> mapping_loops(const TimeloopSpec& spec, Diagnostics& diagnostics);

/// Joins a specification to what `evaluate` takes. A part that is missing is an error; data spaces that the mapping
/// does not mention are kept, as Timeloop has it, with a warning where a constraint says otherwise. Without an ERT
/// energies are Timeloop's built-in ones, with a warning; so is an action that the ERT lacks.
std::optional<Nest> to_nest(const TimeloopSpec& spec, Diagnostics& diagnostics, const NestOptions& options = {});

/// The same without a mapping and so without loops: every level keeps what no constraint bypasses there.
std::optional<Nest> to_blank_nest(const TimeloopSpec& spec, Diagnostics& diagnostics, const NestOptions& options = {});

}  // namespace ohmloop::timeloop
