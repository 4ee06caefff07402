#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/mapping/mapping.hpp"

namespace ohmloop {

/// The loop nest as the oracle walks it: indices of all loops, and what a point touches. Shares nothing with the closed
/// forms but the definition of the mapping.
class OracleNest {
 public:
  using Indices = std::vector<std::int64_t>;  ///< one index per loop, outer to inner
  using Element = std::vector<std::int64_t>;  ///< position on every axis

  struct LoopInfo {
    std::size_t position;
    std::size_t rank;
    std::int64_t bound;
    std::int64_t step;
    std::optional<NodeId> fanout;
  };

  OracleNest(const Einsum& einsum, const Mapping& mapping);

  [[nodiscard]] const std::vector<LoopInfo>& loops() const { return loops_; }
  [[nodiscard]] std::size_t size() const { return loops_.size(); }

  /// Calls `visit` for every index tuple of the chosen loops, in lexicographic order; the others keep their indices.
  void for_each(const std::vector<std::size_t>& chosen, Indices& indices, const std::function<void()>& visit) const;

  /// True if the tuple is a point of the iteration space.
  [[nodiscard]] bool exists(const Indices& indices) const;

  /// The element of a point.
  [[nodiscard]] Element element(const std::vector<Axis>& axes, const Indices& indices) const;
  /// False where the element is padding.
  static bool inside(const std::vector<Axis>& axes, const Element& element);

  /// Loops that `accept` takes.
  [[nodiscard]] std::vector<std::size_t> select(const std::function<bool(const LoopInfo&)>& accept) const;

 private:
  [[nodiscard]] std::int64_t value(std::size_t rank, const Indices& indices) const;

  const Einsum& einsum_;
  std::vector<LoopInfo> loops_;
};

}  // namespace ohmloop
