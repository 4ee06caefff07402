#pragma once

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/report/energy_report.hpp"

namespace ohmloop {

/// Reads and estimates the chip of `ohmloop energy`, and charges its counts; everything of the report but the tool's
/// version is filled in. Throws InputError with all that is wrong, or IoError.
EnergyReport open_energy_report(const ParsedArguments& arguments);

}  // namespace ohmloop
