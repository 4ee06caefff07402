#include "ohmloop/accuracy/outcomes.hpp"

#include <algorithm>
#include <cmath>

namespace ohmloop {

Outcome outcome_of(std::span<const float> scores, std::int64_t label) {
  Outcome outcome;
  if (scores.empty() || std::any_of(scores.begin(), scores.end(), [](float score) { return std::isnan(score); })) {
    outcome.top1 = Outcome::no_number;
    return outcome;
  }
  outcome.top1 = static_cast<std::int32_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  if (label < 0 || label >= static_cast<std::int64_t>(scores.size())) return outcome;
  const auto own = static_cast<std::size_t>(label);
  std::size_t before = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] > scores[own] || (scores[i] == scores[own] && i < own)) ++before;
  }
  outcome.in_top5 = before < 5;
  return outcome;
}

}  // namespace ohmloop
