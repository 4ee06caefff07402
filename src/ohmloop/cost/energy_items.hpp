#pragma once

#include <string_view>
#include <vector>

#include "ohmloop/cost/charged_traffic.hpp"
#include "ohmloop/cost/evaluation.hpp"

namespace ohmloop {

/// Accesses of `width_bits` that `elements` of `bits` each take. Narrow elements are packed without loss, so that the
/// total may be a fraction; an element wider than the memory takes whole accesses; width 0 means one access each.
double memory_accesses(std::int64_t elements, int bits, std::int64_t width_bits);

/// All charged actions with a count above zero, ordered by node, role and action.
std::vector<EnergyItem> energy_items(const Einsum& einsum, const Architecture& architecture,
                                     const ReferenceTables& tables, const Counts& counts,
                                     const ChargedTraffic& traffic);

/// Energy of one element read from or written to a memory, by role; 0 where the tables don't know the action.
ByRole<double> element_energies_pj(const Einsum& einsum, const Architecture& architecture,
                                   const ReferenceTables& tables, NodeId memory, std::string_view action);

/// Energy of one value that passes a converter, by role; 0 where the tables don't know its action.
ByRole<double> value_energies_pj(const Einsum& einsum, const ReferenceTables& tables, NodeId node);

/// Energy of writing `elements` weights into a memory, as in programming an array.
double write_energy_pj(const Einsum& einsum, const Architecture& architecture, const ReferenceTables& tables,
                       NodeId memory, std::int64_t elements);

}  // namespace ohmloop
