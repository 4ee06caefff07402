#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/energy/models/functional_units_formulas.hpp"
#include "ohmloop/energy/models/model.hpp"

namespace ohmloop {
namespace {

constexpr double native_nm = 40;
constexpr double widest_bits = 4096;

struct PublishedUnit {
  FunctionalUnit unit;
  const char* name;
  double bits;
  double exponent;
  FunctionalUnitNumbers numbers;
};

constexpr std::array<PublishedUnit, 8> published = {
    {{FunctionalUnit::adder, "adder", 32, 1, {.21, 2.3e-6, 278}},
     {FunctionalUnit::multiplier, "multiplier", 32, 2, {12.68, 80e-6, 6350}},
     {FunctionalUnit::flip_flop, "flip-flops", 1, 1, {.009, .07e-6, 5.98}},
     {FunctionalUnit::comparator, "comparator", 32, 1, {.02947, 25.1e-9, 71}},
     {FunctionalUnit::counter, "counter", 32, 1, {.25074, 321.3e-9, 495.5}},
     {FunctionalUnit::shifter, "shifter", 32, 1, {.417, 1.7e-6, 250}},
     {FunctionalUnit::bitwise, "bitwise unit", 32, 1, {.0181, .61e-6, 50.4}},
     {FunctionalUnit::crossbar, "crossbar 1 to 4", 32, 1, {.6804, 160.3e-9, 569.5}}}};

const PublishedUnit& find(FunctionalUnit unit) { return published[static_cast<std::size_t>(unit)]; }

/// Units of one kind in a component, and how many of them one action uses.
struct Part {
  FunctionalUnit unit;
  double bits = 0;
  double units = 1;
  double used = 1;
};

struct Parts {
  std::array<Part, 2> parts{};
  std::size_t count = 0;
  const char* assumption = "";
};

Parts one(FunctionalUnit unit, double bits, double units = 1, double used = 1, const char* assumption = "") {
  return {{{{unit, bits, units, used}, {}}}, 1, assumption};
}

double address_bits(double depth) { return std::ceil(std::log2(depth)); }

Parts parts_of_fifo(Query& query) {
  const double width = *query.number("width");
  const double depth = *query.number("depth");
  Parts parts = one(FunctionalUnit::flip_flop, width, depth, 1, "a word's flip-flops and a comparison of the pointers");
  if (depth > 1) parts.parts[parts.count++] = {FunctionalUnit::comparator, address_bits(depth), 1, 1};
  return parts;
}

/// The attributes are required by the classes.
Parts parts_of(Query& query) {
  const std::string& name = query.component_class().name;
  if (name == "fifo") return parts_of_fifo(query);
  if (name == "int_mac") {
    return {{{{FunctionalUnit::multiplier, *query.number("multiplier_bits"), 1, 1},
              {FunctionalUnit::adder, *query.number("adder_bits"), 1, 1}}},
            2,
            ""};
  }
  if (name == "register_file") return one(FunctionalUnit::flip_flop, *query.number("size"));
  const double width = *query.number("width");
  if (name == "comparator") return one(FunctionalUnit::comparator, width);
  if (name == "counter") return one(FunctionalUnit::counter, width);
  if (name == "shifter") return one(FunctionalUnit::shifter, width);
  if (name == "bitwise") return one(FunctionalUnit::bitwise, width);
  if (name == "register") return one(FunctionalUnit::flip_flop, width);
  if (name == "int_adder") return one(FunctionalUnit::adder, width);
  if (name == "int_multiplier") return one(FunctionalUnit::multiplier, width);
  if (name == "quantiser") {
    return {{{{FunctionalUnit::multiplier, std::sqrt(width * *query.number("scale_bits")), 1, 1},
              {FunctionalUnit::adder, width, 1, 1}}},
            2,
            ""};
  }
  const double inputs = *query.number("inputs");
  if (name == "adder_tree") return one(FunctionalUnit::adder, width, inputs - 1);
  if (name == "mux") {
    return one(FunctionalUnit::bitwise, width, inputs - 1, std::ceil(std::log2(inputs)),
               "two-way multiplexers taken as bitwise units, an assumption");
  }
  const double fours = *query.number("outputs") / 4;
  return one(FunctionalUnit::crossbar, width, inputs * fours, fours);
}

const char* unit_of(Query::Subject subject) {
  if (subject == Query::Subject::energy) return "pJ";
  return subject == Query::Subject::area ? "um2" : "W";
}

double number_of(const Part& part, Query::Subject subject) {
  const FunctionalUnitNumbers numbers = functional_unit(part.unit, part.bits);
  if (subject == Query::Subject::energy) return numbers.energy_pj * part.used;
  return (subject == Query::Subject::area ? numbers.area_um2 : numbers.leakage_w) * part.units;
}

class FunctionalUnitsModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "functional_units"; }
  [[nodiscard]] std::string title() const override { return "model functional_units"; }
  [[nodiscard]] std::vector<std::string> classes() const override {
    return {"fifo",    "comparator", "counter",        "shifter",    "bitwise",   "mux",      "crossbar",
            "int_mac", "int_adder",  "int_multiplier", "adder_tree", "quantiser", "register", "register_file"};
  }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {native_nm}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.action() != nullptr && is_free(query.action()->name)) return free_of_charge(query);
    if (leakage_alone(query)) return Rejection{"gives the leakage alone"};
    if (is_large_memory(query)) return Rejection{"takes up to 64 words for flip-flops"};
    if (!at_technology(query, native_nm)) return other_technology(native_nm);
    const Parts parts = parts_of(query);
    Estimate estimate;
    estimate.accuracy_percent = 70;
    std::string derivation;
    for (std::size_t i = 0; i < parts.count; ++i) {
      const Part& part = parts.parts[i];
      if (part.bits > widest_bits && query.subject() == Query::Subject::energy) {
        return Rejection{fmt::format("holds up to {:g} bits", widest_bits)};
      }
      const double number = number_of(part, query.subject());
      estimate.value += number;
      derivation += fmt::format("{}{} of {:g} bit {:.4g} {}", i == 0 ? "" : " + ", find(part.unit).name, part.bits,
                                number, unit_of(query.subject()));
    }
    if (*parts.assumption != 0) derivation += fmt::format("; {}", parts.assumption);
    estimate.provenance = {title(), "Aladdin (Shao et al., ISCA 2014), tables of the Accelergy plug-in, 40 nm",
                           std::move(derivation), false};
    return estimate;
  }

 private:
  static bool is_free(std::string_view action) { return action == "idle" || action == "compare_repeated"; }

  static bool is_large_memory(Query& query) {
    return query.component_class().name == "register_file" && *query.number("size") > 64 * *query.number("width");
  }

  /// Classes for which better models tell energy and area.
  static bool leakage_alone(const Query& query) {
    const std::string& name = query.component_class().name;
    const bool arithmetic =
        name.starts_with("int_") || name == "adder_tree" || name == "quantiser" || name.starts_with("register");
    return arithmetic && query.subject() != Query::Subject::leakage;
  }

  [[nodiscard]] Estimate free_of_charge(const Query& query) const {
    Estimate estimate;
    estimate.accuracy_percent = 50;
    estimate.provenance = {title(), "nothing switches",
                           query.action()->name == "idle" ? "the leakage power is charged by itself, not here" : "",
                           false};
    return estimate;
  }
};

}  // namespace

FunctionalUnitNumbers functional_unit(FunctionalUnit unit, double width_bits) {
  const PublishedUnit& base = find(unit);
  const double factor = std::pow(width_bits / base.bits, base.exponent);
  return {base.numbers.energy_pj * factor, base.numbers.leakage_w * factor, base.numbers.area_um2 * factor};
}

std::unique_ptr<Estimator> make_functional_units_model() { return std::make_unique<FunctionalUnitsModel>(); }

}  // namespace ohmloop
