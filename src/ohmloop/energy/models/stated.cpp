#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

/// What a description says of its own devices: programming energies differ by orders of magnitude between devices, and
/// designs seldom publish theirs.
class StatedModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "stated"; }
  [[nodiscard]] std::string title() const override { return "model stated"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"rram", "pcm", "sram_cell"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject_name() != "write") return Rejection{"knows programming only"};
    const std::optional<double> energy_pj = query.number("write_energy");
    if (!energy_pj) return Rejection{"needs 'write_energy'"};
    Estimate estimate;
    estimate.value = *energy_pj;
    estimate.accuracy_percent = 100;
    estimate.provenance = {title(), "the description itself", "'write_energy' of the node", false};
    return estimate;
  }
};

}  // namespace

std::unique_ptr<Estimator> make_stated_model() { return std::make_unique<StatedModel>(); }

}  // namespace ohmloop
