#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/study/study_notes.hpp"

namespace ohmloop {

/// The constants of a study's chips, as study_notes.hpp tells.
std::vector<PageConstant> chip_constants(const Study& study, const StudyInputs& inputs, const Registry& registry,
                                         const StudyNotesOptions& options = {});

}  // namespace ohmloop
