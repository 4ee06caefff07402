#include "ohmloop/cli/interrupt.hpp"

#include <atomic>
#include <csignal>

#include <unistd.h>

namespace ohmloop {

namespace {

// A signal handler can reach nothing but static objects; these are the only ones of their kind.
std::atomic<bool> requested{false};
std::atomic<bool> at_work{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may not take locks");

void handle(int /*signal*/) {
  if (requested.exchange(true) || !at_work.load()) ::_exit(130);
}

}  // namespace

void install_interrupt_handler() {
  struct sigaction action = {};
  action.sa_handler = handle;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

InterruptibleWork::InterruptibleWork() { at_work.store(true); }

InterruptibleWork::~InterruptibleWork() { at_work.store(false); }

bool interrupt_requested() { return requested.load(); }

void throw_if_interrupted() {
  if (interrupt_requested()) throw Interrupted();
}

}  // namespace ohmloop
