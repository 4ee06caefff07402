#pragma once

#include <string>

#include "ohmloop/report/text_table.hpp"
#include "ohmloop/study/study_progress.hpp"

namespace ohmloop {

/// For people: a row per shard and their sums, then whether they are merged.
std::string progress_table(const StudyProgress& progress, const TableStyle& style = {});

}  // namespace ohmloop
