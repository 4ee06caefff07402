#include <fmt/format.h>

#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

constexpr double native_nm = 45;

/// Floating-point multiplication and addition of Horowitz, ISSCC 2014, table of 45 nm: 16 and 32 bit.
class FpMacModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "fp_mac"; }
  [[nodiscard]] std::string title() const override { return "model fp_mac"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"fp_mac"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {native_nm}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
    const double width = *query.number("width");
    if (width != 16 && width != 32) return Rejection{"holds for 16 and 32 bit"};
    if (!at_technology(query, native_nm)) return other_technology(native_nm);
    const bool half = width == 16;
    const bool energy = query.subject() == Query::Subject::energy;
    const double multiplier = energy ? (half ? 1.1 : 3.7) : (half ? 1640 : 7700);
    const double adder = energy ? (half ? .4 : .9) : (half ? 1360 : 4184);
    Estimate estimate;
    estimate.value = multiplier + adder;
    estimate.accuracy_percent = 80;
    const char* unit = energy ? "pJ" : "um2";
    estimate.provenance = {title(), "Horowitz, ISSCC 2014, 45 nm, 0.9 V",
                           fmt::format("multiplier {:g} {} + adder {:g} {}", multiplier, unit, adder, unit), false};
    return estimate;
  }
};

}  // namespace

std::unique_ptr<Estimator> make_fp_mac_model() { return std::make_unique<FpMacModel>(); }

}  // namespace ohmloop
