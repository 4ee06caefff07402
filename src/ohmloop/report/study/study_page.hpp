#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ohmloop/report/page/page.hpp"
#include "ohmloop/study/study_results.hpp"

namespace ohmloop {

struct StudyPageOptions {
  std::string file = "report.html";        ///< that it will be, for its own command
  std::function<void()> before_each = {};  ///< before each figure; may throw
};

struct ReportedStudy {
  StudyResults results;
  std::string folder;  ///< for the commands that make it again
};

/// One page on one study or several: questions, figures, tables, settings, the constants of the chips, warnings, and
/// the commands that make it again.
Page study_page(const std::vector<ReportedStudy>& studies, const ToolVersion& tool,
                const StudyPageOptions& options = {});

}  // namespace ohmloop
