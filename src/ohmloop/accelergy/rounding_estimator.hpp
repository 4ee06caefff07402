#pragma once

#include <memory>

#include "ohmloop/energy/estimator.hpp"

namespace ohmloop {

/// Another estimator with its energies and areas rounded to decimals, as Accelergy rounds every primitive's number
/// before it sums them.
class RoundingEstimator final : public Estimator {
 public:
  RoundingEstimator(std::unique_ptr<const Estimator> inner, int decimals)
      : inner_(std::move(inner)), decimals_(decimals) {}

  [[nodiscard]] std::string name() const override { return inner_->name(); }
  [[nodiscard]] std::string title() const override { return inner_->title(); }
  [[nodiscard]] std::vector<std::string> classes() const override { return inner_->classes(); }
  [[nodiscard]] bool knows(const ComponentClass& component_class) const override {
    return inner_->knows(component_class);
  }
  [[nodiscard]] bool on_request_only() const override { return inner_->on_request_only(); }
  [[nodiscard]] std::vector<std::string> pinned_classes() const override { return inner_->pinned_classes(); }
  [[nodiscard]] Answer estimate(Query& query) const override;
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass& component_class) const override {
    return inner_->technologies_nm(component_class);
  }

 private:
  std::unique_ptr<const Estimator> inner_;
  int decimals_;
};

/// The double nearest to the value's decimal digits, cut to `decimals` of them: 1.83e-3 is 0.002 with 3.
double round_to_decimals(double value, int decimals);

}  // namespace ohmloop
