#pragma once

#include <string>
#include <vector>

#include "ohmloop/network/evaluate_network.hpp"

namespace ohmloop {

/// An action whose energy no source gives and that counts as 0 pJ; that matters only where it was charged.
struct UnknownEnergy {
  NodeId node;
  std::string action;
  bool charged = false;
};
std::vector<UnknownEnergy> unknown_energies(const NetworkEvaluation& evaluation, const ReferenceTables& tables);

/// Leaves out the warnings that a source leaves an energy open which the evaluation did not charge for.
std::vector<Diagnostic> without_uncharged(std::vector<Diagnostic> warnings, const NetworkEvaluation& evaluation,
                                          const Architecture& architecture, const ReferenceTables& tables);

}  // namespace ohmloop
