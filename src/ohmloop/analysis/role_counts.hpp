#pragma once

#include <vector>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/analysis/crossing.hpp"
#include "ohmloop/analysis/digit_cover.hpp"

namespace ohmloop {

/// The actions of one tensor: from its outermost memory inward to compute, what crosses each place on the way.
class RoleCounts {
 public:
  RoleCounts(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
             const std::vector<NestLoop>& loops, Role role);

  void add_to(Counts& counts);

 private:
  /// A Keep of the tensor, or compute (the last).
  struct Level {
    std::size_t position = 0;  ///< step of the mapping
    NodeId node;
    bool computes = false;
    bool windows = false;
    Holder tile;
  };
  enum class Scope { all, first };  ///< all instances, or the one with index 0 everywhere

  [[nodiscard]] bool merges(NodeId fanout, NodeId place) const;
  [[nodiscard]] std::vector<WalkedLoop> walk(const Level& child, NodeId place, Scope scope, bool all_merge) const;
  [[nodiscard]] std::int64_t cross(std::size_t level, NodeId place, Scope scope) const;
  [[nodiscard]] std::int64_t entries(std::size_t level, NodeId pinned_above) const;
  [[nodiscard]] std::int64_t zero_starts(std::size_t level, NodeId pinned_above) const;
  [[nodiscard]] std::int64_t reloads(std::size_t level, NodeId pinned_above) const;
  [[nodiscard]] std::vector<Holder> holders(std::size_t level) const;
  [[nodiscard]] std::int64_t count_once(std::size_t level, const std::vector<AxisGroup>& groups,
                                        std::vector<WalkedLoop> walked, bool gathers) const;
  void pin(std::vector<WalkedLoop>& walked, NodeId pinned_above) const;

  void add_link(std::size_t level, Counts& counts);
  void add_output_link(std::size_t level, Counts& counts);
  void add_converters(std::size_t level, Counts& counts);

  const Einsum& einsum_;
  const Architecture& architecture_;
  const std::vector<NestLoop>& loops_;
  Role role_;
  std::vector<AxisGroup> tensor_groups_;
  std::vector<AxisGroup> window_groups_;  ///< empty if the tensor has no window axes
  std::vector<Level> levels_;

  /// Counts that were taken already: seen from several places, much is the same.
  struct Known {
    std::size_t level;
    const std::vector<AxisGroup>* groups;
    bool gathers;
    std::vector<WalkedLoop> walked;
    std::int64_t count;
  };
  mutable std::vector<Known> known_;
};

}  // namespace ohmloop
