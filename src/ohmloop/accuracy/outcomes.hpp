#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ohmloop {

/// What the network said of one image.
struct Outcome {
  static constexpr std::int32_t not_evaluated = -2;
  static constexpr std::int32_t no_number = -1;  ///< the scores are not all numbers

  std::int32_t top1 = not_evaluated;  ///< the class of the largest score, the first of equal ones
  bool in_top5 = false;               ///< whether the label is among the five largest
};

/// From the scores of one image. Of equal scores the lower class comes first.
Outcome outcome_of(std::span<const float> scores, std::int64_t label);

/// Outcomes of several runs (a distortion and a seed each) over the same images, evaluated from the first image on.
class OutcomeTable {
 public:
  OutcomeTable(std::size_t runs, std::size_t images) : images_(images), outcomes_(runs * images) {}

  [[nodiscard]] std::size_t runs() const { return images_ == 0 ? 0 : outcomes_.size() / images_; }
  [[nodiscard]] std::size_t images() const { return images_; }
  Outcome& at(std::size_t run, std::size_t image) { return outcomes_[run * images_ + image]; }
  [[nodiscard]] const Outcome& at(std::size_t run, std::size_t image) const { return outcomes_[run * images_ + image]; }

 private:
  std::size_t images_;
  std::vector<Outcome> outcomes_;
};

}  // namespace ohmloop
