#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ohmloop/analysis/counts.hpp"
#include "ohmloop/analysis/crossing_counter.hpp"
#include "ohmloop/mapping/nest.hpp"
#include "ohmloop/mapping/whole_digits.hpp"

namespace ohmloop {

/// The actions of one tensor: from its outermost memory inward to compute, what crosses each place on the way. Made
/// once for all mappings of a layer on an architecture, which must outlive it.
class RoleCounts {
 public:
  RoleCounts(const Einsum& einsum, const Architecture& architecture, Role role);
  RoleCounts(const RoleCounts&) = delete;
  RoleCounts& operator=(const RoleCounts&) = delete;
  ~RoleCounts() = default;

  void add(const Mapping& mapping, const std::vector<NestLoop>& loops, Counts& counts);

  /// The crossings that one count of `add` is made of, in the order in which a reader would take them: what they add up
  /// to is the count. Empty if the node does not keep the tensor. `busiest`: of the instance with index 0.
  std::vector<CountedCrossing> explain(const Mapping& mapping, const std::vector<NestLoop>& loops, CountedAction action,
                                       NodeId node, bool busiest);

 private:
  /// A Keep of the tensor, or compute (the last).
  struct Level {
    std::size_t position = 0;  ///< step of the mapping
    NodeId node;
    bool computes = false;
    bool windows = false;
  };
  enum class Scope { all, first };  ///< all instances, or the one with index 0 everywhere

  void begin(const Mapping& mapping, const std::vector<NestLoop>& loops);
  [[nodiscard]] std::int64_t handed_down(std::size_t level, NodeId pinned_above);
  template <class Count>
  void explain_one(std::vector<CountedCrossing>& crossings, bool subtracted, std::string what, const Count& count);
  void explain_starts(std::vector<CountedCrossing>& crossings, std::size_t level, NodeId pinned_above, bool subtracted);
  void explain_reloads(std::vector<CountedCrossing>& crossings, std::size_t level, NodeId pinned_above,
                       bool subtracted);
  [[nodiscard]] const std::string& name_of(std::size_t level) const;

  [[nodiscard]] bool added_below(NodeId place, NodeId fanout) const;
  void forget();
  void find_levels(const Mapping& mapping);
  void add_level(std::size_t position, NodeId node, bool computes);
  void add_tile(std::size_t level, Counts& counts) const;
  void walk(std::size_t level, NodeId place, Scope scope, bool all_merge);
  void pin(NodeId pinned_above);
  [[nodiscard]] std::int64_t cross(std::size_t level, NodeId place, Scope scope);
  [[nodiscard]] std::int64_t entries(std::size_t level, NodeId pinned_above);
  [[nodiscard]] std::int64_t zero_starts(std::size_t level, NodeId pinned_above);
  [[nodiscard]] std::int64_t reloads(std::size_t level, NodeId pinned_above);
  [[nodiscard]] bool has_whole_digits(std::size_t level) const;
  [[nodiscard]] CrossingCounter& in_view(std::size_t level, bool windows);
  [[nodiscard]] std::int64_t count_once(std::size_t level, CrossingCounter& counter);

  void add_link(std::size_t level, Counts& counts);
  void add_output_link(std::size_t level, Counts& counts);
  void add_converters(std::size_t level, Counts& counts);

  const Einsum& einsum_;
  const Architecture& architecture_;
  Role role_;
  std::vector<AxisGroup> tensor_groups_;
  std::vector<AxisGroup> window_groups_;  ///< empty if the tensor has no window axes
  std::optional<WholeDigits> digits_;     ///< of a flattened tensor
  CrossingCounter tensor_;
  std::optional<CrossingCounter> windows_;
  std::optional<CrossingCounter> gather_;  ///< windows, of which only what is inside the tensor counts
  std::optional<CrossingCounter> whole_;   ///< the tensor, for children that hold the flattened rank whole

  /// How a loop spreads its iterations.
  struct Spread {
    bool spatial = false;
    bool shared = false;  ///< the fan-out shares the tensor
    NodeId fanout;
  };

  /// How each loop is treated, three bits each.
  struct WalkKey {
    std::uint64_t outer = 0;
    std::uint64_t inner = 0;

    friend bool operator==(const WalkKey&, const WalkKey&) = default;
  };
  [[nodiscard]] WalkKey walk_key() const;

  /// Counts that were taken already: seen from several places, much is the same.
  struct Known {
    std::size_t level;
    const CrossingCounter* counter;
    WalkKey key;
    std::int64_t count;
  };

  // Of the current mapping:
  const std::vector<NestLoop>* loops_ = nullptr;
  std::vector<Level> levels_;
  std::vector<Holder> tiles_;       ///< by level; more of them than levels after a deeper mapping
  std::vector<Spread> spreads_;     ///< by loop
  std::vector<WalkedLoop> walked_;  ///< of the current count
  std::vector<Known> known_;
};

}  // namespace ohmloop
