#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// How the layers share the chip and the time, a line each: arrays and chips, reloads, copies, what passes between
/// chips, latency and throughput.
std::vector<std::string> schedule_notes(const RunReport& report);

/// The layer, or the component that serves operators without weights, that a pipeline waits for; empty for layers one
/// after another.
std::string slowest_stage(const RunReport& report);

}  // namespace ohmloop
