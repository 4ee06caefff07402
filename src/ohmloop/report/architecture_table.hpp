#pragma once

#include <string>

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/report/text_table.hpp"

namespace ohmloop {

/// The reference tables of an architecture: per component its copies, energy of each action and area of one instance,
/// and where the figures come from.
std::string architecture_table(const Architecture& architecture, const ReferenceTables& tables,
                               const TableStyle& style = {});

}  // namespace ohmloop
