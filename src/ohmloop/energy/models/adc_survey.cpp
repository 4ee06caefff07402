#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/energy/models/converter_formulas.hpp"
#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

constexpr double lowest_survey_bits = 4;

double regression_energy_pj(double bits, double rate, double technology_nm) {
  const double figure_of_merit_db = std::min(213.7807 - 2.87190 * std::log(rate), 128.3068 + 3.2205 * std::ceil(bits));
  const double distortion_db = 6.02 * bits + 1.76;
  const double technology =
      std::exp(26.04962 + 1.880037 * std::log(technology_nm) - 2.829126 * std::log(bits) - 1.470202);
  return technology / (2 * std::pow(10, (figure_of_merit_db - distortion_db) / 10));
}

class AdcSurveyModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "adc_survey"; }
  [[nodiscard]] std::string title() const override { return "model adc_survey"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"adc"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
    const std::optional<double> bits = query.number("resolution");
    const std::optional<double> rate = query.number("rate");
    const std::optional<double> technology = query.number("technology");
    if (!bits) return Rejection{"needs 'resolution'"};
    if (!rate) return Rejection{"needs 'rate', the conversions per second of one converter"};
    if (!technology) return Rejection{"needs 'technology'"};
    const double energy_pj = adc_energy_pj(*bits, *rate, *technology);
    Estimate estimate;
    const bool energy = query.subject() == Query::Subject::energy;
    estimate.value = energy ? energy_pj : adc_area_um2(energy_pj, *rate, *technology);
    estimate.accuracy_percent = energy ? 70 : 30;
    estimate.full_rate_hz = *rate;
    estimate.provenance = {title(), "regression over the Murmann ADC survey (accelergy-adc-plug-in)",
                           fmt::format("{:g} bit at {:.4g}/s in {:g} nm", *bits, *rate, *technology), false};
    if (*bits < lowest_survey_bits) {
      estimate.provenance.derivation += fmt::format("; below the survey's 4 bits: x {:g}/4", *bits);
    }
    return estimate;
  }
};

}  // namespace

double adc_energy_pj(double bits, double conversions_per_second, double technology_nm) {
  const double at = std::max(bits, lowest_survey_bits);
  return regression_energy_pj(at, conversions_per_second, technology_nm) * bits / at;
}

double adc_area_um2(double energy_pj, double conversions_per_second, double technology_nm) {
  return std::exp(1.34619 + .993279 * std::log(technology_nm) + .180715 * std::log(conversions_per_second) +
                  .299124 * std::log(energy_pj));
}

std::unique_ptr<Estimator> make_adc_survey_model() { return std::make_unique<AdcSurveyModel>(); }

}  // namespace ohmloop
