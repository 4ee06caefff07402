#pragma once

#include "ohmloop/accuracy/data/data_description.hpp"
#include "ohmloop/text/diagnostic.hpp"

namespace ohmloop {

/// Reads the YAML of a data set (docs/accuracy.md, "Data sets"); no other file is looked at. Relative paths are taken
/// from the folder of the description. Throws one InputError with every error of the file.
DataDescription read_data_description(const SourceFilePtr& source);

}  // namespace ohmloop
