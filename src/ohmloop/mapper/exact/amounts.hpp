#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace ohmloop {

/// What a mapping's worth is made of, each a sum over tensors and memories: the dynamic energy in pJ first, then one
/// entry for every bandwidth that may limit the latency.
struct Amounts {
  static constexpr std::size_t most = 12;

  std::array<double, most> of{};

  [[nodiscard]] double& energy_pj() { return of[0]; }
  [[nodiscard]] double energy_pj() const { return of[0]; }

  Amounts& operator+=(const Amounts& other) {
    for (std::size_t i = 0; i < most; ++i) of[i] += other.of[i];
    return *this;
  }
  friend Amounts operator+(Amounts a, const Amounts& b) { return a += b; }
};

/// Entry by entry the larger.
inline Amounts larger(const Amounts& a, const Amounts& b) {
  Amounts result;
  for (std::size_t i = 0; i < Amounts::most; ++i) result.of[i] = std::max(a.of[i], b.of[i]);
  return result;
}

/// Entry by entry no larger than the other.
inline bool covers(const Amounts& smaller, const Amounts& other) {
  for (std::size_t i = 0; i < Amounts::most; ++i) {
    if (smaller.of[i] > other.of[i]) return false;
  }
  return true;
}

}  // namespace ohmloop
