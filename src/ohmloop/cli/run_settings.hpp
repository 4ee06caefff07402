#pragma once

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// What the options that 'run' and 'sweep' share ask for; the network is left empty.
RunSettings run_settings(const ParsedArguments& arguments);

/// Leaves out the warnings that a source leaves an energy open which the evaluation did not charge for.
std::vector<Diagnostic> without_uncharged(std::vector<Diagnostic> warnings, const NetworkEvaluation& evaluation,
                                          const Architecture& architecture, const ReferenceTables& tables);

}  // namespace ohmloop
