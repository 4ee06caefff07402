#include "ohmloop/base/check.hpp"

#include <fmt/format.h>

namespace ohmloop {

void fail_check(const char* condition, const char* file, int line, const std::string& message) {
  throw InternalError(
      fmt::format("{}:{}: '{}' does not hold{}{}", file, line, condition, message.empty() ? "" : ": ", message));
}

}  // namespace ohmloop
