#include "ohmloop/network/link_traffic.hpp"

#include <algorithm>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/cost/cost_part.hpp"
#include "ohmloop/network/producers.hpp"

namespace ohmloop {
namespace {

/// Arrays [begin, end) of all chips, counted through.
struct Place {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  [[nodiscard]] std::int64_t home(std::int64_t per_chip) const { return (std::max(end, begin + 1) - 1) / per_chip; }
};

std::vector<Place> places_of(const NetworkEvaluation& evaluation) {
  std::vector<Place> places;
  std::int64_t next = 0;
  for (const LayerEvaluation& layer : evaluation.layers) {
    const std::int64_t arrays = evaluation.unique[layer.unique].mapped.evaluation.arrays_used.value_or(0);
    places.push_back({next, checked_add(next, arrays)});
    next = places.back().end;
  }
  return places;
}

/// The part of a layer's inputs or outputs that concerns a chip: that of the copies it holds at least a piece of.
double share_of_chip(const UniqueLayer& layer, const Place& place, std::int64_t chip, std::int64_t per_chip) {
  const std::int64_t first = std::max(place.begin, chip * per_chip);
  const std::int64_t last = std::min(place.end, (chip + 1) * per_chip);
  if (last <= first) return 0;
  const std::int64_t of_copy = std::max<std::int64_t>(1, (place.end - place.begin) / layer.copies);
  const auto held = static_cast<double>(ceil_divide(last - first, of_copy));
  return std::min(1.0, held / static_cast<double>(layer.copies));
}

double layer_bits(const UniqueLayer& layer, const Place& place, std::int64_t input_home, std::int64_t per_chip,
                  const OperandBits& bits) {
  const double inputs = static_cast<double>(layer.shape.input_activations()) * bits.input;
  const double outputs = static_cast<double>(layer.shape.output_activations()) * bits.output;
  const std::int64_t home = place.home(per_chip);
  double sum = 0;
  for (std::int64_t chip = place.begin / per_chip; chip <= home; ++chip) {
    const double share = share_of_chip(layer, place, chip, per_chip);
    if (chip != input_home) sum += share * inputs;
    if (chip != home) sum += share * outputs;
  }
  return sum;
}

/// The results of the other producers are sent to the last one's chip, where they are put together.
double gathering_bits(const std::vector<std::size_t>& producers, const std::vector<Place>& places,
                      const NetworkEvaluation& evaluation, std::int64_t per_chip, const OperandBits& bits) {
  double sum = 0;
  for (const std::size_t producer : producers) {
    if (places[producer].home(per_chip) == places[producers.back()].home(per_chip)) continue;
    const LayerShape& shape = evaluation.unique[evaluation.layers[producer].unique].shape;
    sum += static_cast<double>(shape.output_activations()) * bits.input;
  }
  return sum;
}

/// Chips below one memory outside of them exchange activations there, where they are counted already.
bool share_a_memory(const Architecture& architecture) {
  const auto outermost = std::find_if(architecture.nodes.begin(), architecture.nodes.end(),
                                      [](const Node& node) { return node.as<Memory>() != nullptr; });
  const auto index = static_cast<std::size_t>(outermost - architecture.nodes.begin());
  return cost_part(architecture, NodeId(index)) == CostPart::off_chip;
}

}  // namespace

void add_link_traffic(const Network& network, const Architecture& architecture, const ReferenceTables& tables,
                      Residence& residence, NetworkEvaluation& evaluation) {
  if (residence.chips <= 1 || (!architecture.schedule.link && share_a_memory(architecture))) return;
  const std::vector<Place> places = places_of(evaluation);
  const auto producers = producers_of_layers(network, evaluation.layers);
  const std::int64_t per_chip = residence.arrays_of_chip;
  for (std::size_t i = 0; i < evaluation.layers.size(); ++i) {
    const UniqueLayer& layer = evaluation.unique[evaluation.layers[i].unique];
    // What comes from outside comes to the layer's first chip.
    const std::int64_t from =
        producers[i].empty() ? places[i].begin / per_chip : places[producers[i].back()].home(per_chip);
    residence.link_bits += layer_bits(layer, places[i], from, per_chip, architecture.bits);
    if (producers[i].empty()) continue;
    residence.link_bits += gathering_bits(producers[i], places, evaluation, per_chip, architecture.bits);
  }
  if (!architecture.schedule.link) return;
  const std::vector<ActionEnergy>& actions = tables.of(*architecture.schedule.link).actions;
  OHM_CHECK(!actions.empty(), "a link has an action");
  const bool per_bit = actions.front().unit == ActionUnit::bit;
  const double units = per_bit ? residence.link_bits : residence.link_bits / architecture.bits.input;
  residence.link_pj = units * actions.front().energy_pj;
}

}  // namespace ohmloop
