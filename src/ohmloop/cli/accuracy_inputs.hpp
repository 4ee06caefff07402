#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ohmloop/accuracy/data/data_set.hpp"
#include "ohmloop/accuracy/measure_accuracy.hpp"
#include "ohmloop/cli/parse_arguments.hpp"
#include "ohmloop/inference/graph.hpp"
#include "ohmloop/report/run_report.hpp"

namespace ohmloop {

/// What the options of `ohmloop accuracy` ask for. Throws InputError with all that is wrong.
AccuracySettings accuracy_settings(const ParsedArguments& arguments);

/// A trained network and the images to run it on.
struct AccuracyInputs {
  std::string network;  ///< the file's name without its folder and ending, or the built-in network's
  Graph graph;
  std::shared_ptr<const DataSet> data;
  std::vector<InputFile> files;
};

/// Opens both, so that a user with two wrong ones hears of both. Throws InputError or IoError.
AccuracyInputs open_accuracy_inputs(const ParsedArguments& arguments);

}  // namespace ohmloop
