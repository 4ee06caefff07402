#pragma once

#include <vector>

#include "ohmloop/mapper/exact/traffic_model.hpp"
#include "ohmloop/mapper/timeloop/timeloop_space.hpp"
#include "ohmloop/timeloop/counting/closed_traffic.hpp"
#include "ohmloop/timeloop/counting/collapse.hpp"
#include "ohmloop/timeloop/counting/level_cost.hpp"

namespace ohmloop {

/// Traffic as Timeloop counts and prices it, where all factors divide.
///
/// A tile enters a level as often as loops outside change it, except where it slides; below fan-outs each group of
/// children that want the same words is one access of the level above. The counts of a tensor whose axes have a rank
/// each follow in closed form; of others, `ClosedTraffic` counts.
class TimeloopTraffic final : public TrafficModel {
 public:
  TimeloopTraffic(const TimeloopSpace& space, const Skeleton& skeleton, const Objective& objective);

  /// False if the levels have more bandwidths that may limit than amounts hold.
  [[nodiscard]] bool fits() const { return used_ <= Amounts::most; }

  void start(const SpatialLoops& spatial, const Candidate& candidate) override;
  [[nodiscard]] std::size_t amounts() const override { return used_; }
  [[nodiscard]] const Amounts& fixed() const override { return fixed_; }
  [[nodiscard]] const Amounts& fixed_of(Role role) const override { return fixed_of_[role_index(role)]; }
  [[nodiscard]] bool fixed_is_exact(Role role) const override { return fixed_is_exact_[role_index(role)]; }
  [[nodiscard]] bool counts(Role role) const override { return counted_[role_index(role)]; }
  [[nodiscard]] Amounts charge(Role role, std::size_t first, std::size_t last, const ReuseEnd& end,
                               std::span<const std::int64_t> extents) override;
  [[nodiscard]] Amounts exact(Role role, std::size_t first, std::size_t last, const NestPath& path) override;
  [[nodiscard]] Amounts least(Role role, std::size_t first, std::size_t last, const NestPath& path) override;
  [[nodiscard]] bool computes_pass_words() const override { return true; }
  [[nodiscard]] bool decides_computes(Role role, std::size_t block) const override;
  [[nodiscard]] bool ends_at_second_axis() const override { return true; }
  [[nodiscard]] bool depends_on(Role role, std::size_t rank) const override;
  [[nodiscard]] Score score(const Amounts& amounts) const override;

 private:
  /// Which amounts the bandwidths of a level are.
  struct Limits {
    std::optional<std::size_t> reads, writes;
  };
  /// What one tensor does at one level, of one instance.
  struct Accesses {
    double content = 0;  ///< by the level inside
    double share = 0;    ///< words from the level outside
    double peers = 0;    ///< of those, from neighbours
  };

  void find_limits();
  [[nodiscard]] std::size_t level_of(Role role, std::size_t keeper) const;
  [[nodiscard]] const timeloop::DataSpace& data_space(Role role) const;
  [[nodiscard]] const timeloop::DataSpaceRules& rules(Role role, std::size_t level) const;
  void set_leakage();
  void set_counted(Role role);
  void set_fixed(Role role, const Candidate& candidate);
  [[nodiscard]] double fanout(std::size_t level) const;
  [[nodiscard]] double sliding_copies(Role role, std::size_t level) const;
  [[nodiscard]] bool may_link(Role role, std::size_t level) const;
  [[nodiscard]] bool may_link_computes(Role role) const;
  void set_groups(Role role);
  [[nodiscard]] double count_groups(Role role, std::size_t level, bool linked) const;
  [[nodiscard]] double groups(Role role, std::size_t level, bool linked) const {
    return groups_[role_index(role)][2 * level + (linked ? 1 : 0)];
  }
  [[nodiscard]] double partition(Role role, std::size_t level) const;
  [[nodiscard]] double first_visits(Role role, std::size_t level) const;
  [[nodiscard]] double iterations(std::span<const std::int64_t> extents) const;
  [[nodiscard]] double axis_words(Role role, std::size_t axis, std::size_t block, std::span<const std::int64_t> extents,
                                  const ReuseEnd& end) const;
  [[nodiscard]] double words_of_tile(Role role, std::size_t block, std::span<const std::int64_t> extents,
                                     const ReuseEnd& end) const;
  void add_link(Role role, std::size_t link, double entering, const ReuseEnd& end, Amounts& amounts) const;
  void add_content(Role role, std::size_t level, const Accesses& accesses, Amounts& amounts) const;
  void add_fills(Role role, std::size_t level, const Accesses& accesses, Amounts& amounts) const;
  void add(Role role, std::size_t level, const timeloop::LevelAccesses& accesses, Amounts& amounts) const;
  [[nodiscard]] std::vector<timeloop::Ingress> ingresses_of(Role role, std::size_t level) const;
  void add_network(Role role, std::size_t level, double content, bool keeps, Amounts& amounts) const;
  void add_counted_network(Role role, std::size_t level, Amounts& amounts) const;
  void add_networks(Role role, std::size_t level, const timeloop::LevelAccesses& accesses, Amounts& amounts) const;
  void count(Role role, const NestPath& path);
  [[nodiscard]] Amounts counted(Role role, std::size_t first, std::size_t last, const NestPath& path,
                                bool with_networks);
  [[nodiscard]] Amounts starting(Role role, std::size_t link, std::span<const std::int64_t> now,
                                 const NestPath& path) const;

  const TimeloopSpace* space_;
  const Skeleton* skeleton_;
  Objective objective_;
  std::vector<Limits> limits_;  ///< by level
  std::size_t used_ = 1;
  ByRole<bool> counted_{};
  ByRole<timeloop::Nest> nests_;  ///< with one data space each
  bool networks_cost_ = false;
  std::int64_t network_cycles_ = 0;

  // Of the current spatial loops:
  const SpatialLoops* spatial_ = nullptr;
  const Candidate* candidate_ = nullptr;
  std::vector<std::int64_t> instances_;  ///< by level, in use
  ByRole<std::vector<double>> groups_;   ///< by level, and whether neighbours may hand words on
  std::vector<double> factors_;          ///< by level and rank, of the level's fan-out
  double steps_ = 1;
  double leak_pj_per_cycle_ = 0;
  Amounts fixed_;
  ByRole<Amounts> fixed_of_;
  ByRole<bool> fixed_is_exact_{};

  // Room for one count:
  bool counting_ = false;  ///< `accesses_` are of the tensor at hand
  timeloop::FlatNest flat_;
  timeloop::ClosedTraffic closed_;
  timeloop::NestTraffic traffic_;
  std::vector<timeloop::LevelAccesses> accesses_;
};

}  // namespace ohmloop
