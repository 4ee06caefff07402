#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/numbers.hpp"

namespace ohmloop {

/// What integers stand for: value = step * (integer - zero), for all of a tensor or for each channel.
struct Scales {
  std::vector<double> step;
  std::vector<std::int64_t> zero;

  [[nodiscard]] double step_of(std::size_t channel) const { return step[step.size() == 1 ? 0 : channel]; }
  [[nodiscard]] std::int64_t zero_of(std::size_t channel) const { return zero[zero.size() == 1 ? 0 : channel]; }
};

/// Zero points (uint8, int8 or int32) as whole numbers.
std::vector<std::int64_t> zero_points_of(const TensorData& tensor);

/// From two inputs of a node; without zero points they are 0. Throws OperatorError unless there is one of each, or one
/// per channel.
Scales scales_of(const OperatorCall& call, std::size_t scale, std::size_t zero_point, std::int64_t channels);

/// A whole number plus the zero point, stopped at the ends of the type; NaN gives the zero point.
template <class Q>
Q saturate(double whole, std::int64_t zero) {
  if (std::isnan(whole)) whole = 0;
  constexpr auto least = static_cast<double>(std::numeric_limits<Q>::min());
  constexpr auto most = static_cast<double>(std::numeric_limits<Q>::max());
  return static_cast<Q>(std::clamp(whole + static_cast<double>(zero), least, most));
}

}  // namespace ohmloop
