#pragma once

#include <string>

#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/study/run_study.hpp"
#include "ohmloop/study/study_inputs.hpp"

namespace ohmloop {

/// A study that can be begun.
struct CheckedStudy {
  Study study;
  StudyInputs inputs;
  Registry registry;
};

/// Opens the study and what it names, and tries its values. Throws InputError with what is wrong, or where it has more
/// points than are begun without --yes; IoError; Interrupted.
CheckedStudy open_checked_study(const ArgumentText& word, const ParsedArguments& arguments,
                                const StudyOptions& options);

/// --out, or out/STUDY.
std::string study_folder_of(const ParsedArguments& arguments, const std::string& study);

StoreLabel store_label_of(const Study& study, const StudyOptions& options);

}  // namespace ohmloop
