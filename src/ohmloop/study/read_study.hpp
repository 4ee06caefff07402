#pragma once

#include "ohmloop/study/study.hpp"

namespace ohmloop {

struct StudyReadOptions {
  bool quick = false;  ///< the values behind `quick:` instead of the full ones
};

/// Reads a study file (docs/studies.md, share/ohmloop/schemas/study.schema.json). Nothing that it names is opened.
/// Throws InputError with everything that is wrong, be it in the full values or the quick ones.
Study read_study(const SourceFilePtr& source, const StudyReadOptions& options = {});

}  // namespace ohmloop
