#pragma once

#include <cstdint>
#include <vector>

#include "ohmloop/timeloop/counting/traffic.hpp"

namespace ohmloop::timeloop {

/// Wire from the middle of the grid's left edge to the children: along to the farthest column in use, and in each of
/// those up to the highest and down to the lowest child.
double multicast_hops(std::vector<std::int64_t>& children, FanoutShape shape);

struct SpatialStep {
  std::int64_t bound = 1;
  std::int64_t key = 0;  ///< of the move of the children's tiles
};

/// Groups of children whose tiles are the same set. Tiles have one shape, so that two are the same if their
/// displacements are: one number (key) each.
class FanoutGroups {
 public:
  /// `steps` innermost first. Without multicast every child is a group. Hops cost time and are zero unless asked for.
  void assign(const std::vector<SpatialStep>& steps, FanoutShape shape, bool multicast, bool hops);

  /// (multicast, scatter) of all children; accesses are 1 per group.
  [[nodiscard]] const std::vector<Ingress>& groups() const { return groups_; }
  [[nodiscard]] std::int64_t group_count() const { return count_; }

  /// What is left when each child that finds its words at a neighbour a step before takes them there: children moved by
  /// `key` since. Returns the number of such children; 0 leaves `linked_groups` as it was.
  std::int64_t link(std::int64_t key);
  [[nodiscard]] const std::vector<Ingress>& linked_groups() const { return linked_groups_; }
  [[nodiscard]] std::int64_t linked_group_count() const { return linked_count_; }

 private:
  struct Child {
    std::int64_t key = 0;
    std::int64_t index = 0;
  };

  [[nodiscard]] bool all_apart() const;
  void list_children();
  void add_difference(std::int64_t difference);
  void list_carries(std::size_t begin, std::size_t end);
  void list_differences();
  [[nodiscard]] bool same_elsewhere(std::int64_t index, std::int64_t key) const;
  std::int64_t group(std::vector<Ingress>& groups);
  [[nodiscard]] double hops_of(std::size_t begin, std::size_t end);

  std::vector<SpatialStep> steps_;
  FanoutShape shape_;
  bool multicast_ = true;
  bool hops_ = false;
  std::vector<std::int64_t> keys_;         ///< by child; empty until they are needed
  std::vector<std::int64_t> differences_;  ///< between neighbours' keys, each once
  std::int64_t largest_difference_ = 0;
  std::vector<Child> sorted_;
  std::vector<std::int64_t> indices_;
  mutable std::vector<SpatialStep> moving_;
  std::vector<Ingress> groups_;
  std::vector<Ingress> linked_groups_;
  std::int64_t count_ = 0;
  std::int64_t linked_count_ = 0;
};

}  // namespace ohmloop::timeloop
