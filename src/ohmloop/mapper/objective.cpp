#include "ohmloop/mapper/objective.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

struct NamedObjective {
  const char* name;
  Objective objective;
};

constexpr std::array<NamedObjective, 3> named_objectives = {{{"energy", {1, 0}}, {"latency", {0, 1}}, {"edp", {1, 1}}}};

bool equal(const Objective& a, const Objective& b) {
  return a.energy_exponent == b.energy_exponent && a.latency_exponent == b.latency_exponent;
}

}  // namespace

Objective parse_objective(const std::string& text) {
  std::vector<std::string> names;
  for (const NamedObjective& named : named_objectives) {
    if (text == named.name) return named.objective;
    names.emplace_back(named.name);
  }
  throw InputError(Diagnostic{.severity = Severity::error,
                              .message = fmt::format("unknown objective '{}'", text),
                              .where = {},
                              .label = did_you_mean(text, names),
                              .notes = {"known objectives: " + list_names(names)}});
}

std::string to_string(const Objective& objective) {
  for (const NamedObjective& named : named_objectives) {
    if (equal(named.objective, objective)) return named.name;
  }
  return fmt::format("energy^{} x latency^{}", objective.energy_exponent, objective.latency_exponent);
}

Score score(const Objective& objective, const Evaluation& evaluation) {
  return score(objective, Cost{evaluation.energy_pj, evaluation.leakage_pj, evaluation.latency_cycles});
}

Score score(const Objective& objective, const Cost& cost) {
  const double energy = cost.energy_pj + cost.leakage_pj;
  const auto latency = static_cast<double>(cost.latency_cycles);
  const auto factor = [](double base, double exponent) {
    if (exponent == 0) return 1.0;
    return exponent == 1 ? base : std::pow(base, exponent);
  };
  return {factor(energy, objective.energy_exponent) * factor(latency, objective.latency_exponent),
          objective.energy_exponent == 0 || objective.latency_exponent != 0 ? energy : latency};
}

}  // namespace ohmloop
