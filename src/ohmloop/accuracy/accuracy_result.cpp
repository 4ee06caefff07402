#include "ohmloop/accuracy/accuracy_result.hpp"

namespace ohmloop {

namespace {

SeedAccuracy summarise_seed(std::uint64_t seed, const OutcomeTable& outcomes, std::size_t row,
                            const OutcomeTable& reference, const std::vector<std::int64_t>& labels,
                            std::size_t images) {
  std::int64_t top1 = 0;
  std::int64_t top5 = 0;
  std::int64_t agreed = 0;
  SeedAccuracy result;
  result.seed = seed;
  for (std::size_t i = 0; i < images; ++i) {
    const Outcome& outcome = outcomes.at(row, i);
    top1 += outcome.top1 == labels[i] ? 1 : 0;
    top5 += outcome.in_top5 ? 1 : 0;
    agreed += outcome.top1 >= 0 && outcome.top1 == reference.at(0, i).top1 ? 1 : 0;
    result.not_numbers += outcome.top1 == Outcome::no_number ? 1 : 0;
  }
  const auto n = static_cast<double>(images);
  result.top1 = static_cast<double>(top1) / n;
  result.top5 = static_cast<double>(top5) / n;
  result.agreement = static_cast<double>(agreed) / n;
  return result;
}

/// Per image: share of seeds that are right, less what the undistorted network does.
std::vector<double> paired_differences(const OutcomeTable& outcomes, std::size_t first_row, std::size_t seeds,
                                       const OutcomeTable& reference, const std::vector<std::int64_t>& labels,
                                       std::size_t images) {
  std::vector<double> differences(images, 0.0);
  for (std::size_t i = 0; i < images; ++i) {
    std::size_t right = 0;
    for (std::size_t row = first_row; row < first_row + seeds; ++row)
      right += outcomes.at(row, i).top1 == labels[i] ? 1 : 0;
    const double before = reference.at(0, i).top1 == labels[i] ? 1.0 : 0.0;
    differences[i] = static_cast<double>(right) / static_cast<double>(seeds) - before;
  }
  return differences;
}

}  // namespace

PointAccuracy summarise(const AccuracyPoint& point, const std::vector<std::uint64_t>& seeds,
                        const OutcomeTable& outcomes, std::size_t first_row, const OutcomeTable& reference,
                        const std::vector<std::int64_t>& labels, std::size_t images) {
  PointAccuracy result;
  result.point = point;
  result.images = images;
  if (images == 0) return result;
  std::vector<double> top1;
  for (std::size_t s = 0; s < seeds.size(); ++s) {
    result.seeds.push_back(summarise_seed(seeds[s], outcomes, first_row + s, reference, labels, images));
    top1.push_back(result.seeds.back().top1);
    result.top5 += result.seeds.back().top5;
    result.agreement += result.seeds.back().agreement;
  }
  const auto count = static_cast<double>(seeds.size());
  const auto n = static_cast<double>(images);
  result.top1 = describe(top1).mean;
  result.top5 /= count;
  result.agreement /= count;
  result.top1_ci95 = wilson_interval(result.top1 * n, static_cast<std::int64_t>(images));
  result.top5_ci95 = wilson_interval(result.top5 * n, static_cast<std::int64_t>(images));
  if (seeds.size() > 1) result.top1_seeds_ci95 = mean_interval(top1);
  const std::vector<double> differences =
      paired_differences(outcomes, first_row, seeds.size(), reference, labels, images);
  result.change = describe(differences).mean;
  result.change_ci95 = difference_interval(differences);
  return result;
}

}  // namespace ohmloop
