#pragma once

#include "ohmloop/text/source.hpp"
#include "ohmloop/timeloop/reading/read_directives.hpp"

namespace ohmloop::timeloop {

/// Whether a text is a mapping as Timeloop prints it (map.txt): lines like "| for P in [0:56)".
bool is_printed_mapping(const SourceFile& source);

/// Reads such a text. A level keeps the data spaces in its heading and bypasses the others; loops stand outermost
/// first. Levels that are not printed are an error of `to_nest`.
DirectiveSet read_printed_mapping(const SourceFilePtr& source, const DirectiveNames& names, Diagnostics& diagnostics);

}  // namespace ohmloop::timeloop
