#include "ohmloop/cost/peak.hpp"

#include "ohmloop/base/checked.hpp"
#include "ohmloop/cost/node_times.hpp"
#include "ohmloop/energy/roll_up.hpp"

namespace ohmloop {
namespace {

constexpr double operations_per_mac = 2;
constexpr double um2_per_mm2 = 1e6;

/// Computations of the array that make one MAC of whole operands.
double computes_per_mac(const Architecture& architecture) {
  if (!architecture.array) return 1;
  const ArraySlicing& array = *architecture.array;
  return static_cast<double>(
      checked_multiply(array.weight_slices(architecture.bits.weight), array.input_slices(architecture.bits.input)));
}

std::optional<double> ratio(double part, double whole) {
  if (whole <= 0) return std::nullopt;
  return part / whole;
}

}  // namespace

std::optional<double> PeakPerformance::operations_per_s_per_w() const {
  return power_w ? ratio(operations_per_s, *power_w) : std::nullopt;
}

std::optional<double> PeakPerformance::operations_per_s_per_mm2() const {
  return ratio(operations_per_s, area_um2 / um2_per_mm2);
}

PeakPerformance peak_performance(const Architecture& architecture, const ReferenceTables& tables) {
  PeakPerformance peak;
  const double instances = static_cast<double>(architecture.instances(architecture.compute()));
  const double steps_per_s = architecture.clock_hertz / cycles_per_step(architecture);
  peak.macs_per_s = instances * steps_per_s / computes_per_mac(architecture);
  peak.operations_per_s = operations_per_mac * peak.macs_per_s;
  ChipRollUp chip = roll_up_chip(architecture, tables);
  peak.area_um2 = chip.area_um2;
  if (chip.without_rate.empty()) peak.power_w = chip.power_w;
  peak.without_rate = std::move(chip.without_rate);
  return peak;
}

EffectivePerformance effective_performance(double macs, double energy_pj, double seconds, double area_um2) {
  constexpr double joule_per_pj = 1e-12;
  EffectivePerformance result;
  result.operations = operations_per_mac * macs;
  result.operations_per_j = ratio(result.operations, energy_pj * joule_per_pj);
  result.operations_per_s_per_mm2 = ratio(result.operations, seconds * area_um2 / um2_per_mm2);
  return result;
}

}  // namespace ohmloop
