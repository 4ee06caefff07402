#pragma once

#include <string>

#include "ohmloop/report/text_table.hpp"
#include "ohmloop/workload/network.hpp"

namespace ohmloop {

/// A network's layers with MACs, weights and activations, the totals, and the operators that cost nothing.
std::string network_table(const Network& network, const TableStyle& style = {});

}  // namespace ohmloop
