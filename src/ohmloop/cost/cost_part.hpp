#pragma once

#include <array>
#include <string_view>

#include "ohmloop/arch/architecture.hpp"

namespace ohmloop {

/// What a component's energy is spent for: the few terms in which arrays are compared (docs/cost.md).
enum class CostPart {
  dac,       ///< inputs on their way to the rows
  adc,       ///< sums of columns become numbers, sample-and-hold included
  array,     ///< storage elements, their lines, and the multiplication in them
  digital,   ///< arithmetic, shift-adders and adder trees
  buffers,   ///< memories on the chip
  movement,  ///< wires, buses, routers, links
  off_chip   ///< DRAM
};
inline constexpr std::array<CostPart, 7> all_cost_parts = {CostPart::dac,     CostPart::adc,     CostPart::array,
                                                           CostPart::digital, CostPart::buffers, CostPart::movement,
                                                           CostPart::off_chip};
/// "dac", "off_chip": as keys have it.
std::string_view to_string(CostPart part);

/// One value per part: `by_part[part_index(CostPart::adc)]`.
template <class T>
using ByPart = std::array<T, all_cost_parts.size()>;
constexpr std::size_t part_index(CostPart part) { return static_cast<std::size_t>(part); }

/// By the node's class; a class of the user's own goes by what the node is and where it stands: a converter that adds
/// sums is digital, one that only inputs (outputs) pass within the array's innermost container is a DAC (an ADC).
CostPart cost_part(const Architecture& architecture, NodeId id);

/// Whether activations are only carried and kept there: buffers, movement and off_chip.
bool moves_values(CostPart part);

}  // namespace ohmloop
