#pragma once

#include <optional>
#include <vector>

#include "ohmloop/cost/cost_model.hpp"
#include "ohmloop/mapper/exact/amounts.hpp"
#include "ohmloop/mapper/mapspace.hpp"
#include "ohmloop/mapper/objective.hpp"

namespace ohmloop {

/// What actions at a node add to the amounts, and what amounts are worth, by the rules of cost/: energy per element,
/// and cycles of every memory and converter that can limit the latency.
class NativeLimits {
 public:
  NativeLimits(const Mapspace& space, const CostModel& model, const Objective& objective);

  /// False if there are more limits than amounts.
  [[nodiscard]] bool fits() const { return used_ <= Amounts::most; }
  [[nodiscard]] std::size_t amounts() const { return used_; }

  /// Elements read from or written to a memory: of all instances, and of the one that does most.
  void add_reads(NodeId node, Role role, double total, double busiest, Amounts& amounts) const;
  void add_writes(NodeId node, Role role, double total, double busiest, Amounts& amounts) const;
  /// Values that pass a converter.
  void add_values(NodeId node, Role role, double total, double busiest, Amounts& amounts) const;
  void add_computes(Amounts& amounts) const;

  [[nodiscard]] Score score(const Amounts& amounts, std::int64_t steps) const;

 private:
  struct NodeLimits {
    std::optional<std::size_t> reads, writes, values;  ///< index of the amount
    double read_bandwidth = 1;
    double write_bandwidth = 1;
    double value_cycles = 1;
  };
  /// Values of a converter that count at most, per step; in cycles.
  struct Room {
    std::size_t amount = 0;
    double cycles_per_step = 0;
  };

  const Mapspace* space_;
  const CostModel* model_;
  Objective objective_;
  std::vector<NodeLimits> nodes_;
  std::vector<Room> rooms_;
  std::size_t used_ = 1;
  double cycles_per_step_ = 1;
};

}  // namespace ohmloop
