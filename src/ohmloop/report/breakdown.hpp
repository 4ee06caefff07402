#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/cost/peak.hpp"
#include "ohmloop/network/digital_layers.hpp"
#include "ohmloop/network/evaluate_network.hpp"
#include "ohmloop/network/unknown_energy.hpp"
#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// Dynamic energy of one layer by node of the architecture, pJ.
std::vector<double> energy_by_node_pj(const Evaluation& evaluation, const Architecture& architecture);
/// The same of all layers together, and of the link between chips.
std::vector<double> energy_by_node_pj(const NetworkEvaluation& evaluation, const Architecture& architecture);

/// Chips that the network takes; 1 where nothing is placed.
std::int64_t chips_of(const NetworkEvaluation& evaluation);
/// Area by node of all these chips.
std::vector<double> area_of_chips_um2(const RunReport& report);

/// Who an energy item serves: "input", "weight", "output", or "compute" for what belongs to no tensor.
std::string_view tensor_name(const EnergyItem& item);

/// Energy of one layer by tensor, in the order input, weight, output, compute; pJ.
struct TensorEnergy {
  std::string_view tensor;
  double energy_pj = 0;
};
std::array<TensorEnergy, 4> energy_by_tensor_pj(const Evaluation& evaluation);

/// Operators that cost nothing here: without weights, or not known.
struct UnchargedOperator {
  std::string operation;
  std::int64_t count = 0;
  std::int64_t activations = 0;  ///< elements of their outputs
  bool supported = true;
};
/// In the order in which they first occur.
std::vector<UnchargedOperator> uncharged_operators(const Network& network);
/// Those of one charge (digital_layers.hpp) on the chip that evaluated the network.
std::vector<UnchargedOperator> uncharged_operators(const Network& network, const NetworkEvaluation& evaluation,
                                                   Charge charge = Charge::uncharged);

/// Weights programmed into resident arrays before the run, and what that costs; in no layer's energy.
struct Programming {
  std::int64_t elements = 0;
  double energy_pj = 0;
};
Programming programming(const NetworkEvaluation& evaluation);

/// A figure that was fitted to a chip's own measurement, not derived: a result that rests on it is weaker.
struct FittedConstant {
  NodeId node;
  std::string figure;  ///< an action, or "area"
  std::string source;
};
std::vector<FittedConstant> fitted_constants(const ReferenceTables& tables);

/// Operations of the whole run per joule, leakage included, and per mm2 and second of the interval between results.
EffectivePerformance effective_performance(const RunReport& report, double area_um2);

/// Whether a zero means nothing or not known.
bool leakage_known(const ReferenceTables& tables);
/// Names of the nodes whose leakage no source gives; it counts as 0.
std::vector<std::string> nodes_of_unknown_leakage(const Architecture& architecture, const ReferenceTables& tables);
bool programming_energy_known(const ReferenceTables& tables);

}  // namespace ohmloop
