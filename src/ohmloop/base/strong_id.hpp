#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace ohmloop {

/// An index into one particular list: a RankId can't be used where a NodeId is meant.
template <class Tag>
struct StrongId {
  std::uint32_t value = 0;

  constexpr StrongId() = default;
  constexpr explicit StrongId(std::size_t index) : value(static_cast<std::uint32_t>(index)) {}

  [[nodiscard]] constexpr std::size_t index() const { return value; }
  friend constexpr auto operator<=>(StrongId, StrongId) = default;
};

}  // namespace ohmloop
