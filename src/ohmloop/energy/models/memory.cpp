#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/energy/models/memory_formulas.hpp"
#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

constexpr double scratchpad_nm = 45;
constexpr double deepest_scratchpad = 64;

double through_two_points(double depth, double at_12, double at_24) {
  return at_12 * std::pow(depth / 12, std::log2(at_24 / at_12));
}

/// A memory as the models see it.
struct Shape {
  double depth = 0;
  double width = 0;
  double banks = 1;
  bool scratchpad = false;  ///< a register file small enough for flip-flops
};

class MemoryModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "memory"; }
  [[nodiscard]] std::string title() const override { return "model memory"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"sram", "register_file"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override {
    return sram_technologies_nm();
  }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.action() != nullptr && query.action()->name == "idle") return idle();
    Shape shape{*query.number("size") / *query.number("width"), *query.number("width")};
    if (shape.depth < 1) return Rejection{"needs a size of at least one word of 'width'"};
    shape.scratchpad = query.component_class().name == "register_file" && shape.depth <= deepest_scratchpad;
    if (!shape.scratchpad && (shape.depth < 16 || shape.depth > 262144)) {
      return Rejection{"holds from 16 to 262144 words"};
    }
    if (!shape.scratchpad) shape.banks = query.number("banks").value_or(1);
    if (shape.banks > shape.depth) return Rejection{"needs at least one word per bank"};
    if (shape.width > 1024) return Rejection{"holds for words of up to 1024 bit"};
    return shape.scratchpad ? scratchpad(query, shape) : static_memory(query, shape);
  }

 private:
  [[nodiscard]] Estimate idle() const {
    Estimate estimate;
    estimate.accuracy_percent = 50;
    estimate.provenance = {title(), "nothing switches", "the leakage power is charged by itself, not here", false};
    return estimate;
  }

  [[nodiscard]] Answer scratchpad(Query& query, const Shape& shape) const {
    if (query.subject() == Query::Subject::leakage) return Rejection{"says nothing of the leakage of flip-flops"};
    if (!at_technology(query, scratchpad_nm)) return other_technology(scratchpad_nm);
    const bool energy = query.subject() == Query::Subject::energy;
    Estimate estimate;
    estimate.value =
        energy ? register_file_energy_pj(shape.depth, shape.width) : register_file_area_um2(shape.depth, shape.width);
    estimate.accuracy_percent = energy ? 60 : 40;
    estimate.provenance = {title(), "power law through eyeriss_like's scratchpads (Accelergy baseline designs)",
                           fmt::format("{:g} words of {:g} bit, register file", shape.depth, shape.width), true};
    if (energy) charge_changes(query, shape.banks, estimate);
    return estimate;
  }

  [[nodiscard]] Answer static_memory(Query& query, const Shape& shape) const {
    const std::vector<double> nodes = sram_technologies_nm();
    const auto node = std::find_if(nodes.begin(), nodes.end(), [&](double nm) { return at_technology(query, nm); });
    if (node == nodes.end()) return Rejection{fmt::format("holds at {:g} nm only", fmt::join(nodes, ", "))};
    const SramNumbers numbers = sram_numbers(*node, shape.depth, shape.width, shape.banks);
    Estimate estimate;
    estimate.provenance = {title(), "CACTI 7, low-standby-power transistors (accelergy-cacti-plug-in)",
                           fmt::format("{:g} words of {:g} bit{} at {:g} nm, interpolated", shape.depth, shape.width,
                                       shape.banks > 1 ? fmt::format(" in {:g} banks", shape.banks) : "", *node),
                           false};
    if (query.subject() == Query::Subject::area) {
      estimate.value = numbers.area_um2;
      estimate.accuracy_percent = 70;
    } else if (query.subject() == Query::Subject::leakage) {
      estimate.value = numbers.leakage_w;
      estimate.accuracy_percent = 60;
    } else {
      estimate.value = query.action()->name == "write" ? numbers.write_pj : numbers.read_pj;
      estimate.accuracy_percent = 80;
      charge_changes(query, shape.banks, estimate);
    }
    return estimate;
  }

  static void charge_changes(const Query& query, double banks, Estimate& estimate) {
    const std::optional<double> data = query.argument("data_delta");
    const std::optional<double> address = query.argument("address_delta");
    if (!data && !address) return;
    const double share = switched_share(address.value_or(banks) / banks, data.value_or(1));
    estimate.value *= share;
    estimate.provenance.derivation += fmt::format(
        "; x {:g} of a full access: 30% go with the address, 70% with the data (Accelergy's CACTI wrapper)", share);
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

double switched_share(double address_share, double data_share) { return .3 * address_share + .7 * data_share; }

double register_file_energy_pj(double depth, double width) {
  return through_two_points(depth, .146, .153) * width / 16;
}

double register_file_area_um2(double depth, double width) {
  return through_two_points(depth, 379.68, 414.68) * width / 16;
}

std::unique_ptr<Estimator> make_memory_model() { return std::make_unique<MemoryModel>(); }
std::unique_ptr<Estimator> make_register_model() { return std::make_unique<RegisterModel>(); }

}  // namespace ohmloop
