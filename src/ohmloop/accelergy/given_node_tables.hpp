#pragma once

#include "ohmloop/accelergy/given_tables.hpp"
#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {

/// The reference tables of an architecture of ours from an ERT and an ART instead of estimators. An entry belongs to
/// the node of its name, without ranges and with or without the path before it: "system.PE[0..167].mac" to 'mac'.
/// Memories take `read` and `write`, compute nodes `compute`, converters the action of their class; where that is
/// missing, the entry's only action beside `leak` and `idle`. Energies are those of one access, value or bit as the
/// node's class has them, areas of one instance; `leak` is pJ per cycle. A node without entry or action is an error, an
/// entry without node a warning.
ReferenceTables given_reference_tables(const GivenTables& given, const Architecture& architecture,
                                       Diagnostics& diagnostics);

}  // namespace ohmloop
