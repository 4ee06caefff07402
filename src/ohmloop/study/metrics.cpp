#include "ohmloop/study/metrics.hpp"

#include <algorithm>
#include <array>

#include "ohmloop/cost/peak.hpp"

namespace ohmloop {

namespace {

constexpr double joules_in_pj = 1e-12;
constexpr double tera = 1e12;

template <class T>
MetricValue value_of(const std::optional<T>& value) {
  return value ? MetricValue(*value) : MetricValue();
}

MetricValue array_count(const SweepCosts& costs, std::int64_t ArrayWork::*count) {
  return costs.work.arrays ? MetricValue((*costs.work.arrays).*count) : MetricValue();
}

EffectivePerformance performance(const SweepCosts& costs) {
  return effective_performance(static_cast<double>(costs.work.macs), costs.energy_pj + costs.leakage_pj,
                               costs.latency_s, costs.area_um2);
}

MetricValue in_tera(const std::optional<double>& value) { return value ? MetricValue(*value / tera) : MetricValue(); }

template <CostPart part>
MetricValue part_energy(const SweepCosts& costs) {
  return costs.work.energy_by_part_pj[part_index(part)];
}

using Costs = const SweepCosts&;
using Accuracy = const PointAccuracy&;

// docs/cost.md and docs/accuracy.md define the figures.
const std::array table = {
    Metric{"macs", "MACs", "", "multiplications with their additions",
           +[](const Network& n) -> MetricValue { return n.macs(); }},
    Metric{"weights", "weights", "", "of layers, without biases",
           +[](const Network& n) -> MetricValue { return n.weights(); }},
    Metric{"activations", "activations", "", "output activations of all layers",
           +[](const Network& n) -> MetricValue { return n.activations(); }},
    Metric{"energy_pj", "energy", "pJ", "dynamic energy of the network",
           +[](Costs c) -> MetricValue { return c.energy_pj; }},
    Metric{"leakage_pj", "leakage", "pJ", "leakage of the whole chip over the latency",
           +[](Costs c) -> MetricValue { return c.leakage_pj; }},
    Metric{"energy_per_mac_pj", "energy per MAC", "pJ", "dynamic energy per MAC",
           +[](Costs c) -> MetricValue {
             return c.work.macs > 0 ? MetricValue(c.energy_pj / static_cast<double>(c.work.macs)) : MetricValue();
           }},
    Metric{"latency_cycles", "latency", "cycles", "of one input",
           +[](Costs c) -> MetricValue { return c.latency_cycles; }},
    Metric{"latency_s", "latency", "s", "of one input", +[](Costs c) -> MetricValue { return c.latency_s; }},
    Metric{"interval_s", "interval between results", "s", "from one result to the next",
           +[](Costs c) -> MetricValue { return c.interval_s; }},
    Metric{"edp_js", "energy-delay product", "J s", "energy, leakage included, times latency",
           +[](Costs c) -> MetricValue { return (c.energy_pj + c.leakage_pj) * joules_in_pj * c.latency_s; }},
    Metric{"area_um2", "area", "um2", "of all chips that the network takes",
           +[](Costs c) -> MetricValue { return c.area_um2; }},
    Metric{"tops_per_w", "operations per energy", "TOPS/W", "operations per energy, leakage included",
           +[](Costs c) { return in_tera(performance(c).operations_per_j); }},
    Metric{"tops_per_mm2", "operations per time and area", "TOPS/mm2", "operations per time and area",
           +[](Costs c) { return in_tera(performance(c).operations_per_s_per_mm2); }},
    Metric{"utilisation", "utilisation of the multipliers", "", "of the multipliers over time",
           +[](Costs c) -> MetricValue { return c.utilisation; }},
    Metric{"array_utilisation", "utilisation of the arrays", "",
           "storage elements that hold a weight, of the arrays that hold any",
           +[](Costs c) { return value_of(c.array_utilisation); }},
    Metric{"arrays_used", "arrays used", "", "arrays of all layers together",
           +[](Costs c) { return value_of(c.arrays_used); }},
    Metric{"vector_presentations", "vector presentations", "", "input vectors that arrays take",
           +[](Costs c) { return array_count(c, &ArrayWork::vector_presentations); }},
    Metric{"array_activations", "array activations", "", "steps in which an array works, summed over the arrays",
           +[](Costs c) { return array_count(c, &ArrayWork::array_activations); }},
    Metric{"dac_conversions", "DAC conversions", "", "inputs that pass the DACs",
           +[](Costs c) { return array_count(c, &ArrayWork::dac_conversions); }},
    Metric{"adc_conversions", "ADC conversions", "", "sums that pass the ADCs",
           +[](Costs c) { return array_count(c, &ArrayWork::adc_conversions); }},
    Metric{"macs_per_conversion", "MACs per conversion", "", "MACs per conversion of an ADC",
           +[](Costs c) { return value_of(c.work.macs_per_conversion()); }},
    Metric{"input_activations", "input activations", "", "inputs of all layers",
           +[](Costs c) -> MetricValue { return c.work.input_activations; }},
    Metric{"output_activations", "output activations", "", "outputs of all layers",
           +[](Costs c) -> MetricValue { return c.work.output_activations; }},
    Metric{"activations_moved", "activations moved", "",
           "activations and sums that memories outside the arrays read or write",
           +[](Costs c) -> MetricValue { return c.work.activations_moved; }},
    Metric{"activation_movement_pj", "energy of moving activations", "pJ", "energy that moves activations",
           +[](Costs c) -> MetricValue { return c.work.activation_movement_pj; }},
    Metric{"activation_movement_share", "share of moving activations", "", "of the dynamic energy",
           +[](Costs c) -> MetricValue { return c.work.activation_movement_share(); }},
    Metric{"dac_pj", "energy of DACs", "pJ", "energy by part: DACs", &part_energy<CostPart::dac>},
    Metric{"adc_pj", "energy of ADCs", "pJ", "energy by part: ADCs", &part_energy<CostPart::adc>},
    Metric{"array_pj", "energy of arrays", "pJ", "energy by part: arrays", &part_energy<CostPart::array>},
    Metric{"digital_pj", "energy of digital units", "pJ", "energy by part: digital arithmetic",
           &part_energy<CostPart::digital>},
    Metric{"buffers_pj", "energy of buffers", "pJ", "energy by part: memories on the chip",
           &part_energy<CostPart::buffers>},
    Metric{"movement_pj", "energy of movement", "pJ", "energy by part: wires and links",
           &part_energy<CostPart::movement>},
    Metric{"off_chip_pj", "energy off chip", "pJ", "energy by part: DRAM", &part_energy<CostPart::off_chip>},
    Metric{"processing_element_pj", "energy of processing elements", "pJ",
           "energy behind the last fan-out: processing elements, the cells of arrays",
           +[](Costs c) -> MetricValue { return c.work.processing_element_pj; }},
    Metric{"shared_buffers_pj", "energy of shared buffers", "pJ",
           "energy of memories on the chip in front of the last fan-out",
           +[](Costs c) -> MetricValue { return c.work.shared_buffers_pj; }},
    Metric{"top1", "top-1 accuracy", "", "share of the images that are classified rightly",
           +[](Accuracy a) -> MetricValue { return a.top1; }},
    Metric{"top1_low", "top-1 accuracy, lower end", "", "lower end of the 95% interval of top1",
           +[](Accuracy a) -> MetricValue { return a.top1_ci95.low; }},
    Metric{"top1_high", "top-1 accuracy, upper end", "", "upper end of the 95% interval of top1",
           +[](Accuracy a) -> MetricValue { return a.top1_ci95.high; }},
    Metric{"top5", "top-5 accuracy", "", "share of the images whose class is among the first five",
           +[](Accuracy a) -> MetricValue { return a.top5; }},
    Metric{"top5_low", "top-5 accuracy, lower end", "", "lower end of the 95% interval of top5",
           +[](Accuracy a) -> MetricValue { return a.top5_ci95.low; }},
    Metric{"top5_high", "top-5 accuracy, upper end", "", "upper end of the 95% interval of top5",
           +[](Accuracy a) -> MetricValue { return a.top5_ci95.high; }},
    Metric{"top1_change", "change of top-1 accuracy", "",
           "top1 minus that of the undistorted network on the same images",
           +[](Accuracy a) -> MetricValue { return a.change; }},
    Metric{"top1_change_low", "change of top-1 accuracy, lower end", "", "lower end of its 95% interval, paired",
           +[](Accuracy a) -> MetricValue { return a.change_ci95.low; }},
    Metric{"top1_change_high", "change of top-1 accuracy, upper end", "", "upper end of its 95% interval, paired",
           +[](Accuracy a) -> MetricValue { return a.change_ci95.high; }},
    Metric{"agreement", "agreement", "", "share of the images that the undistorted network classifies alike",
           +[](Accuracy a) -> MetricValue { return a.agreement; }},
    Metric{"images", "images", "", "that were evaluated",
           +[](Accuracy a) -> MetricValue { return static_cast<std::int64_t>(a.images); }}};

template <class T>
std::vector<MetricValue> values_of(const T& subject) {
  std::vector<MetricValue> values;
  for (const Metric& metric : table) {
    if (const auto* of = std::get_if<MetricValue (*)(const T&)>(&metric.of)) values.push_back((*of)(subject));
  }
  return values;
}

}  // namespace

std::string_view to_string(MetricKind kind) {
  constexpr std::array<std::string_view, all_metric_kinds.size()> names = {"network", "cost", "accuracy"};
  return names[kind_index(kind)];
}

bool Metric::is_share() const {
  constexpr std::array<std::string_view, 4> whole = {"utilisation", "array_utilisation", "activation_movement_share",
                                                     "agreement"};
  return name.starts_with("top1") || name.starts_with("top5") ||
         std::find(whole.begin(), whole.end(), name) != whole.end();
}

std::span<const Metric> metric_table() { return table; }

const Metric* find_metric(std::string_view name) {
  const auto* found = std::find_if(table.begin(), table.end(), [&](const Metric& one) { return one.name == name; });
  return found == table.end() ? nullptr : found;
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const Metric& metric : table) names.emplace_back(metric.name);
  return names;
}

std::vector<const Metric*> metrics_of(MetricKind kind) {
  std::vector<const Metric*> metrics;
  for (const Metric& metric : table) {
    if (metric.kind() == kind) metrics.push_back(&metric);
  }
  return metrics;
}

std::vector<MetricValue> metric_values(const Network& network) { return values_of(network); }
std::vector<MetricValue> metric_values(const SweepCosts& costs) { return values_of(costs); }
std::vector<MetricValue> metric_values(const PointAccuracy& accuracy) { return values_of(accuracy); }

}  // namespace ohmloop
