#pragma once

#include <cstddef>
#include <string>

#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// So many numbers may be asked for one description: what arguments multiply to, over all actions of all components.
inline constexpr std::size_t max_estimates = 1'000'000;

/// Bounds the work and the memory that a few lines of a description can ask for.
class EstimateBudget {
 public:
  explicit EstimateBudget(std::size_t most = max_estimates) : most_(most), left_(most) {}

  /// Takes `estimates` numbers of `what` out; false, and reported once, if there are not so many left. From then on
  /// there are none.
  bool spend(std::size_t estimates, const std::string& what, const SourceSpan& where, Diagnostics& diagnostics);

  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  std::size_t most_;
  std::size_t left_;
  bool exhausted_ = false;
};

}  // namespace ohmloop
