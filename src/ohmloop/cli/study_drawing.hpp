#pragma once

#include <optional>
#include <vector>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/cli/terminal.hpp"
#include "ohmloop/report/figures/draw_figure.hpp"
#include "ohmloop/study/study_results.hpp"

namespace ohmloop {

/// "svg,pdf" of the option; SVG alone where it is not given, nothing for "none" (where that is allowed). Throws
/// InputError.
std::vector<PictureFormat> picture_formats(const ParsedArguments& arguments, const char* option, bool none_allowed);

/// Draws into the folder and notes what could not be drawn. How many figures have no picture. Throws FileError, or
/// Interrupted: no figure has changed then.
std::size_t draw_study(const StudyResults& results, const std::string& folder,
                       const std::vector<PictureFormat>& formats, bool quiet, Terminal& terminal);

}  // namespace ohmloop
