#pragma once

#include "ohmloop/report/model_report.hpp"
#include "ohmloop/timeloop/counting/nest.hpp"
#include "ohmloop/timeloop/counting/result.hpp"

namespace ohmloop {

/// An evaluation in Timeloop's way in the form of our own: levels from the outermost, those that keep nothing left out.
/// As Timeloop prints it, the energy contains the leakage, and every instance of a level does the same.
ModelReport timeloop_report(const timeloop::Nest& nest, const timeloop::TimeloopResult& result);

}  // namespace ohmloop
