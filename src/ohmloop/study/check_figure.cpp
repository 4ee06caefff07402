#include "ohmloop/study/check_figure.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ohmloop {

namespace {

using Abscissa = FigureKindSpec::Abscissa;

class FigureChecker {
 public:
  FigureChecker(const FigureRequest& figure, MapReader& keys, Diagnostics& diagnostics)
      : figure_(figure), spec_(spec_of(figure.kind)), keys_(keys), diagnostics_(diagnostics) {}

  void check(const std::vector<StudyPart>& parts) {
    check_x();
    check_y();
    refuse("series", spec_.takes_series);
    refuse("log", spec_.takes_log);
    refuse("shares", figure_.kind == FigureKind::stacked || figure_.kind == FigureKind::breakdown);
    refuse("reference", figure_.kind == FigureKind::breakdown);
    refuse("layer", figure_.kind == FigureKind::nest);
    if (figure_.kind == FigureKind::breakdown) need("reference");
    if (figure_.kind == FigureKind::nest) need("layer");
    if (spec_.of_one_chip) check_costs(parts);
    if (figure_.kind == FigureKind::pareto) check_front();
  }

 private:
  void need(const char* key) {
    if (keys_.has(key)) return;
    diagnostics_.error(fmt::format("a figure of kind '{}' needs '{}'", spec_.name, key), figure_.where);
  }

  void refuse(const char* key, bool takes) {
    if (takes || !keys_.has(key)) return;
    diagnostics_.error(fmt::format("'{}' means nothing to a figure of kind '{}'", key, spec_.name),
                       keys_.key_span(key));
  }

  void check_x() {
    if (spec_.x == Abscissa::none) {
      refuse("x", false);
      return;
    }
    if (spec_.x != Abscissa::axis_or_none) need("x");
    if (spec_.x != Abscissa::axis_or_metric && find_metric(figure_.x) != nullptr) {
      diagnostics_.error(
          fmt::format("x of a figure of kind '{}' is an axis, and '{}' is a metric", spec_.name, figure_.x),
          keys_.key_span("x"));
    }
  }

  void check_y() {
    refuse("y", spec_.has_y);
    if (!spec_.has_y) return;
    need("y");
    const Metric* first = figure_.y.empty() ? nullptr : find_metric(figure_.y.front());
    for (const std::string& name : figure_.y) {
      const Metric* metric = find_metric(name);
      if (first == nullptr || metric == nullptr) continue;
      if (metric->unit == first->unit && metric->is_share() == first->is_share()) continue;
      diagnostics_.error(fmt::format("'{}' and '{}' don't fit on one axis", first->name, name), keys_.key_span("y"),
                         "their units differ");
    }
    const bool by_value = figure_.kind == FigureKind::breakdown && !figure_.x.empty();
    if ((by_value || figure_.kind == FigureKind::pareto) && figure_.y.size() > 1) {
      diagnostics_.error(fmt::format("a figure of kind '{}' with x has one metric along y", spec_.name),
                         keys_.key_span("y"));
    }
  }

  void check_costs(const std::vector<StudyPart>& parts) {
    const bool any = std::any_of(parts.begin(), parts.end(), [&](const StudyPart& part) {
      return (figure_.part.empty() || part.name == figure_.part) && part.wants(MetricKind::cost);
    });
    if (any) return;
    diagnostics_.error(fmt::format("a figure of kind '{}' is of layers on a chip, and no metric needs one", spec_.name),
                       figure_.where);
  }

  /// The front is of points with small x and large y.
  void check_front() {
    const auto is_spent = [](const Metric& metric) {
      return metric.unit == "pJ" || metric.unit == "s" || metric.unit == "cycles" || metric.unit == "J s" ||
             metric.unit == "um2";
    };
    const Metric* x = find_metric(figure_.x);
    const Metric* y = figure_.y.empty() ? nullptr : find_metric(figure_.y.front());
    if (!figure_.x.empty() && (x == nullptr || !is_spent(*x))) {
      diagnostics_.error("x of a Pareto figure is a metric of which less is better", keys_.key_span("x"),
                         "energy, time or area");
    }
    if (y != nullptr && is_spent(*y)) {
      diagnostics_.error("y of a Pareto figure is a metric of which more is better", keys_.key_span("y"),
                         "as top1 or tops_per_w");
    }
  }

  const FigureRequest& figure_;
  const FigureKindSpec& spec_;
  MapReader& keys_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_figure(const FigureRequest& figure, const std::vector<StudyPart>& parts, MapReader& keys,
                  Diagnostics& diagnostics) {
  FigureChecker(figure, keys, diagnostics).check(parts);
}

}  // namespace ohmloop
