#include <cmath>

#include <fmt/format.h>

#include "ohmloop/energy/models/memory_formulas.hpp"
#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

constexpr double native_nm = 45;
constexpr double deepest_register_file = 64;

double through_two_points(double depth, double at_12, double at_24) {
  return at_12 * std::pow(depth / 12, std::log2(at_24 / at_12));
}

class MemoryModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "memory"; }
  [[nodiscard]] std::string title() const override { return "model memory"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"sram", "register_file"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {native_nm}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
    if (query.action() != nullptr && query.action()->name == "idle") return idle();
    const double size = *query.number("size");
    const double width = *query.number("width");
    const double depth = size / width;
    if (depth < 1) return Rejection{"needs a size of at least one word of 'width'"};
    const bool shallow = query.component_class().name == "register_file" && depth <= deepest_register_file;
    if (!shallow && (depth < 16 || depth > 262144)) return Rejection{"holds from 16 to 262144 words"};
    const double banks = shallow ? 1 : query.number("banks").value_or(1);
    if (banks > depth) return Rejection{"needs at least one word per bank"};
    if (width < 4 || width > 1024) return Rejection{"holds for words of 4 to 1024 bit"};
    if (!at_technology(query, native_nm)) return other_technology(native_nm);
    if (query.subject() != Query::Subject::energy) return area(depth, width, shallow);
    Estimate estimate = energy(depth, width, banks, shallow);
    charge_changes(query, banks, estimate);
    return estimate;
  }

 private:
  [[nodiscard]] Estimate idle() const {
    Estimate estimate;
    estimate.accuracy_percent = 50;
    estimate.provenance = {title(), "nothing switches", "the leakage power is charged by itself, not here", false};
    return estimate;
  }

  static void charge_changes(const Query& query, double banks, Estimate& estimate) {
    const std::optional<double> data = query.argument("data_delta");
    const std::optional<double> address = query.argument("address_delta");
    if (!data && !address) return;
    const double share = switched_share(address.value_or(banks) / banks, data.value_or(1));
    estimate.value *= share;
    estimate.provenance.derivation += fmt::format(
        "; x {:g} of a full access: 30% go with the address, 70% with the "
        "data (Accelergy's CACTI wrapper)",
        share);
  }

  [[nodiscard]] Estimate energy(double depth, double width, double banks, bool shallow) const {
    Estimate estimate;
    estimate.value = shallow ? register_file_energy_pj(depth, width) : sram_energy_pj(depth, width, banks);
    estimate.accuracy_percent = depth >= 1000 ? 80 : 60;
    estimate.provenance = {title(), source(shallow), formula(depth, width, shallow), true};
    return estimate;
  }

  [[nodiscard]] Estimate area(double depth, double width, bool shallow) const {
    Estimate estimate;
    estimate.value = shallow ? register_file_area_um2(depth, width) : sram_area_um2(depth * width);
    estimate.accuracy_percent = 40;
    estimate.provenance = {title(), source(shallow), formula(depth, width, shallow), true};
    return estimate;
  }

  static std::string source(bool shallow) {
    return shallow ? "power law through eyeriss_like's scratchpads (Accelergy baseline designs)"
                   : "power law fitted to Horowitz ISSCC 2014, eyeriss_like (Accelergy baseline designs) and the "
                     "ISPASS 2020 PIM study";
  }

  static std::string formula(double depth, double width, bool shallow) {
    return fmt::format("{:g} words of {:g} bit{}", depth, width, shallow ? ", register file" : ", SRAM");
  }
};

constexpr double register_nm = 40;

/// Flip-flops: 0.009 pJ and 5.98 um2 per bit at 40 nm (Aladdin, 1 ns point).
class RegisterModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "flip_flop"; }
  [[nodiscard]] std::string title() const override { return "model flip_flop"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"register"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {register_nm}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of leakage"};
    if (!at_technology(query, register_nm)) return other_technology(register_nm);
    const bool energy = query.subject() == Query::Subject::energy;
    const double per_bit = energy ? .009 : 5.98;
    const double width = *query.number("width");
    Estimate estimate;
    estimate.value = per_bit * width;
    estimate.accuracy_percent = 75;
    estimate.provenance = {title(), "Aladdin (Shao et al., ISCA 2014), 40 nm, 1 ns",
                           fmt::format("{:g} {}/bit x {:g} bit", per_bit, energy ? "pJ" : "um2", width), false};
    return estimate;
  }
};

}  // namespace

double sram_energy_pj(double depth, double width, double banks) {
  return 0.0013338528173247037 * std::pow(depth, 0.687714499155506) * std::pow(width, 0.8614506812594563) *
         std::pow(banks, -0.006634998375976319);
}

double switched_share(double address_share, double data_share) { return .3 * address_share + .7 * data_share; }

double sram_area_um2(double bits) { return 0.4899526391419487 * std::pow(bits, 1.026743708000028); }

double register_file_energy_pj(double depth, double width) {
  return through_two_points(depth, .146, .153) * width / 16;
}

double register_file_area_um2(double depth, double width) {
  return through_two_points(depth, 379.68, 414.68) * width / 16;
}

std::unique_ptr<Estimator> make_memory_model() { return std::make_unique<MemoryModel>(); }
std::unique_ptr<Estimator> make_register_model() { return std::make_unique<RegisterModel>(); }

}  // namespace ohmloop
