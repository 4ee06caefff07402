#include "ohmloop/base/checked.hpp"

#include <fmt/format.h>

namespace ohmloop {

void throw_overflow(const char* operation, std::int64_t a, std::int64_t b) {
  throw OverflowError(fmt::format("{} {} {} does not fit in a 64-bit count", a, operation, b));
}

}  // namespace ohmloop
