#include "ohmloop/mapper/pareto.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/mapper/exact/native_traffic.hpp"
#include "ohmloop/mapper/explain.hpp"
#include "ohmloop/mapper/objective.hpp"
#include "ohmloop/mapper/search_within_bounds.hpp"
#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

/// A front with more says that it is not complete.
constexpr std::size_t most_points = 10'000;

constexpr std::array<std::pair<const char*, MappingMetric>, 3> metric_names = {
    {{"energy", MappingMetric::energy}, {"latency", MappingMetric::latency}, {"area-use", MappingMetric::area_use}}};

double energy_of(const ParetoPoint& point) {
  return point.layer.evaluation.energy_pj + point.layer.evaluation.leakage_pj;
}

class FrontSearch {
 public:
  FrontSearch(const Mapspace& space, const CostModel& model, const ReferenceTables& tables,
              const std::vector<MappingMetric>& metrics, const MapOptions& options)
      : space_(space),
        model_(model),
        tables_(tables),
        metrics_(metrics),
        options_(options),
        areas_um2_(area_by_node_um2(*space.architecture, tables)),
        area_um2_(std::accumulate(areas_um2_.begin(), areas_um2_.end(), 0.0)) {}

  ParetoFront run() {
    if (wants(MappingMetric::area_use)) {
      for (const double use : all_area_uses()) trace(use);
    } else {
      trace(std::nullopt);
    }
    drop_dominated();
    return std::move(front_);
  }

 private:
  [[nodiscard]] bool wants(MappingMetric metric) const {
    return std::find(metrics_.begin(), metrics_.end(), metric) != metrics_.end();
  }

  /// Instances inside a fan-out are used as far as ranks are spread over it.
  [[nodiscard]] double area_use(const SpatialFactors& factors) const {
    double used_um2 = 0;
    for (std::size_t node = 0; node < areas_um2_.size(); ++node) {
      double share = 1;
      std::size_t row = 0;
      for (const LoopPlace& place : space_.places) {
        if (!place.spatial) continue;
        if (place.node.index() < node) {
          for (std::size_t r = 0; r < space_.ranks.size(); ++r) {
            share *= static_cast<double>(factors[row * space_.ranks.size() + r]);
          }
          share /= static_cast<double>(place.copies);
        }
        ++row;
      }
      used_um2 += areas_um2_[node] * share;
    }
    return area_um2_ > 0 ? used_um2 / area_um2_ : 0;
  }

  [[nodiscard]] std::set<double> all_area_uses() const {
    std::set<double> uses;
    for_all_spatial_factors(space_, [&](const SpatialFactors& factors) {
      uses.insert(area_use(factors));
      return true;
    });
    return uses;
  }

  /// The front of energy and latency among mappings that use this area.
  void trace(std::optional<double> use) {
    Objective objective{1, 0, std::nullopt};
    if (!wants(MappingMetric::energy)) objective = {0, 1, std::nullopt};
    while (front_.complete && front_.points.size() < most_points) {
      const ExactSearchResult found = search(objective, use);
      front_.complete = front_.complete && found.complete;
      if (!found.best) return;
      ParetoPoint point{evaluated_layer(space_, tables_, found.best->candidate), 0};
      point.area_use = area_use(factors_of(found.best->candidate));
      objective.latency_below = point.layer.evaluation.latency_cycles;
      front_.points.push_back(std::move(point));
      if (!wants(MappingMetric::energy) || !wants(MappingMetric::latency)) return;
    }
    front_.complete = false;
  }

  [[nodiscard]] ExactSearchResult search(const Objective& objective, std::optional<double> use) const {
    constexpr double most = std::numeric_limits<double>::max();
    const NativeLimits limits(space_, model_, objective);
    ExactSearchOptions options{.threads = options_.threads,
                               .most_states = options_.most_states,
                               .stop = options_.stop,
                               .not_stationary = {},
                               .better_than = Score{most, most}};
    if (use) options.spatial = [this, use](const SpatialFactors& factors) { return area_use(factors) == *use; };
    return exact_search(
        space_, [&](const Skeleton& skeleton) { return std::make_unique<NativeTraffic>(skeleton, limits); }, options);
  }

  [[nodiscard]] SpatialFactors factors_of(const Candidate& candidate) const {
    SpatialFactors factors;
    for (std::size_t p = 0; p < space_.places.size(); ++p) {
      if (!space_.places[p].spatial) continue;
      const auto row = candidate.factors.begin() + static_cast<std::ptrdiff_t>(p * space_.ranks.size());
      factors.insert(factors.end(), row, row + static_cast<std::ptrdiff_t>(space_.ranks.size()));
    }
    return factors;
  }

  /// No worse in any metric that is asked for.
  [[nodiscard]] bool covers(const ParetoPoint& a, const ParetoPoint& b) const {
    return (!wants(MappingMetric::energy) || energy_of(a) <= energy_of(b)) &&
           (!wants(MappingMetric::latency) || a.layer.evaluation.latency_cycles <= b.layer.evaluation.latency_cycles) &&
           (!wants(MappingMetric::area_use) || a.area_use <= b.area_use);
  }

  void drop_dominated() {
    std::vector<ParetoPoint>& points = front_.points;
    std::vector<bool> dropped(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
      for (std::size_t j = 0; j < points.size() && !dropped[i]; ++j) {
        if (i == j || dropped[j] || !covers(points[j], points[i])) continue;
        dropped[i] = !covers(points[i], points[j]) || j < i;
      }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (dropped[i]) continue;
      if (kept != i) points[kept] = std::move(points[i]);
      ++kept;
    }
    points.resize(kept);
  }

  const Mapspace& space_;
  const CostModel& model_;
  const ReferenceTables& tables_;
  const std::vector<MappingMetric>& metrics_;
  const MapOptions& options_;
  std::vector<double> areas_um2_;
  double area_um2_ = 0;
  ParetoFront front_;
};

InputError not_searched_exactly() {
  return InputError(Diagnostic{Severity::error,
                               "only mapspaces that are searched exactly have a Pareto front",
                               {},
                               {},
                               {"chips with arrays and factors that don't divide are searched within bounds"}});
}

}  // namespace

std::string to_string(MappingMetric metric) {
  for (const auto& [name, known] : metric_names) {
    if (known == metric) return name;
  }
  OHM_CHECK(false, "a metric that is not listed");
}

std::vector<MappingMetric> parse_metrics(const std::string& text, const SourceSpan& where) {
  std::vector<std::string> names;
  for (const auto& [name, metric] : metric_names) names.emplace_back(name);
  std::vector<MappingMetric> metrics;
  const auto refuse = [&](const std::string& message, const std::string& label) {
    throw InputError(Diagnostic{Severity::error, message, where, label, {"metrics: " + list_names(names)}});
  };
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    const auto* found =
        std::find_if(metric_names.begin(), metric_names.end(), [&](const auto& known) { return word == known.first; });
    if (found == metric_names.end()) refuse(fmt::format("unknown metric '{}'", word), did_you_mean(word, names));
    if (std::find(metrics.begin(), metrics.end(), found->second) != metrics.end())
      refuse(fmt::format("metric '{}' stands twice", word), "expected each once");
    metrics.push_back(found->second);
    begin = end + 1;
  }
  if (metrics.size() < 2) refuse("a Pareto front needs two metrics", "expected two or three, as in energy,latency");
  return metrics;
}

ParetoFront pareto_mappings(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                            const std::vector<MappingMetric>& metrics, const MapOptions& options) {
  const Mapspace space = make_mapspace(einsum, architecture, {.imperfect = options.imperfect});
  ParetoFront front;
  front.none = explain_unkept(space);
  if (front.none) return front;
  const CostModel model(einsum, architecture, tables);
  if (!is_exactly_searchable(space) || !NativeLimits(space, model, {}).fits()) throw not_searched_exactly();
  front = FrontSearch(space, model, tables, metrics, options).run();
  if (front.points.empty() && front.complete) front.none = explain_no_mapping(space);
  return front;
}

}  // namespace ohmloop
