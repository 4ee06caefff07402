#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {

/// What a chip does at most: every compute instance busy in every step. A multiplication and an addition are two
/// operations, on operands of the chip's own widths: a 16-bit weight on 2-bit cells with inputs of one bit takes 8 x 16
/// storage elements and steps and is one MAC, as the papers on such chips count.
struct PeakPerformance {
  double macs_per_s = 0;
  double operations_per_s = 0;  ///< 2 x macs_per_s
  double area_um2 = 0;
  std::optional<double> power_w;          ///< roll_up.hpp; nothing if the source of a node's energy gives no full rate
  std::vector<std::string> without_rate;  ///< names of those nodes

  [[nodiscard]] std::optional<double> operations_per_s_per_w() const;    ///< nothing if the power is not known or 0
  [[nodiscard]] std::optional<double> operations_per_s_per_mm2() const;  ///< nothing if the area is 0
};

PeakPerformance peak_performance(const Architecture& architecture, const ReferenceTables& tables);

/// Operations of a run per joule and per mm2 and second, by the same definition of an operation.
struct EffectivePerformance {
  double operations = 0;  ///< 2 x MACs
  std::optional<double> operations_per_j;
  std::optional<double> operations_per_s_per_mm2;
};

EffectivePerformance effective_performance(double macs, double energy_pj, double seconds, double area_um2);

}  // namespace ohmloop
