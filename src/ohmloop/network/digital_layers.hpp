#pragma once

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// The operators of a network that a component of the chip serves, in execution order; not those that fold. Throws
/// OverflowError.
std::vector<DigitalEvaluation> evaluate_digital(const Network& network, const Architecture& architecture,
                                                const ReferenceTables& tables);

/// Whole cycles that the digital unit works for each network node; 0 for layers and for what nothing serves.
std::vector<std::int64_t> digital_cycles(const Network& network, const NetworkEvaluation& evaluation);

/// Where an operator's cost is.
enum class Charge {
  layer,     ///< mapped onto the arrays or multipliers
  digital,   ///< a component of the chip serves it
  free,      ///< moves or renames data only, or is folded into weights
  uncharged  ///< nothing serves it; its cost is missing
};
/// By network node. Operators that move data or fold are free where the chip serves any; else they are listed as
/// uncharged.
std::vector<Charge> charges(const Network& network, const NetworkEvaluation& evaluation);

}  // namespace ohmloop
