#include "ohmloop/mapper/objective.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

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

constexpr double largest_exponent = 10;

/// The 2 of "^2"; 1 of nothing.
std::optional<double> read_exponent(std::string_view text) {
  if (text.empty()) return 1;
  double exponent = 0;
  const auto [end, problem] = std::from_chars(text.data() + 1, text.data() + text.size(), exponent);
  const bool good = text.front() == '^' && problem == std::errc() && end == text.data() + text.size() && exponent > 0 &&
                    exponent <= largest_exponent;
  return good ? std::optional(exponent) : std::nullopt;
}

/// "energy^2*latency": each factor once.
std::optional<Objective> read_product(std::string_view text) {
  Objective objective{0, 0};
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('*', begin), text.size());
    const std::string_view factor = text.substr(begin, end - begin);
    const std::string_view base = factor.substr(0, factor.find('^'));
    const std::optional<double> exponent = read_exponent(factor.substr(base.size()));
    if (!exponent || (base != "energy" && base != "latency")) return std::nullopt;
    double& place = base == "energy" ? objective.energy_exponent : objective.latency_exponent;
    if (place != 0) return std::nullopt;
    place = *exponent;
    begin = end + 1;
  }
  return objective;
}

}  // namespace

Objective parse_objective(const std::string& text, const SourceSpan& where) {
  std::vector<std::string> names;
  for (const NamedObjective& named : named_objectives) {
    if (text == named.name) return named.objective;
    names.emplace_back(named.name);
  }
  if (const std::optional<Objective> product = read_product(text)) return *product;
  throw InputError(Diagnostic{.severity = Severity::error,
                              .message = fmt::format("unknown objective '{}'", text),
                              .where = where,
                              .label = did_you_mean(text, names),
                              .notes = {fmt::format("known objectives: {}; or a product of powers, as in "
                                                    "'energy^2*latency', with exponents above 0, up to {}",
                                                    list_names(names), largest_exponent)}});
}

std::string to_string(const Objective& objective) {
  for (const NamedObjective& named : named_objectives) {
    if (equal(named.objective, objective)) return named.name;
  }
  const auto power = [](const char* base, double exponent) {
    return exponent == 1 ? std::string(base) : fmt::format("{}^{}", base, exponent);
  };
  if (objective.latency_exponent == 0) return power("energy", objective.energy_exponent);
  if (objective.energy_exponent == 0) return power("latency", objective.latency_exponent);
  return power("energy", objective.energy_exponent) + "*" + power("latency", objective.latency_exponent);
}

Score score(const Objective& objective, const Evaluation& evaluation) {
  return score(objective, Cost{evaluation.energy_pj, evaluation.leakage_pj, evaluation.latency_cycles});
}

Score score(const Objective& objective, const Cost& cost) {
  constexpr double nothing = std::numeric_limits<double>::infinity();
  if (objective.latency_below && cost.latency_cycles >= *objective.latency_below) return {nothing, nothing};
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
