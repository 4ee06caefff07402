#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/energy/layer_moments.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

class Registry;

/// Where a number comes from.
struct Provenance {
  std::string estimator;   ///< "table isaac.csv", "model adc", "compound smartbuffer"
  std::string source;      ///< "Shafiee et al., ISCA 2016, Table I"
  std::string derivation;  ///< "16 mW / 8 / 1.28e9 per s", "x 0.66 area from 65 nm to 45 nm"; may be empty
  bool fitted = false;     ///< a constant fitted to a chip's own measurement
  /// What everybody said who was asked, best first: "table isaac gives 3.1, accuracy 95%, and is taken", "model wire
  /// needs 'length'". Empty for compound components, whose parts were asked.
  std::vector<std::string> asked = {};
};

/// What one action stands for.
enum class ActionUnit {
  access,  ///< one access of the memory's width
  value,   ///< one value that passes or is computed
  bit      ///< one bit of a value that passes
};

/// What an action's energy depends on beside its component: {data_delta: 1, address_delta: 2}. None: the costliest
/// case.
using ActionArguments = std::map<std::string, double, std::less<>>;

struct ActionEnergy {
  std::string action;  ///< "read", "write", "convert", "compute", ...
  ActionUnit unit = ActionUnit::value;
  double energy_pj = 0;
  Provenance provenance;
  /// Actions per second of one physical unit at full load, where the source says so; 0: unknown. For peak power.
  double full_rate_hz = 0;
  bool known = true;  ///< false: the source leaves it open, and it counts as 0
  ActionArguments arguments = {};
};

/// Energy and area of one instance of a node.
struct NodeReference {
  std::vector<ActionEnergy> actions;
  double area_um2 = 0;
  double leakage_power_w = 0;
  Provenance area_provenance;
  Provenance leakage_provenance;
  bool leakage_known = true;  ///< false: no source gives it, and it counts as 0
  /// Physical units in one instance of the node: 128 converters of 128 rows, a quarter of a shared router. Area and
  /// leakage are those of all of them, energies those of one action.
  double units = 1;

  /// The action without arguments; where only cases with arguments are listed, the costliest. Null if there is none.
  [[nodiscard]] const ActionEnergy* find(std::string_view action) const;
};

/// What one operation of the kind costs in a component that serves it: its action of the kind's name, else `compute`,
/// else its first action but `idle`; null if there is none.
const ActionEnergy* served_action(const NodeReference& component, DigitalKind kind);

/// The energy and area reference tables (ERT, ART) of an architecture: one entry per node, plain fan-outs empty.
struct ReferenceTables {
  std::vector<NodeReference> nodes;

  [[nodiscard]] const NodeReference& of(NodeId id) const { return nodes[id.index()]; }
};

/// Asks the estimators for every node. Collects all errors (unknown class or attribute, an action nobody can estimate),
/// then throws InputError; warnings go to `diagnostics`: attributes that no chosen estimator reads, energies that a
/// source leaves open, areas that nobody knows. Equal (class, attributes) are estimated once. Memories get `read` and
/// `write`, converters the action of their class that passing values are charged with, compute nodes `compute`;
/// components the actions that are known. Uses the built-in estimators unless given others.
ReferenceTables estimate_reference_tables(const Architecture& architecture, Diagnostics& diagnostics);
ReferenceTables estimate_reference_tables(const Architecture& architecture, const Registry& registry,
                                          Diagnostics& diagnostics);

/// One set of tables for each of the values: every component whose class has the attributes `weight_mean`, `input_mean`
/// or `input_mean_square` gets those that are known, in place of what its description states. What is told of the
/// estimates is told by estimate_reference_tables, which accepts the same architecture; here only errors are.
std::vector<ReferenceTables> estimate_value_tables(const Architecture& architecture, const Registry& registry,
                                                   std::span<const LayerMoments> values);

/// Whether any energy of the architecture depends on the values in a layer.
bool depends_on_values(const Architecture& architecture, const Registry& registry);

}  // namespace ohmloop
