#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// The studies that travel inside the binary (studies/NAME/study.yaml), sorted.
std::vector<std::string> built_in_study_names();
/// The study's text as "study:NAME", or null.
SourceFilePtr find_built_in_study(std::string_view name);

}  // namespace ohmloop
