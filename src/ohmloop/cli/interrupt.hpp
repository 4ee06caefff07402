#pragma once

#include <exception>

namespace ohmloop {

/// The user asked to stop (Ctrl-C). Exit code 130.
class Interrupted : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

/// From now on the first SIGINT or SIGTERM only makes interrupt_requested() true, so that the run can stop cleanly; the
/// second ends the process at once with exit code 130. Called by main() alone.
void install_interrupt_handler();

[[nodiscard]] bool interrupt_requested();

/// Throws Interrupted if it was requested.
void throw_if_interrupted();

}  // namespace ohmloop
