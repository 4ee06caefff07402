#include <cmath>

#include <fmt/format.h>

#include "ohmloop/energy/models/converter_formulas.hpp"
#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

constexpr double native_nm = 32;
// Shafiee et al., ISCA 2016, Table I: 8 x 128 converters of 1 bit take 4 mW and 0.00017 mm2 at 10 MHz.
constexpr double converters = 8 * 128;
constexpr double one_bit_energy_pj = 4e9 / converters / 1e7;
constexpr double one_bit_area_um2 = 170 / converters;

/// A binary-weighted capacitive converter has 2^b unit capacitors: energy and area of the published 1-bit converter
/// grow by two per bit. An estimate of the trend, up to 8 bits.
class CapacitiveDacModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "capacitive_dac"; }
  [[nodiscard]] std::string title() const override { return "model capacitive_dac"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"dac"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {native_nm}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
    const std::optional<double> bits = query.number("resolution");
    if (!bits) return Rejection{"needs 'resolution'"};
    if (*bits > 8) return Rejection{"holds up to 8 bits"};
    if (!at_technology(query, native_nm)) return other_technology(native_nm);
    const bool energy = query.subject() == Query::Subject::energy;
    const double one_bit = energy ? one_bit_energy_pj : one_bit_area_um2;
    Estimate estimate;
    estimate.value = one_bit * std::pow(2, *bits - 1);
    estimate.accuracy_percent = 30;
    estimate.provenance = {title(), "Shafiee et al., ISCA 2016, Table I (1 bit); 2^bits unit capacitors",
                           fmt::format("{:.4g} {} at 1 bit x 2^({:g} - 1)", one_bit, energy ? "pJ" : "um2", *bits),
                           false};
    return estimate;
  }
};

class ChargeRedistributionModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "charge_redistribution"; }
  [[nodiscard]] std::string title() const override { return "model charge_redistribution"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"dac"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() != Query::Subject::energy) return Rejection{"knows energies only"};
    const std::optional<double> capacitance = query.number("unit_capacitance");
    const std::optional<double> volts = query.number("reference_voltage");
    const std::optional<double> bits = query.number("resolution");
    if (!capacitance || !volts) return Rejection{"needs 'unit_capacitance' and 'reference_voltage'"};
    if (!bits) return Rejection{"needs 'resolution'"};
    const double largest = std::pow(2, *bits) - 1;
    const double mean = query.number("input_mean").value_or(0.5);
    const double square = query.number("input_mean_square").value_or((2 * largest + 1) / (6 * largest));
    Estimate estimate;
    estimate.value = charge_redistribution_pj(*capacitance, *volts, *bits, mean, square);
    estimate.accuracy_percent = 97;  // a description that states its capacitors means them
    estimate.provenance = {
        title(), "charge conservation on what the description states",
        fmt::format("{:g} fF x ({:g} V)^2 x mean of D (2^{:g} - D) / 2^{:g}; codes D of mean {:.4g} and "
                    "mean square {:.4g} of full scale",
                    *capacitance, *volts, *bits, *bits, mean, square),
        false};
    return estimate;
  }
};

}  // namespace

double charge_redistribution_pj(double unit_capacitance_ff, double reference_v, double bits, double mean,
                                double mean_square) {
  const double units = std::pow(2, bits);
  const double largest = units - 1;
  const double in_series = (units * largest * mean - largest * largest * mean_square) / units;
  return unit_capacitance_ff * 1e-3 * reference_v * reference_v * in_series;
}

std::unique_ptr<Estimator> make_charge_redistribution_model() { return std::make_unique<ChargeRedistributionModel>(); }
std::unique_ptr<Estimator> make_capacitive_dac_model() { return std::make_unique<CapacitiveDacModel>(); }

}  // namespace ohmloop
