#pragma once

#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// This program's name, version and the commit it was built from.
ToolVersion tool_version();

/// "ohmloop 0.1.0 (commit 6ec3e0e0f0d4)".
std::string to_string(const ToolVersion& tool);

}  // namespace ohmloop
