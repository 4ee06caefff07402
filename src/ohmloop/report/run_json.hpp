#pragma once

#include <string>

#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// The whole result by the schema "ohmloop-run/1" (share/ohmloop/schemas/ohmloop-run-1.json), indented, with a newline
/// at the end. The same input gives the same bytes: neither time, host nor threads are in it.
std::string run_json(const RunReport& report);

}  // namespace ohmloop
