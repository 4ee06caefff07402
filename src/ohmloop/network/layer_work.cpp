#include "ohmloop/network/layer_work.hpp"

#include <algorithm>

#include "ohmloop/analysis/active_steps.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

/// Values that pass the converters of a part. Those that stand in a row see the same values: the largest counts.
std::int64_t conversions(const UniqueLayer& layer, const Architecture& architecture, CostPart part, Role role) {
  std::int64_t most = 0;
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    if (architecture.nodes[i].as<Converter>() == nullptr || cost_part(architecture, NodeId(i)) != part) continue;
    most = std::max(most, layer.mapped.counts.converters[i].total[role_index(role)]);
  }
  return most;
}

ArrayWork array_work(const UniqueLayer& layer, const Architecture& architecture) {
  // The fan-out over columns stands right above that over rows and the cells: its instances are the arrays.
  const NodeId array(architecture.array->cells.index() - 2);
  const LayerShape& shape = layer.shape;
  ArrayWork work;
  work.vector_presentations = checked_multiply(checked_multiply(shape.N, shape.E), shape.F);
  work.array_activations = active_steps(layer.einsum, layer.mapped.mapping, array);
  work.dac_conversions = conversions(layer, architecture, CostPart::dac, Role::input);
  work.adc_conversions = conversions(layer, architecture, CostPart::adc, Role::output);
  return work;
}

/// Whether a tensor is made of activations: in attention the weight's role is played by one, too.
bool is_activation(Role role, const LayerShape& shape) { return role != Role::weight || shape.weight_is_activation; }

/// Slices of one operand, which memories count as elements.
std::int64_t slices_of(Role role, const Architecture& architecture) {
  if (!architecture.array || role == Role::output) return 1;
  return role == Role::input ? architecture.array->input_slices(architecture.bits.input)
                             : architecture.array->weight_slices(architecture.bits.weight);
}

double activations_moved(const UniqueLayer& layer, const Architecture& architecture) {
  double moved = 0;
  for (std::size_t i = 0; i < layer.mapped.counts.memories.size(); ++i) {
    if (cost_part(architecture, NodeId(i)) == CostPart::array) continue;
    for (const Role role : all_roles) {
      if (!is_activation(role, layer.shape)) continue;
      const TensorActions& actions = layer.mapped.counts.memories[i].total[role_index(role)];
      const double elements = static_cast<double>(actions.reads) + static_cast<double>(actions.fills) +
                              static_cast<double>(actions.updates) + static_cast<double>(actions.drains);
      moved += elements / static_cast<double>(slices_of(role, architecture));
    }
  }
  return moved;
}

/// Everything behind the last fan-out is a processing element, or the cells of an array.
std::size_t first_of_processing_element(const Architecture& architecture) {
  for (std::size_t i = architecture.nodes.size(); i-- > 0;) {
    if (architecture.nodes[i].as<Fanout>() != nullptr) return i + 1;
  }
  return 0;
}

void add(const EnergyItem& item, const Architecture& architecture, LayerWork& sum) {
  const CostPart part = cost_part(architecture, item.node);
  sum.energy_pj += item.energy_pj;
  sum.energy_by_part_pj[part_index(part)] += item.energy_pj;
  if (item.node.index() >= first_of_processing_element(architecture)) {
    sum.processing_element_pj += item.energy_pj;
  } else if (part == CostPart::buffers) {
    sum.shared_buffers_pj += item.energy_pj;
  }
}

ArrayWork operator+(const ArrayWork& a, const ArrayWork& b) {
  return {checked_add(a.vector_presentations, b.vector_presentations),
          checked_add(a.array_activations, b.array_activations), checked_add(a.dac_conversions, b.dac_conversions),
          checked_add(a.adc_conversions, b.adc_conversions)};
}

void add(const LayerWork& layer, LayerWork& sum) {
  sum.macs = checked_add(sum.macs, layer.macs);
  sum.weights = checked_add(sum.weights, layer.weights);
  sum.input_activations = checked_add(sum.input_activations, layer.input_activations);
  sum.output_activations = checked_add(sum.output_activations, layer.output_activations);
  sum.energy_pj += layer.energy_pj;
  for (const CostPart part : all_cost_parts) {
    sum.energy_by_part_pj[part_index(part)] += layer.energy_by_part_pj[part_index(part)];
  }
  sum.processing_element_pj += layer.processing_element_pj;
  sum.shared_buffers_pj += layer.shared_buffers_pj;
  sum.activations_moved += layer.activations_moved;
  sum.activation_movement_pj += layer.activation_movement_pj;
  if (layer.arrays) sum.arrays = sum.arrays.value_or(ArrayWork{}) + *layer.arrays;
}

void add(const DigitalEvaluation& one, const Architecture& architecture, LayerWork& sum) {
  for (const EnergyItem& item : one.cost.items) {
    add(item, architecture, sum);
    if (item.role && moves_values(cost_part(architecture, item.node))) sum.activation_movement_pj += item.energy_pj;
  }
  sum.activations_moved += static_cast<double>(one.work.elements_read) + static_cast<double>(one.work.elements_written);
}

}  // namespace

double LayerWork::activation_movement_share() const { return energy_pj == 0 ? 0 : activation_movement_pj / energy_pj; }

std::optional<double> LayerWork::macs_per_conversion() const {
  if (!arrays || arrays->adc_conversions == 0) return std::nullopt;
  return static_cast<double>(macs) / static_cast<double>(arrays->adc_conversions);
}

LayerWork layer_work(const UniqueLayer& layer, const Architecture& architecture) {
  LayerWork work;
  work.macs = layer.shape.macs();
  work.weights = layer.shape.weights();
  work.input_activations = layer.shape.input_activations();
  work.output_activations = layer.shape.output_activations();
  for (const EnergyItem& item : layer.mapped.evaluation.items) {
    add(item, architecture, work);
    if (!item.role || !is_activation(*item.role, layer.shape)) continue;
    if (!moves_values(cost_part(architecture, item.node))) continue;
    work.activation_movement_pj += item.energy_pj;
  }
  work.activations_moved = activations_moved(layer, architecture);
  if (architecture.array) work.arrays = array_work(layer, architecture);
  return work;
}

LayerWork network_work(const NetworkEvaluation& evaluation, const Architecture& architecture) {
  std::vector<LayerWork> unique;
  unique.reserve(evaluation.unique.size());
  for (const UniqueLayer& layer : evaluation.unique) unique.push_back(layer_work(layer, architecture));
  LayerWork sum;
  for (const LayerEvaluation& layer : evaluation.layers) add(unique[layer.unique], sum);
  if (evaluation.residence && evaluation.residence->link) {
    const double link_pj = evaluation.residence->link->energy_pj;
    sum.energy_pj += link_pj;
    sum.energy_by_part_pj[part_index(CostPart::movement)] += link_pj;
    sum.activation_movement_pj += link_pj;
  }
  for (const DigitalEvaluation& one : evaluation.digital) add(one, architecture, sum);
  return sum;
}

}  // namespace ohmloop
