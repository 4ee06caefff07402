#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ohmloop/accuracy/accuracy_result.hpp"
#include "ohmloop/study/sweep_point.hpp"
#include "ohmloop/workload/network.hpp"

namespace ohmloop {

/// A figure of one point; nothing where the chip or the network has no such thing.
using MetricValue = std::variant<std::monostate, std::int64_t, double>;

/// What a metric tells of; what a point needs for it.
enum class MetricKind {
  network,  ///< the network alone
  cost,     ///< a network on a chip
  accuracy  ///< a trained network on images
};
inline constexpr std::array<MetricKind, 3> all_metric_kinds = {MetricKind::network, MetricKind::cost,
                                                               MetricKind::accuracy};
/// "network", "cost", "accuracy".
std::string_view to_string(MetricKind kind);
constexpr std::size_t kind_index(MetricKind kind) { return static_cast<std::size_t>(kind); }

/// One row of the table of all figures that a study can ask for.
struct Metric {
  using OfNetwork = MetricValue (*)(const Network&);
  using OfCosts = MetricValue (*)(const SweepCosts&);
  using OfAccuracy = MetricValue (*)(const PointAccuracy&);

  std::string_view name;   ///< with its unit: "energy_pj"; a column of results.csv
  std::string_view title;  ///< for people: "energy"
  std::string_view unit;   ///< for axes of figures: "pJ"; empty for a plain number
  std::string_view meaning;
  std::variant<OfNetwork, OfCosts, OfAccuracy> of;  ///< in the order of MetricKind

  /// A share of 1, or a difference of two; figures show it in percent.
  [[nodiscard]] bool is_share() const;
  [[nodiscard]] MetricKind kind() const { return static_cast<MetricKind>(of.index()); }
};

/// The truth about metrics: readers, store, schema, results and docs/studies.md go by it.
std::span<const Metric> metric_table();
const Metric* find_metric(std::string_view name);
std::vector<std::string> metric_names();

/// The table's metrics of one kind, in its order.
std::vector<const Metric*> metrics_of(MetricKind kind);

/// All metrics of the kind, in the order of metrics_of.
std::vector<MetricValue> metric_values(const Network& network);
std::vector<MetricValue> metric_values(const SweepCosts& costs);
std::vector<MetricValue> metric_values(const PointAccuracy& accuracy);

}  // namespace ohmloop
