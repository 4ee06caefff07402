#pragma once

#include <string>
#include <vector>

#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {

/// Power and area of the whole chip by node; same index as the architecture's nodes.
struct ChipRollUp {
  struct Item {
    double power_w = 0;      ///< of all instances, every physical unit at its full rate
    double area_um2 = 0;     ///< of all instances
    bool rate_known = true;  ///< false: no source says how often the node's action can happen; its power is missing
  };
  std::vector<Item> nodes;
  double power_w = 0;
  double area_um2 = 0;
  std::vector<std::string> without_rate;  ///< names of nodes whose power is missing
};

/// Peak power: copies of the node x physical units x energy of an action x its full rate (the source's, or the
/// attribute `rate`), for the action that takes most of it: a memory reads or writes, not both. Leakage is added.
/// Published powers in the tables come out again as they were printed, since energies were derived from them with the
/// same rates.
ChipRollUp roll_up_chip(const Architecture& architecture, const ReferenceTables& tables);

/// The same for one instance of a fan-out ("one tile"): everything below it, once.
ChipRollUp roll_up_below(const Architecture& architecture, const ReferenceTables& tables, NodeId fanout);

/// Total of roll_up_chip.
double peak_power_w(const Architecture& architecture, const ReferenceTables& tables);

}  // namespace ohmloop
