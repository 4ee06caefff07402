#pragma once

#include <string>

#include "ohmloop/timeloop/counting/nest.hpp"

namespace ohmloop::timeloop {

/// The loops of a nest, and what each level keeps, as a mapping file of Timeloop's: everything is spelled out, factors
/// of 1 and data spaces that are bypassed, too. Beside the files that the rest of the nest came from, it gives the same
/// nest again.
std::string mapping_yaml(const Nest& nest);

}  // namespace ohmloop::timeloop
