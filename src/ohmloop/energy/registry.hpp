#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ohmloop/energy/estimator.hpp"

namespace ohmloop {

/// The estimators that are asked, in their order.
class Registry {
 public:
  /// Names are unique; throws InternalError otherwise.
  void add(std::unique_ptr<Estimator> estimator);

  [[nodiscard]] const std::vector<std::unique_ptr<Estimator>>& estimators() const { return estimators_; }
  [[nodiscard]] std::vector<std::string> names() const;

 private:
  std::vector<std::unique_ptr<Estimator>> estimators_;
};

/// The tables of share/ohmloop/components and the built-in models: the list stands in the function.
void register_builtin_estimators(Registry& registry);

/// The outcome of asking everybody for one number.
struct Choice {
  std::optional<Estimate> estimate;     ///< nothing: nobody knows
  std::set<std::string> used;           ///< attributes that the number depends on
  std::vector<std::string> rejections;  ///< "table isaac has no row for it", in registration order
};

/// The highest declared accuracy among those who answer; of equal ones the first registered, and the derivation names
/// the others. If nobody answers at the component's technology, numbers of the nearest technology are scaled
/// (technology.hpp); leakage is never scaled. `from` restricts the choice to one estimator; estimators in `named` give
/// also what belongs to their design alone.
Choice choose_estimate(const Registry& registry, const ComponentClass& component_class, const AttributeMap& attributes,
                       Query::Subject subject, const ActionSpec* action = nullptr,
                       const std::set<std::string>& named = {});

}  // namespace ohmloop
