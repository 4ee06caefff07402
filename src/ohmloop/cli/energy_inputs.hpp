#pragma once

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/report/energy_report.hpp"

namespace ohmloop {

/// Reads and estimates the chip of `ohmloop energy`, and charges its counts; everything of the report but the tool's
/// version is filled in. Throws InputError with all that is wrong, or IoError.
EnergyReport open_energy_report(const ParsedArguments& arguments);

/// The built-in estimators and those of `--estimator-program`. Throws InputError if a program can't be used.
void register_estimators(const ParsedArguments& arguments, Registry& registry, Diagnostics& diagnostics);

}  // namespace ohmloop
