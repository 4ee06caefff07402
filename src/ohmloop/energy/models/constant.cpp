#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

/// Classes that cost the same whatever their attributes: `port` and `ideal` nothing, `unit` 1 pJ per action.
class ConstantModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "constant"; }
  [[nodiscard]] std::string title() const override { return "model constant"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"port", "ideal", "unit"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    const std::string& class_name = query.component_class().name;
    const bool energy = query.subject() == Query::Subject::energy;
    Estimate estimate;
    estimate.value = energy && class_name == "unit" ? 1 : 0;
    estimate.accuracy_percent = 100;
    estimate.provenance = {title(), "definition of class " + class_name, "", false};
    return estimate;
  }
};

}  // namespace

std::unique_ptr<Estimator> make_constant_model() { return std::make_unique<ConstantModel>(); }

}  // namespace ohmloop
