#pragma once

#include <string>

#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {

/// ERT and ART as YAML, one entry per node with a class: copies on the chip, area and leakage of one instance, and per
/// action unit, energy, estimator, source and derivation. Numbers read back exactly.
std::string write_reference_tables(const Architecture& architecture, const ReferenceTables& tables);

}  // namespace ohmloop
