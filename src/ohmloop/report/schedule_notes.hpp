#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// How the layers share the chip and the time, a line each: arrays and chips, reloads, copies, what passes between
/// chips, latency and throughput.
std::vector<std::string> schedule_notes(const RunReport& report);

}  // namespace ohmloop
