#include "ohmloop/accelergy/unit_estimator.hpp"

namespace ohmloop {

Answer UnitEstimator::estimate(Query& query) const {
  if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
  // Nothing has an influence here, by definition: no attribute was forgotten.
  for (const auto& [name, attribute] : query.attributes()) static_cast<void>(query.value(name));
  const ActionSpec* action = query.action();
  const bool rests = action != nullptr && (action->name == "idle" || action->name == "leak");
  Estimate estimate;
  estimate.value = rests ? 0 : 1;
  estimate.provenance = {title(), "by definition", "1 for every action and area, 0 for idle", false};
  return estimate;
}

}  // namespace ohmloop
