#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/study/study.hpp"
#include "ohmloop/study/trained_network.hpp"

namespace ohmloop {

/// Images as several networks share them.
struct StudyImages {
  std::shared_ptr<const DataSet> data;
  std::string description;  ///< its text
};

/// What a part names, by the indices of its axes' values.
struct PartInputs {
  std::vector<Network> networks;               ///< empty where neither network nor cost metrics are wanted
  std::vector<SourceFilePtr> architectures;    ///< empty where no cost metrics are wanted
  std::vector<std::string> trained_names;      ///< the networks' names or paths; empty where no accuracy is wanted
  std::vector<std::string> trained_checksums;  ///< of the networks' files; empty where no accuracy is wanted
  std::vector<StudyImages> images;             ///< one per network, of accuracy
};

/// Everything that a study names. Trained networks are read again when they are measured: many would not fit in memory.
struct StudyInputs {
  std::vector<PartInputs> parts;
  std::vector<InputFile> files;  ///< each once, in the order in which they are named
};

/// Opens all that the study names; files stand beside the study or in the working directory. Throws InputError with all
/// that is wrong, or IoError.
StudyInputs open_study_inputs(const Study& study);

}  // namespace ohmloop
