#pragma once

#include <cstdint>
#include <stdexcept>

namespace ohmloop {

/// A count left the 64-bit range: an error that is reported, never a wrong number.
class OverflowError : public std::overflow_error {
 public:
  using std::overflow_error::overflow_error;
};

[[noreturn]] void throw_overflow(const char* operation, std::int64_t a, std::int64_t b);

inline std::int64_t checked_add(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_add_overflow(a, b, &result)) throw_overflow("+", a, b);
  return result;
}

inline std::int64_t checked_subtract(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_sub_overflow(a, b, &result)) throw_overflow("-", a, b);
  return result;
}

inline std::int64_t checked_multiply(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  if (__builtin_mul_overflow(a, b, &result)) throw_overflow("x", a, b);
  return result;
}

/// Smallest integer not below a / b, for a >= 0 and b > 0.
inline std::int64_t ceil_divide(std::int64_t a, std::int64_t b) { return a / b + (a % b != 0 ? 1 : 0); }

}  // namespace ohmloop
