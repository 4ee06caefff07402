#pragma once

#include <optional>

#include "ohmloop/cost/cost_part.hpp"
#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// What arrays do for a layer or a network (docs/cost.md, "What arrays do").
struct ArrayWork {
  std::int64_t vector_presentations = 0;  ///< input vectors: N x E x F, whatever the arrays that each one reaches
  std::int64_t array_activations = 0;     ///< steps in which an array works, summed over the arrays
  std::int64_t dac_conversions = 0;       ///< values of inputs that pass the DACs
  std::int64_t adc_conversions = 0;       ///< values of outputs that pass the ADCs

  friend bool operator==(const ArrayWork&, const ArrayWork&) = default;
};

/// Values and energy of a layer or a network in the terms of docs/cost.md. Sums of several layers are sums of these.
struct LayerWork {
  std::int64_t macs = 0;
  std::int64_t weights = 0;
  std::int64_t input_activations = 0;
  std::int64_t output_activations = 0;
  double energy_pj = 0;  ///< dynamic, sum of the parts
  ByPart<double> energy_by_part_pj{};
  double processing_element_pj = 0;  ///< of what stands behind the last fan-out: PEs, the cells of arrays
  double shared_buffers_pj = 0;      ///< of memories on the chip in front of it
  /// Activations and sums that memories outside the arrays read or write, in whole ones: a slice is its part of one.
  double activations_moved = 0;
  double activation_movement_pj = 0;  ///< of the same, at memories, wires and links
  std::optional<ArrayWork> arrays;    ///< nothing without arrays

  [[nodiscard]] double activation_movement_share() const;           ///< of energy_pj; 0 where that is 0
  [[nodiscard]] std::optional<double> macs_per_conversion() const;  ///< nothing without conversions of an ADC
};

LayerWork layer_work(const UniqueLayer& layer, const Architecture& architecture);
/// Of all layers together, of the link between chips, and of what a digital unit does: its energy, and the activations
/// that it moves. Throws OverflowError.
LayerWork network_work(const NetworkEvaluation& evaluation, const Architecture& architecture);

}  // namespace ohmloop
