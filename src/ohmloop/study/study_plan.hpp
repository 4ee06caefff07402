#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ohmloop/energy/registry.hpp"
#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/result_store.hpp"
#include "ohmloop/study/study_inputs.hpp"

namespace ohmloop {

/// A network on a chip that nobody has evaluated yet.
struct CostJob {
  std::string key;
  std::size_t part = 0;
  std::size_t network = 0;
  std::uint64_t chip = 0;  ///< PointSpace::chip
  PointSpace::Choice choice;
};

/// A measurement that nobody has made yet; one value in each list of the settings.
struct AccuracyJob {
  std::string key;
  std::size_t part = 0;
  std::size_t network = 0;
  AccuracySettings settings;
};

/// Some points of a study, and what is missing for them.
struct PlannedPoints {
  std::vector<std::vector<std::pair<std::uint64_t, PointKeys>>> keys;  ///< per part
  std::vector<CostJob> costs;                                          ///< chip after chip
  std::vector<AccuracyJob> accuracies;                                 ///< network after network
};

/// Numbers the points of all parts one after the other and tells the keys of their results.
class StudyPlan {
 public:
  /// Both must outlive it. Reads a few images of every data set.
  StudyPlan(const Study& study, const StudyInputs& inputs, std::size_t threads);

  [[nodiscard]] std::uint64_t points() const { return offsets_.back(); }
  [[nodiscard]] const PointSpace& space(std::size_t part) const { return spaces_[part]; }
  [[nodiscard]] const Study& study() const { return study_; }
  [[nodiscard]] const StudyInputs& inputs() const { return inputs_; }

  /// Settings of the measurement at a point.
  [[nodiscard]] AccuracySettings settings(std::size_t part, const PointSpace::Choice& choice) const;

  /// Part and number within it of a point of the study.
  [[nodiscard]] std::pair<std::size_t, std::uint64_t> place(std::uint64_t point) const;

  /// The points from `begin` to before `end` whose number is `shard` modulo `shards`; results that the store has are
  /// nobody's job.
  PlannedPoints plan(std::uint64_t begin, std::uint64_t end, std::uint64_t shard, std::uint64_t shards,
                     ResultStore& store) const;

  /// Results of kind `network`: there is little to evaluate.
  void put_networks(ResultStore& store) const;

 private:
  const Study& study_;
  const StudyInputs& inputs_;
  std::size_t threads_;
  std::vector<PointSpace> spaces_;
  std::vector<std::uint64_t> offsets_;                  ///< of the parts, and all points
  std::vector<std::vector<std::string>> networks_;      ///< per part, checksums
  std::vector<std::vector<std::string>> descriptions_;  ///< per part and architecture, checksums
  std::vector<std::vector<std::string>> images_;        ///< per part and network, checksums
};

}  // namespace ohmloop
