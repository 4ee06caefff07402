#pragma once

#include <string>
#include <vector>

#include "ohmloop/report/page/page.hpp"
#include "ohmloop/study/study_results.hpp"

namespace ohmloop {

/// What the points of a study have in common and what they differ in, and the files it was made of with their
/// checksums.
std::vector<PageSetting> study_settings(const StudyResults& results);

/// The command that makes the results again.
std::string study_command_line(const StudyResults& results, const std::string& folder, const ToolVersion& tool);

/// The text as one word of a POSIX shell, quoted where it needs to be.
std::string command_word(const std::string& text);

}  // namespace ohmloop
