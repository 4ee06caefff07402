#include "ohmloop/analog/scale_search.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

#include "ohmloop/analog/scale_grid.hpp"

namespace ohmloop {
namespace {

/// Numbers in ascending order with sums over all above a limit, each in logarithmic time: a sum is kept for every 32nd
/// number only, so that the sums take little memory.
class SortedMagnitudes {
 public:
  explicit SortedMagnitudes(std::vector<float> magnitudes) : numbers_(std::move(magnitudes)) {
    std::sort(numbers_.begin(), numbers_.end());
    const std::size_t blocks = numbers_.size() / block + 1;
    suffixes_.resize(blocks);
    for (std::size_t i = blocks; i-- > 0;) {
      suffixes_[i] = sum_of(i * block, std::min(numbers_.size(), (i + 1) * block));
      if (i + 1 < blocks) suffixes_[i] = suffixes_[i] + suffixes_[i + 1];
    }
  }

  struct Sums {
    double count = 0;
    double first = 0;   ///< sum of m
    double second = 0;  ///< sum of m^2

    friend Sums operator+(const Sums& a, const Sums& b) {
      return {a.count + b.count, a.first + b.first, a.second + b.second};
    }
  };

  [[nodiscard]] const std::vector<float>& numbers() const { return numbers_; }
  [[nodiscard]] float largest() const { return numbers_.back(); }
  [[nodiscard]] Sums all() const { return suffixes_.front(); }

  /// Over the magnitudes above the limit.
  [[nodiscard]] Sums above(double limit) const {
    const auto place = std::upper_bound(numbers_.begin(), numbers_.end(), limit,
                                        [](double bound, float number) { return bound < number; });
    const auto first = static_cast<std::size_t>(place - numbers_.begin());
    const std::size_t next = first / block + 1;
    const Sums part = sum_of(first, std::min(numbers_.size(), next * block));
    return next < suffixes_.size() ? part + suffixes_[next] : part;
  }

 private:
  static constexpr std::size_t block = 32;

  [[nodiscard]] Sums sum_of(std::size_t begin, std::size_t end) const {
    Sums sums;
    for (std::size_t i = begin; i < end; ++i) {
      const double number = numbers_[i];
      sums = sums + Sums{1, number, number * number};
    }
    return sums;
  }

  std::vector<float> numbers_;
  std::vector<Sums> suffixes_;  ///< over the numbers from place block * i on
};

/// What the codes at some scale give.
struct Fit {
  double code_products = 0;  ///< sum of m * code
  double code_squares = 0;   ///< sum of code^2
  double loss = 0;
};

class LeastSquares {
 public:
  LeastSquares(std::vector<float> magnitudes, int largest_code)
      : magnitudes_(std::move(magnitudes)), largest_code_(largest_code) {
    constexpr std::size_t numbers_per_level = 64;  // as a level takes that much longer
    by_levels_ = static_cast<std::size_t>(largest_code) * numbers_per_level < magnitudes_.numbers().size();
  }

  [[nodiscard]] Fit fit(float scale) const { return by_levels_ ? fit_by_levels(scale) : fit_by_numbers(scale); }

  [[nodiscard]] double cut_loss(float scale) const {
    const double limit = static_cast<double>(scale) * largest_code_;
    const SortedMagnitudes::Sums sums = magnitudes_.above(limit);
    return sums.second - 2 * limit * sums.first + limit * limit * sums.count;
  }

  [[nodiscard]] double largest_magnitude() const { return magnitudes_.largest(); }

  /// Alternates between codes and scale as long as the loss falls.
  [[nodiscard]] ScaleChoice refined(ScaleChoice choice) const {
    constexpr int most_steps = 50;
    Fit last = fit(choice.scale);
    for (int step = 0; step < most_steps && last.code_squares > 0; ++step) {
      const float scale = normal_scale(last.code_products / last.code_squares, largest_code_);
      if (scale == choice.scale) break;
      const Fit next = fit(scale);
      if (!(next.loss < choice.loss)) break;
      choice = {scale, next.loss};
      last = next;
    }
    return choice;
  }

 private:
  /// Code k and all above it hold the magnitudes above (k - 1/2) * scale, so that sum(m code) is a sum over k.
  [[nodiscard]] Fit fit_by_levels(float scale) const {
    Fit result;
    for (int code = 1; code <= largest_code_; ++code) {
      const SortedMagnitudes::Sums sums = magnitudes_.above((code - 0.5) * static_cast<double>(scale));
      if (sums.count == 0) break;
      result.code_products += sums.first;
      result.code_squares += (2.0 * code - 1.0) * sums.count;
    }
    const double s = scale;
    result.loss = magnitudes_.all().second - 2 * s * result.code_products + s * s * result.code_squares;
    return result;
  }

  [[nodiscard]] Fit fit_by_numbers(float scale) const {
    constexpr std::size_t lanes = 8;  // sums that don't wait for each other
    std::array<double, lanes> products{};
    std::array<double, lanes> squares{};
    std::array<double, lanes> losses{};
    const double s = scale;
    const double inverse = 1 / s;
    const double highest = largest_code_;
    const auto add = [&](double number, std::size_t lane) {
      const double code = to_nearest(std::min(number * inverse, highest));
      const double error = number - s * code;
      products[lane] += number * code;
      squares[lane] += code * code;
      losses[lane] += error * error;
    };
    const std::vector<float>& numbers = magnitudes_.numbers();
    std::size_t i = 0;
    for (; i + lanes <= numbers.size(); i += lanes) {
      for (std::size_t lane = 0; lane < lanes; ++lane) add(numbers[i + lane], lane);
    }
    for (; i < numbers.size(); ++i) add(numbers[i], 0);
    const auto total = [](const std::array<double, lanes>& sums) {
      return std::accumulate(sums.begin(), sums.end(), 0.0);
    };
    return {total(products), total(squares), total(losses)};
  }

  SortedMagnitudes magnitudes_;
  int largest_code_;
  bool by_levels_ = false;  ///< or by numbers, whatever takes less time
};

std::size_t steps_of_grid(std::size_t numbers) {
  constexpr std::size_t most_steps = 4096;
  constexpr std::size_t most_work = std::size_t{1} << 20;
  std::size_t steps = 256;
  while (steps < most_steps && 2 * steps * numbers <= most_work) steps *= 2;
  return steps;
}

/// The best of the scales that are better than their neighbours, the best first.
std::vector<ScaleChoice> starts_of(const std::vector<ScaleChoice>& grid) {
  constexpr std::size_t most_starts = 4;
  std::vector<ScaleChoice> starts;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const bool below_last = i == 0 || grid[i].loss <= grid[i - 1].loss;
    const bool below_next = i + 1 == grid.size() || grid[i].loss <= grid[i + 1].loss;
    if (below_last && below_next) starts.push_back(grid[i]);
  }
  std::stable_sort(starts.begin(), starts.end(),
                   [](const ScaleChoice& a, const ScaleChoice& b) { return a.loss < b.loss; });
  if (starts.size() > most_starts) starts.resize(most_starts);
  return starts;
}

}  // namespace

float least_squares_scale(std::vector<float> magnitudes, int largest_code) {
  const std::size_t steps = steps_of_grid(magnitudes.size());
  if (std::all_of(magnitudes.begin(), magnitudes.end(), [](float number) { return number == 0; })) return 1;
  const LeastSquares problem(std::move(magnitudes), largest_code);
  const std::vector<ScaleChoice> grid = losses_on_grid(
      steps, problem.largest_magnitude(), largest_code, [&](float scale) { return problem.fit(scale).loss; },
      [&](float scale) { return problem.cut_loss(scale); });
  ScaleChoice best = grid.front();
  for (const ScaleChoice& start : starts_of(grid)) {
    const ScaleChoice refined = problem.refined(start);
    if (refined.loss < best.loss) best = refined;
  }
  return best.scale;
}

}  // namespace ohmloop
