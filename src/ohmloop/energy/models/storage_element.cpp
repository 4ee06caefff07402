#include <fmt/format.h>

#include "ohmloop/energy/models/memory_formulas.hpp"
#include "ohmloop/energy/models/model.hpp"
#include "ohmloop/energy/models/storage_element_formulas.hpp"
#include "ohmloop/energy/models/wire_formulas.hpp"

namespace ohmloop {
namespace {

/// Above any table: a description that states its device means this device.
constexpr double stated_accuracy = 97;

Estimate stated(const char* title, double value, std::string derivation) {
  Estimate estimate;
  estimate.value = value;
  estimate.accuracy_percent = stated_accuracy;
  estimate.provenance = {title, "Ohm's law on what the description states", std::move(derivation), false};
  return estimate;
}

class ConductanceModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "conductance"; }
  [[nodiscard]] std::string title() const override { return model_title; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"rram", "pcm"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() != Query::Subject::energy) return Rejection{"knows energies only"};
    const std::optional<double> on = query.number("on_resistance");
    const std::optional<double> off = query.number("off_resistance");
    if (!on || !off) return Rejection{"needs 'on_resistance' and 'off_resistance'"};
    if (*off < *on) return Rejection{"needs an 'off_resistance' above 'on_resistance'"};
    const ResistiveElement element{*on, *off, *query.number("access_resistance")};
    const double weight_mean = *query.number("weight_mean");
    if (query.action()->name == "read") return stated(model_title, 0, "computing in place is charged as compute");
    return query.action()->name == "write" ? program(query, element, weight_mean)
                                           : compute(query, element, weight_mean);
  }

 private:
  static constexpr const char* model_title = "model conductance";

  static Answer compute(Query& query, const ResistiveElement& element, double weight_mean) {
    const std::optional<double> volts = query.number("read_voltage");
    const std::optional<double> pulse = query.number("pulse_width");
    if (!volts || !pulse) return Rejection{"needs 'read_voltage' and 'pulse_width'"};
    const bool squared = query.word("input_encoding") == "voltage";
    const std::optional<double> moment = query.number(squared ? "input_mean_square" : "input_mean");
    if (!moment) return Rejection{"needs 'input_mean_square' where inputs are voltages"};
    return stated(model_title, resistive_compute_pj(element, weight_mean, *moment, *volts, *pulse),
                  fmt::format("({:g} V)^2 x {:.4g} uS (values of mean {:g}) x {:g} ns x {:g} ({} of the inputs)",
                              *volts, mean_conductance(element, weight_mean) * 1e6, weight_mean, *pulse, *moment,
                              squared ? "mean square" : "mean"));
  }

  static Answer program(Query& query, const ResistiveElement& element, double weight_mean) {
    const std::optional<double> volts = query.number("program_voltage");
    const std::optional<double> pulse = query.number("program_width");
    if (!volts || !pulse) return Rejection{"needs 'program_voltage' and 'program_width'"};
    const double pulses = *query.number("program_pulses");
    return stated(model_title, resistive_program_pj(element, weight_mean, *volts, *pulse, pulses),
                  fmt::format("{:g} x ({:g} V)^2 x {:.4g} uS x {:g} ns", pulses, *volts,
                              mean_conductance(element, weight_mean) * 1e6, *pulse));
  }
};

class CapacitiveCellModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "capacitive_cell"; }
  [[nodiscard]] std::string title() const override { return model_title; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"sram_cell"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override {
    return sram_technologies_nm();
  }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (*query.number("bits_per_cell") != 1) return Rejection{"holds for one bit per cell"};
    if (query.subject() != Query::Subject::energy) return per_bit_of_a_large_memory(query);
    if (query.action()->name == "read") return stated(model_title, 0, "computing in place is charged as compute");
    if (query.action()->name == "write") return per_bit_of_a_large_memory(query);
    const std::optional<double> capacitance = query.number("capacitance");
    const std::optional<double> volts = query.number("read_voltage");
    if (!capacitance || !volts) return Rejection{"needs 'capacitance' and 'read_voltage'"};
    const double inputs = *query.number("input_mean");
    const double weights = *query.number("weight_mean");
    return stated(model_title, capacitive_compute_pj(*capacitance, *volts, inputs, weights),
                  fmt::format("{:g} fF x ({:g} V)^2 x {:g} (mean input) x {:g} (mean weight)", *capacitance, *volts,
                              inputs, weights));
  }

 private:
  static constexpr const char* model_title = "model capacitive_cell";

  /// A cell's part of 512 words of 512 bits.
  [[nodiscard]] Answer per_bit_of_a_large_memory(Query& query) const {
    constexpr double words = 512;
    constexpr double width = 512;
    for (const double nm : sram_technologies_nm()) {
      if (!at_technology(query, nm)) continue;
      const SramNumbers numbers = sram_numbers(nm, words, width);
      Estimate estimate;
      estimate.value = numbers.write_pj / width;
      if (query.subject() == Query::Subject::area) estimate.value = numbers.area_um2 / (words * width);
      if (query.subject() == Query::Subject::leakage) estimate.value = numbers.leakage_w / (words * width);
      estimate.accuracy_percent = 40;
      estimate.provenance = {title(), "CACTI 7, low-standby-power transistors (accelergy-cacti-plug-in)",
                             fmt::format("a bit's part of 512 words of 512 bits at {:g} nm, an assumption", nm), false};
      return estimate;
    }
    return Rejection{"holds at the technologies of model memory"};
  }
};

class LineDriverModel final : public Estimator {
 public:
  [[nodiscard]] std::string name() const override { return "line_capacitance"; }
  [[nodiscard]] std::string title() const override { return "model line_capacitance"; }
  [[nodiscard]] std::vector<std::string> classes() const override { return {"line_driver"}; }
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }

  [[nodiscard]] Answer estimate(Query& query) const override {
    if (query.subject() != Query::Subject::energy) return Rejection{"knows energies only"};
    const double technology = *query.number("technology");
    if (technology < 13 || technology > 180) return Rejection{"holds from 13 to 180 nm"};
    const double cells = *query.number("cells");
    const double pitch = *query.number("pitch");
    const double capacitance = *query.number("cell_capacitance");
    const double volts = *query.number("voltage");
    const double activity = *query.number("activity");
    Estimate estimate;
    estimate.value = line_energy_pj(cells, pitch, capacitance, technology, volts, activity);
    estimate.accuracy_percent = 60;
    estimate.provenance = {title(), "C V^2; wire capacitances of the Accelergy interconnect plug-in",
                           fmt::format("{:g} x {:g} x ({:g} fF + {:.4g} fF/um x {:g} um) x ({:g} V)^2", activity, cells,
                                       capacitance, wire_capacitance_pf_per_mm(technology), pitch, volts),
                           false};
    return estimate;
  }
};

}  // namespace

double mean_conductance(const ResistiveElement& element, double weight_mean) {
  const double on = 1 / (element.on_ohm + element.access_ohm);
  const double off = 1 / (element.off_ohm + element.access_ohm);
  return off + weight_mean * (on - off);
}

double resistive_compute_pj(const ResistiveElement& element, double weight_mean, double input_moment,
                            double read_voltage_v, double pulse_ns) {
  return read_voltage_v * read_voltage_v * mean_conductance(element, weight_mean) * pulse_ns * 1e3 * input_moment;
}

double resistive_program_pj(const ResistiveElement& element, double weight_mean, double voltage_v, double pulse_ns,
                            double pulses) {
  return pulses * resistive_compute_pj(element, weight_mean, 1, voltage_v, pulse_ns);
}

double capacitive_compute_pj(double capacitance_ff, double voltage_v, double input_mean, double weight_mean) {
  return capacitance_ff * 1e-3 * voltage_v * voltage_v * input_mean * weight_mean;
}

double line_energy_pj(double cells, double pitch_um, double cell_capacitance_ff, double technology_nm, double voltage_v,
                      double activity) {
  const double femtofarads = cells * (cell_capacitance_ff + pitch_um * wire_capacitance_pf_per_mm(technology_nm));
  return activity * femtofarads * 1e-3 * voltage_v * voltage_v;
}

std::unique_ptr<Estimator> make_conductance_model() { return std::make_unique<ConductanceModel>(); }
std::unique_ptr<Estimator> make_capacitive_cell_model() { return std::make_unique<CapacitiveCellModel>(); }
std::unique_ptr<Estimator> make_line_driver_model() { return std::make_unique<LineDriverModel>(); }

}  // namespace ohmloop
