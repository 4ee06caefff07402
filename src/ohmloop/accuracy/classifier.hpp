#pragma once

#include <cstdint>

#include "ohmloop/accuracy/data/data_set.hpp"
#include "ohmloop/inference/graph.hpp"
#include "ohmloop/inference/program.hpp"

namespace ohmloop {

/// A network that gives scores for classes, made ready for the images of a data set.
struct Classifier {
  Graph graph;         ///< as it was read
  Program reference;   ///< undistorted, of float32
  std::int64_t batch;  ///< as asked for, or 1 where the file fixes it
  std::int64_t classes;
};

/// Throws InputError with all that doesn't fit: inputs other than one of float32 with the data set's dims, an output
/// that isn't scores per image, labels that the network has no class for, no images.
Classifier make_classifier(const Graph& graph, const DataSet& data, std::int64_t batch);

}  // namespace ohmloop
