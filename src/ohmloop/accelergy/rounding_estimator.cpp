#include "ohmloop/accelergy/rounding_estimator.hpp"

#include <charconv>

#include <fmt/format.h>

namespace ohmloop {

double round_to_decimals(double value, int decimals) {
  // Printing rounds the exact binary value; multiplying by a power of ten first would round twice.
  const std::string text = fmt::format("{:.{}f}", value, decimals);
  double result = value;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

Answer RoundingEstimator::estimate(Query& query) const {
  Answer answer = inner_->estimate(query);
  auto* estimate = std::get_if<Estimate>(&answer);
  if (estimate == nullptr || query.subject() == Query::Subject::leakage) return answer;
  const double rounded = round_to_decimals(estimate->value, decimals_);
  if (rounded == estimate->value) return answer;
  // Beside the source, because a compound's derivation has room for its parts' sources alone.
  estimate->provenance.source += fmt::format(" ({:g} rounded to {} decimals)", estimate->value, decimals_);
  estimate->value = rounded;
  return answer;
}

}  // namespace ohmloop
