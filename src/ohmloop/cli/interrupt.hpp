#pragma once

#include <exception>

namespace ohmloop {

/// The user asked to stop (Ctrl-C). Exit code 130.
class Interrupted : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

/// From now on SIGINT and SIGTERM end the process with exit code 130: at once, or, while an InterruptibleWork lives, by
/// making interrupt_requested() true, so that the work can stop cleanly (a second signal ends it at once). Called by
/// main() alone.
void install_interrupt_handler();

/// Marks work that looks at interrupt_requested() now and then.
class InterruptibleWork {
 public:
  InterruptibleWork();
  InterruptibleWork(const InterruptibleWork&) = delete;
  InterruptibleWork& operator=(const InterruptibleWork&) = delete;
  ~InterruptibleWork();
};

[[nodiscard]] bool interrupt_requested();

/// Throws Interrupted if it was requested.
void throw_if_interrupted();

}  // namespace ohmloop
