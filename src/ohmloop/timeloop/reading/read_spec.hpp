#pragma once

#include <vector>

#include "ohmloop/text/source.hpp"
#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop::timeloop {

/// Reads any number of Timeloop's files in any order; their keys say what they are: `architecture`, `problem`,
/// `mapping`, constraints, `ERT`, `ART`, ... v0.3, v0.4 as written by hand and v0.4 as Timeloop's front end writes it
/// (`parsed-processed-input.yaml`); a mapping may also be the text that Timeloop prints. Reports everything that it
/// can't read, unknown names, and what would change a result and is not supported; parts that failed are absent.
TimeloopSpec read_timeloop_spec(const std::vector<SourceFilePtr>& files, Diagnostics& diagnostics);

/// Whether a document has a key that only Timeloop's files have (not `mapping`, which our own files have, too).
bool looks_like_timeloop(const YamlNode& document);

}  // namespace ohmloop::timeloop
