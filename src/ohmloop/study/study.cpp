#include "ohmloop/study/study.hpp"

#include <algorithm>

namespace ohmloop {

bool is_of_accuracy(AxisKind kind) {
  return kind != AxisKind::network && kind != AxisKind::architecture && kind != AxisKind::keys;
}

const std::vector<std::string>& StudyAxis::keys() const { return kind == AxisKind::keys ? columns : sets; }

bool StudyPart::wants(MetricKind kind) const {
  return std::any_of(metrics.begin(), metrics.end(), [&](const Metric* one) { return one->kind() == kind; });
}

const StudyAxis* StudyPart::axis(AxisKind kind) const {
  const auto found = std::find_if(axes.begin(), axes.end(), [&](const StudyAxis& one) { return one.kind == kind; });
  return found == axes.end() ? nullptr : &*found;
}

}  // namespace ohmloop
