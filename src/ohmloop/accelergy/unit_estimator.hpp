#pragma once

#include "ohmloop/energy/estimator.hpp"

namespace ohmloop {

/// `unit`: every action of every primitive costs 1 pJ, `idle` and `leak` nothing, and its area is 1 um2. For checks of
/// descriptions and counts; it answers on request alone, and behind everybody who knows better: declared accuracy 0.
class UnitEstimator final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "unit"; }
  [[nodiscard]] std::string title() const override { return "model unit"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {}; }
  [[nodiscard]] bool knows(const ComponentClass&) const override { return true; }
  [[nodiscard]] bool on_request_only() const override { return true; }
  [[nodiscard]] Answer estimate(Query& query) const override;
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }
};

}  // namespace ohmloop
