#pragma once

#include "ohmloop/energy/compound_classes.hpp"

namespace ohmloop {

/// Reports what does not fit together between compound classes that were each read well: see read_compound_classes.
void check_compound_classes(const CompoundLibrary& library, const ClassLibrary& classes, Diagnostics& diagnostics);

}  // namespace ohmloop
