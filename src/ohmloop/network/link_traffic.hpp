#pragma once

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// Bits that pass between chips for one run, and their energy where the schedule names a link. Layers stand in the
/// chips' arrays in execution order, copies side by side; the results of a layer come together on the chip of its last
/// array. A chip with several arrays of a layer gets the inputs of as many copies as it holds, whole or in part, and
/// sends as many outputs: an upper bound, because a chip with a part of one copy may need less. Nothing for one chip, and
/// nothing where the schedule names no link and the outermost memory is off the chips: they share it.
void add_link_traffic(const Network& network, const Architecture& architecture, const ReferenceTables& tables,
                      Residence& residence, NetworkEvaluation& evaluation);

}  // namespace ohmloop
