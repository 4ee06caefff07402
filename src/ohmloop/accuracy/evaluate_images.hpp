#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ohmloop/accuracy/data/data_set.hpp"
#include "ohmloop/accuracy/outcomes.hpp"
#include "ohmloop/inference/program.hpp"

namespace ohmloop {

/// One pass of a program over the images. The program takes one input of the data set's dims and gives one score per
/// class.
struct EvaluationRun {
  const Program* program = nullptr;
  std::vector<const ValueTransform*> transforms;  ///< what is done to the values on their way
  OutcomeTable* outcomes = nullptr;
  std::size_t row = 0;  ///< of the table; images that have an outcome there are not evaluated again
};

/// An image that could not be decoded.
struct BadImage {
  std::size_t image = 0;
  std::string message;
};

struct EvaluationOptions {
  std::size_t threads = 0;  ///< 0: as many as the machine has
  /// Called after every `round` images with the number of those that are done; false: enough. Nothing: all images.
  std::function<bool(std::size_t done)> go_on{};
  std::size_t round = 1024;  ///< rounded up to whole batches
  /// Called from any thread after every batch of a run, with the images that it held.
  std::function<void(std::size_t images)> progress{};
  /// Called from any thread, now and then; true: stop before the next batch.
  std::function<bool()> interrupted{};
};

struct EvaluationStats {
  std::size_t images = 0;  ///< evaluated in all runs, from the first one on
  bool was_interrupted = false;
  double seconds = 0;
  std::vector<BadImage> bad_images{};  ///< in order; their outcomes mean nothing
};

/// Evaluates the first `images` images of the data set in all runs, each image decoded once. Programs have the same
/// batch size. Batches are spread over threads; what an image gives doesn't depend on them.
EvaluationStats evaluate_images(std::span<const EvaluationRun> runs, const DataSet& data, std::size_t images,
                                const EvaluationOptions& options = {});

}  // namespace ohmloop
