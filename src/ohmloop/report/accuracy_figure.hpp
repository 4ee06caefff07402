#pragma once

#include "ohmloop/report/accuracy_report.hpp"
#include "ohmloop/report/figures/figure.hpp"

namespace ohmloop {

/// Top-1 with its 95% intervals: over the amplitude of the noise, else over the bits, a line for each of the rest; with
/// one layer at a time, over the layers.
Figure accuracy_figure(const AccuracyReport& report);

}  // namespace ohmloop
