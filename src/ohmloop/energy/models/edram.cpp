#include <cmath>

#include <fmt/format.h>

#include "ohmloop/energy/models/memory_formulas.hpp"
#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

constexpr double native_nm = 32;

// The one published point, Shafiee et al., ISCA 2016, Table I: 64 KiB, 256 bit, 20.7 mW at 1 KiB per step of 100 ns,
// 0.083 mm2.
constexpr double point_bits = 64 * 1024 * 8;
constexpr double point_width = 256;
constexpr double point_depth = point_bits / point_width;
constexpr double point_energy_pj = 20.7e-3 / (8192 / 100e-9) * 1e12 * point_width;
constexpr double point_area_um2 = 83000;

constexpr double smallest_bits = 4.0 * 1024 * 8;
constexpr double largest_bits = 64.0 * 1024 * 1024 * 8;

class EdramModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "edram"; }
  [[nodiscard]] std::string title() const override { return "model edram"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"edram"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {native_nm}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
    const double size = *query.number("size");
    const double width = *query.number("width");
    if (size < smallest_bits || size > largest_bits) return Rejection{"holds from 4 KiB to 64 MiB"};
    if (width < 4 || width > 1024) return Rejection{"holds for words of 4 to 1024 bit"};
    if (!at_technology(query, native_nm)) return other_technology(native_nm);
    const bool energy = query.subject() == Query::Subject::energy;
    Estimate estimate;
    estimate.value = energy ? edram_energy_pj(size, width) : edram_area_um2(size);
    estimate.accuracy_percent = 40;
    estimate.provenance = {title(), "Shafiee et al., ISCA 2016, Table I (64 KiB), scaled as SRAM", derivation(energy),
                           false};
    return estimate;
  }

 private:
  static std::string derivation(bool energy) {
    return energy ? fmt::format(
                        "assumed: {:.4g} pJ at 64 KiB and 256 bit, x depth^0.606 width^1.139 as CACTI's SRAM at 32 nm",
                        point_energy_pj)
                  : fmt::format("assumed: {:g} um2 at 64 KiB, x bits^1.006 as CACTI's SRAM at 32 nm", point_area_um2);
  }
};

}  // namespace

double edram_energy_pj(double bits, double width) {
  return point_energy_pj * std::pow(bits / width / point_depth, .606) * std::pow(width / point_width, 1.139);
}

double edram_area_um2(double bits) { return point_area_um2 * std::pow(bits / point_bits, 1.006); }

std::unique_ptr<Estimator> make_edram_model() { return std::make_unique<EdramModel>(); }

}  // namespace ohmloop
