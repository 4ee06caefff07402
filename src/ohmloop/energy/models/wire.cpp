#include <array>

#include <fmt/format.h>

#include "ohmloop/energy/models/model.hpp"
#include "ohmloop/energy/models/wire_formulas.hpp"

namespace ohmloop {
namespace {

struct WirePoint {
  double nm;
  double pf_per_mm;
};

constexpr std::array<WirePoint, 9> points = {
    {{180, .440}, {130, .430}, {100, .403}, {70, .367}, {50, .345}, {35, .315}, {25, .288}, {18, .266}, {13, .247}}};

class WireModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "wire_capacitance"; }
  [[nodiscard]] std::string title() const override { return "model wire_capacitance"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"wire"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override {
    return {points.front().nm, points.back().nm};
  }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
    Estimate estimate;
    estimate.accuracy_percent = 60;
    estimate.provenance = {title(), "wire capacitances of the Accelergy interconnect plug-in", "", false};
    if (query.subject() == Query::Subject::area) {
      estimate.provenance.derivation = "wires run above the logic and take no area of their own";
      return estimate;
    }
    if (query.action()->name == "idle") {
      estimate.provenance.derivation = "nothing switches";
      return estimate;
    }
    const std::optional<double> technology = query.number("technology");
    if (!technology || *technology < points.back().nm || *technology > points.front().nm) {
      return Rejection{"holds from 13 to 180 nm"};
    }
    const double length = *query.number("length");
    const double voltage = *query.number("voltage");
    const double activity = *query.number("activity");
    estimate.value = wire_energy_pj(length, *technology, voltage, activity);
    estimate.provenance.derivation = fmt::format("{:g} x {:.4g} pF/mm x {:g} mm x ({:g} V)^2", activity,
                                                 wire_capacitance_pf_per_mm(*technology), length, voltage);
    return estimate;
  }
};

}  // namespace

double wire_capacitance_pf_per_mm(double technology_nm) {
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (technology_nm < points[i].nm) continue;
    const double fraction = (technology_nm - points[i].nm) / (points[i - 1].nm - points[i].nm);
    return points[i].pf_per_mm + fraction * (points[i - 1].pf_per_mm - points[i].pf_per_mm);
  }
  return points.back().pf_per_mm;
}

double wire_energy_pj(double length_mm, double technology_nm, double voltage_v, double activity) {
  return activity * wire_capacitance_pf_per_mm(technology_nm) * length_mm * voltage_v * voltage_v;
}

std::unique_ptr<Estimator> make_wire_model() { return std::make_unique<WireModel>(); }

}  // namespace ohmloop
