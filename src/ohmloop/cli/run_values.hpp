#pragma once

#include <memory>
#include <vector>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// Fills `report.values` from the option `--values`, after network and architecture were read; what the result depends
/// on joins its inputs. Throws InputError (a record or weights that don't fit) or IoError.
void read_run_values(const ParsedArguments& arguments, const Registry& registry, RunReport& report);

/// The tables that hold for single layers (NetworkOptions::layer_tables); layers with equal values share theirs.
std::vector<std::shared_ptr<const ReferenceTables>> tables_of_values(const RunReport& report, const Registry& registry);

}  // namespace ohmloop
