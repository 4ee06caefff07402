#pragma once

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// Checks an array's converters, takes the bits of an input slice from its DAC, and warns of an ADC that loses bits and
/// of converters that no value passes.
void check_converters(Architecture& architecture, Diagnostics& diagnostics);

}  // namespace ohmloop
