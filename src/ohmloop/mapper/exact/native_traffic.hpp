#pragma once

#include <memory>
#include <vector>

#include "ohmloop/analysis/role_counts.hpp"
#include "ohmloop/mapper/exact/native_limits.hpp"
#include "ohmloop/mapper/exact/sliding_bound.hpp"
#include "ohmloop/mapper/exact/traffic_model.hpp"

namespace ohmloop {

/// Traffic as analysis/ counts it and cost/ prices it, where all factors divide.
///
/// A tensor that does not slide crosses a link as often as (its elements) x (iterations, outside of where the reuse
/// ends, of the ranks that do not move it), times copies that are served one by one: docs/mapper.md has the derivation.
class NativeTraffic final : public TrafficModel {
 public:
  NativeTraffic(const Skeleton& skeleton, const NativeLimits& limits);
  ~NativeTraffic() override;

  void start(const SpatialLoops& spatial, const Candidate& candidate) override;
  [[nodiscard]] std::size_t amounts() const override { return limits_->amounts(); }
  [[nodiscard]] const Amounts& fixed() const override { return fixed_; }
  [[nodiscard]] const Amounts& fixed_of(Role role) const override { return fixed_of_[role_index(role)]; }
  [[nodiscard]] bool fixed_is_exact(Role role) const override { return fixed_is_exact_[role_index(role)]; }
  [[nodiscard]] bool counts(Role role) const override { return skeleton_->motions[role_index(role)].slides(); }
  [[nodiscard]] Amounts charge(Role role, std::size_t first, std::size_t last, const ReuseEnd& end,
                               std::span<const std::int64_t> extents) override;
  [[nodiscard]] Amounts exact(Role role, std::size_t first, std::size_t last, const NestPath& path) override;
  [[nodiscard]] Amounts least(Role role, std::size_t first, std::size_t last, const NestPath& path) override;
  [[nodiscard]] bool computes_pass_words() const override { return false; }
  [[nodiscard]] bool decides_computes(Role /*role*/, std::size_t /*block*/) const override { return false; }
  [[nodiscard]] bool ends_at_second_axis() const override { return false; }
  [[nodiscard]] bool depends_on(Role role, std::size_t rank) const override {
    return skeleton_->motions[role_index(role)].motions[rank] != Motion::whole;
  }
  [[nodiscard]] Score score(const Amounts& amounts) const override { return limits_->score(amounts, steps_); }

 private:
  [[nodiscard]] NodeId node_of(Role role, std::size_t keeper) const;
  [[nodiscard]] NodeId child_of(Role role, std::size_t link) const;
  [[nodiscard]] double copies_at(const SpatialLoops::Fanout& fanout, Role role, Motion motion) const;
  [[nodiscard]] double copies_above(NodeId node, Role role, Motion motion) const;
  [[nodiscard]] double copies_between(NodeId place, NodeId child, Role role) const;
  [[nodiscard]] bool served_together(NodeId place, NodeId fanout, Role role) const;
  [[nodiscard]] double waste(Role role, std::span<const std::int64_t> extents) const;
  [[nodiscard]] double elements(Role role) const;
  void set_unit_costs(Role role);
  void set_fixed(Role role);
  void set_sliding_fixed(Role role, const Candidate& candidate);
  void add_operand_link(Role role, std::size_t link, double units, Amounts& amounts) const;
  void add_output_link(std::size_t link, double units, Amounts& amounts) const;
  void add_output_constant(Amounts& amounts) const;
  void add_converters(Role role, std::size_t link, double units, Amounts& amounts) const;

  [[nodiscard]] double sliding_product(SlidingBound& bound, Role role, const ReuseEnd& end,
                                       std::span<const std::int64_t> all, std::span<const std::int64_t> child,
                                       double children) const;
  [[nodiscard]] double least_entering(Role role, std::size_t link, const ReuseEnd& end,
                                      std::span<const std::int64_t> extents);
  [[nodiscard]] double least_crossing(Role role, NodeId place, std::size_t link, const ReuseEnd& end,
                                      std::span<const std::int64_t> extents);
  [[nodiscard]] double least_busiest(Role role, NodeId node, double total) const;
  void add_least(Role role, std::size_t link, const ReuseEnd& end, std::span<const std::int64_t> extents,
                 Amounts& amounts);
  [[nodiscard]] double starting_elements(Role role, std::size_t link, const NestPath& path) const;
  void count(Role role, const NestPath& path);

  const Skeleton* skeleton_;
  const NativeLimits* limits_;
  ByRole<std::unique_ptr<RoleCounts>> counters_;
  ByRole<std::unique_ptr<SlidingBound>> bounds_;  ///< of tensors that slide
  ByRole<bool> clipped_{};

  // Of the current spatial loops:
  const SpatialLoops* spatial_ = nullptr;
  std::int64_t steps_ = 1;
  Amounts fixed_;
  ByRole<Amounts> fixed_of_;
  ByRole<bool> fixed_is_exact_{};
  ByRole<std::vector<Amounts>> unit_costs_;  ///< by link, of one unit
  // Room for one count:
  Counts counts_;
  std::vector<NestLoop> loops_;
  std::vector<std::int64_t> inside_;
};

}  // namespace ohmloop
