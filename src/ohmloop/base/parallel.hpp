#pragma once

#include <cstddef>
#include <functional>

namespace ohmloop {

/// Calls function(0) ... function(count - 1) on at most `threads` threads (0: as many as the machine has; 1: one after
/// another on the caller's; more than the machine has, up to 64, are allowed). The order of calls is open, so each call
/// writes only what belongs to its own index. If calls throw, the exception of the lowest index is rethrown whatever
/// the timing; indices above it may be left out, those below it never are.
void parallel_for(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& function);

/// The number of threads that 0 stands for.
std::size_t available_threads();

}  // namespace ohmloop
