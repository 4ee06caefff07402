#pragma once

#include <stdexcept>
#include <string>

namespace ohmloop {

/// A broken promise of our own code, never of the user's input. The command line turns it into exit code 70.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws InternalError with the place and the condition; called by OHM_CHECK alone.
[[noreturn]] void fail_check(const char* condition, const char* file, int line, const std::string& message);

}  // namespace ohmloop

/// States what must hold if our own code is right. The message may be empty.
#define OHM_CHECK(condition, message)                                 \
  do {                                                                \
    if (!(condition)) {                                               \
      ::ohmloop::fail_check(#condition, __FILE__, __LINE__, message); \
    }                                                                 \
  } while (false)
