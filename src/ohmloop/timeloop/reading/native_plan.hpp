#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/timeloop/reading/spec.hpp"
#include "ohmloop/workload/einsum.hpp"

namespace ohmloop::timeloop {

/// The nodes that a storage level becomes.
struct NativeLevel {
  std::string memory;    ///< name of the memory; empty where the level stores nothing
  std::string across_x;  ///< name of the fan-out below for X; empty where there is none
  std::string across_y;
  std::int64_t copies_x = 1;
  std::int64_t copies_y = 1;
};

/// What everything is called in our own files.
struct NativePlan {
  std::vector<std::string> ranks;         ///< by dimension of the problem
  bool ranks_of_a_convolution = false;    ///< all are letters that an architecture's constraints may name
  std::vector<Role> roles;                ///< by data space
  std::array<std::int64_t, 3> bits = {};  ///< of an element, by role
  std::vector<NativeLevel> levels;        ///< innermost first, as in the specification
};

/// Finds names, roles and widths. Reports what can't be said in our files.
std::optional<NativePlan> plan_native(const TimeloopSpec& spec, Diagnostics& diagnostics);

/// The names of the ranks and the roles alone.
std::optional<NativePlan> plan_roles(const TimeloopSpec& spec, Diagnostics& diagnostics);

/// Whether a level stores a data space: what the mapping says, else what the constraints say, else yes.
bool stores(const TimeloopSpec& spec, std::size_t level, std::size_t data_space);

std::string native_architecture(const TimeloopSpec& spec, const NativePlan& plan, Diagnostics& diagnostics);
std::string native_layer(const TimeloopSpec& spec, const NativePlan& plan);
/// Nothing if the mapping is wrong; why was reported.
std::optional<std::string> native_mapping(const TimeloopSpec& spec, const NativePlan& plan, Diagnostics& diagnostics);

}  // namespace ohmloop::timeloop
