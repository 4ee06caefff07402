#pragma once

#include <vector>

#include "ohmloop/energy/reference_tables.hpp"
#include "ohmloop/report/page/page.hpp"

namespace ohmloop {

/// Energy per action, area and leakage of every node that has a source: the constants that a report on the chip rests
/// on. What a table gives is published, what a model or a compound of others gives predicted, and what either fitted to
/// a chip's own measurement fitted. Energies that the source leaves open are left out.
std::vector<PageConstant> page_constants(const Architecture& architecture, const ReferenceTables& tables);

}  // namespace ohmloop
