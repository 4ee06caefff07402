#include <cmath>

#include <fmt/format.h>

#include "ohmloop/energy/models/arithmetic_formulas.hpp"
#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

constexpr double native_nm = 45;

double affine(double bits, double at_8, double at_32) { return at_8 + (at_32 - at_8) * (bits - 8) / 24; }

double power_law(double bits, double at_8, double at_32) {
  return at_8 * std::pow(bits / 8, std::log(at_32 / at_8) / std::log(4.0));
}

/// Energy or area of what a class is made of.
struct Parts {
  double multipliers = 0;  ///< of random factors; below 1 where an action spares some of it
  double multiplier_bits = 0;
  double adders = 0;
  double adder_bits = 0;
};

class ArithmeticModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "arithmetic"; }
  [[nodiscard]] std::string title() const override { return "model arithmetic"; }
  [[nodiscard]] std::vector<std::string> classes() const override {
    return {"int_mac", "int_adder", "int_multiplier", "adder_tree", "quantiser"};
  }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {native_nm}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
    if (query.action() != nullptr && query.action()->name == "idle") return Rejection{"says nothing of idling"};
    if (!at_technology(query, native_nm)) return other_technology(native_nm);
    const bool energy = query.subject() == Query::Subject::energy;
    const Parts parts = parts_of(query, energy);
    if (parts.multiplier_bits > 64 || parts.adder_bits > 64) return Rejection{"holds up to 64 bits"};
    Estimate estimate;
    estimate.accuracy_percent = 75;
    estimate.provenance = {title(), "Horowitz, ISSCC 2014, 45 nm, 0.9 V", "", false};
    const char* unit = energy ? "pJ" : "um2";
    if (parts.multipliers > 0) {
      const double each =
          energy ? multiplier_energy_pj(parts.multiplier_bits) : multiplier_area_um2(parts.multiplier_bits);
      estimate.value += parts.multipliers * each;
      const std::string share = parts.multipliers < 1 ? fmt::format("{:g} x ", parts.multipliers) : "";
      estimate.provenance.derivation =
          fmt::format("{}multiplier {:g} bit {:.4g} {}", share, parts.multiplier_bits, each, unit);
    }
    if (parts.adders > 0) {
      const double each = energy ? adder_energy_pj(parts.adder_bits) : adder_area_um2(parts.adder_bits);
      estimate.value += parts.adders * each;
      estimate.provenance.derivation +=
          fmt::format("{}{:g} x adder {:g} bit {:.4g} {}", parts.multipliers > 0 ? " + " : "", parts.adders,
                      parts.adder_bits, each, unit);
    }
    return estimate;
  }

 private:
  /// The attributes are required by the classes.
  static Parts parts_of(Query& query, bool energy) {
    const std::string& name = query.component_class().name;
    if (name == "int_mac") {
      return {multiplications(query), *query.number("multiplier_bits"), 1, *query.number("adder_bits")};
    }
    const double width = *query.number("width");
    if (name == "int_multiplier") return {1, width, 0, 0};
    if (name == "int_adder") return {0, 0, 1, width};
    // A product of unequal factors as one of equal factors with as many partial products; the addition rounds.
    if (name == "quantiser") return {1, std::sqrt(width * *query.number("scale_bits")), 1, width};
    const double inputs = *query.number("inputs");
    return {0, 0, energy ? (inputs - 1) / inputs : inputs - 1, width};
  }

  static double multiplications(const Query& query) {
    if (query.action() == nullptr) return 1;
    if (query.action()->name == "mac_reused") return reused_multiplication;
    return query.action()->name == "mac_gated" ? 0 : 1;
  }
};

}  // namespace

double adder_energy_pj(double bits) { return affine(bits, .03, .1); }
double adder_area_um2(double bits) { return affine(bits, 36, 137); }
double multiplier_energy_pj(double bits) { return power_law(bits, .2, 3.1); }
double multiplier_area_um2(double bits) { return power_law(bits, 282, 3495); }

std::unique_ptr<Estimator> make_arithmetic_model() { return std::make_unique<ArithmeticModel>(); }

}  // namespace ohmloop
