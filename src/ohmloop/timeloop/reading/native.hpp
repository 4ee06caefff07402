#pragma once

#include <optional>
#include <string>

#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop::timeloop {

/// Our own files for what Timeloop's files say.
struct NativeDescription {
  std::string architecture;            ///< docs/architecture.md
  std::string layer;                   ///< ranks and tensors
  std::optional<std::string> mapping;  ///< if the specification has one
};

/// Writes a specification as our own descriptions. Whatever has no counterpart there, or counts differently, is a
/// warning; what can't be said at all is an error, and then there is nothing: a problem without exactly one read-write
/// and two read-only data spaces, for one.
std::optional<NativeDescription> to_native(const TimeloopSpec& spec, Diagnostics& diagnostics);

}  // namespace ohmloop::timeloop
