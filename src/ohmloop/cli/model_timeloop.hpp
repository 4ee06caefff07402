#pragma once

#include <vector>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/report/model_report.hpp"
#include "ohmloop/text/source.hpp"

namespace ohmloop {

/// The files among the words of `ohmloop model`, those of folders included, if they are Timeloop's (one of them has a
/// key that only its files have); empty if they are ours. Throws InputError or IoError.
std::vector<SourceFilePtr> find_timeloop_files(const std::vector<ArgumentText>& words);

/// Reads them and evaluates their mapping in Timeloop's way. Throws InputError with everything that is wrong.
ModelReport evaluate_timeloop_files(const std::vector<SourceFilePtr>& files, const ArgumentText& first_word);

}  // namespace ohmloop
