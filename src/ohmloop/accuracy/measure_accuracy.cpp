#include "ohmloop/accuracy/measure_accuracy.hpp"

#include <algorithm>
#include <atomic>

#include <fmt/format.h>

#include "ohmloop/accuracy/classifier.hpp"
#include "ohmloop/accuracy/distorted_network.hpp"
#include "ohmloop/accuracy/evaluate_images.hpp"
#include "ohmloop/accuracy/layer_signals.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

namespace {

/// Images that layer signals are measured on: they differ little from image to image.
constexpr std::size_t most_signal_images = 64;

bool distorts(const AccuracyPoint& point) {
  return point.noise_amplitude != 0 || point.weight_bits || point.activation_bits;
}

/// Throws InputError that names up to 20 images and counts the rest.
void refuse_bad_images(const DataSet& data, const std::vector<BadImage>& bad) {
  if (bad.empty()) return;
  constexpr std::size_t most_named = 20;
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < std::min(bad.size(), most_named); ++i) notes.push_back(bad[i].message);
  if (bad.size() > most_named) notes.push_back(fmt::format("and {} more", bad.size() - most_named));
  throw InputError({binary_problem(
      fmt::format("data set '{}': {} of {} images can't be decoded", data.name(), bad.size(), data.size()),
      std::move(notes))});
}

/// The whole of one measurement.
class Measurement {
 public:
  Measurement(const Graph& graph, const DataSet& data, const AccuracySettings& settings, const AccuracyOptions& options)
      : data_(data),
        settings_(settings),
        options_(options),
        classifier_(make_classifier(graph, data, settings.batch)),
        images_(std::min(data.size(), settings.images.value_or(data.size()))),
        reference_(1, images_) {
    for (std::size_t i = 0; i < images_; ++i) result_.labels.push_back(data.label(i));
    result_.classes = classifier_.classes;
    result_.layers = layer_network(classifier_.graph, {settings.noise.place, false}).layers;
    points_ = points_of(settings, result_.layers.size());
  }

  AccuracyResult run() {
    count_work();
    calibrate();
    for (std::size_t first = 0; first < points_.size() && !result_.was_interrupted;) {
      std::size_t last = first + 1;
      while (last < points_.size() && share_graph(points_[first], points_[last])) ++last;
      run_group(first, last);
      first = last;
    }
    finish();
    return std::move(result_);
  }

 private:
  [[nodiscard]] const std::vector<std::uint64_t>& seeds_of(const AccuracyPoint& point) const {
    static const std::vector<std::uint64_t> once = {0};
    return point.noise_amplitude == 0 ? once : settings_.seeds;
  }

  void count_work() {
    all_runs_ = images_;
    for (const AccuracyPoint& point : points_) all_runs_ += distorts(point) ? images_ * seeds_of(point).size() : 0;
  }

  void calibrate() {
    const bool quantised = std::any_of(points_.begin(), points_.end(),
                                       [](const auto& point) { return point.activation_bits.has_value(); });
    if (!quantised && settings_.noise.maximum != NoiseMaximum::calibration) return;
    values_ = record_layer_values(classifier_.graph, classifier_.batch, settings_.noise.place, data_,
                                  std::min(settings_.calibration_images, data_.size()), options_);
  }

  /// Points [first, last) share a graph; the undistorted network runs beside them where it hasn't yet.
  void run_group(std::size_t first, std::size_t last) {
    std::optional<DistortedNetwork> network;
    std::vector<EvaluationRun> runs = {{&classifier_.reference, {}, &reference_, 0}};
    std::size_t rows = 0;
    for (std::size_t i = first; i < last; ++i) rows += distorts(points_[i]) ? seeds_of(points_[i]).size() : 0;
    OutcomeTable outcomes(rows, images_);
    if (rows > 0) network.emplace(classifier_.graph, classifier_.batch, settings_, points_[first], values_);
    std::size_t row = 0;
    for (std::size_t i = first; i < last; ++i) {
      if (!distorts(points_[i])) continue;
      for (const std::uint64_t seed : seeds_of(points_[i])) {
        runs.push_back({&network->program(), network->add_run(points_[i], seed), &outcomes, row++});
      }
    }
    const std::size_t done = evaluate(runs, first, last, outcomes);
    add_points(first, last, outcomes, done);
    if (rows > 0) measure_signals(*network, runs.back().transforms, done);
  }

  std::size_t evaluate(const std::vector<EvaluationRun>& runs, std::size_t first, std::size_t last,
                       const OutcomeTable& outcomes) {
    EvaluationOptions evaluation;
    evaluation.threads = options_.threads;
    evaluation.interrupted = options_.interrupted;
    evaluation.progress = [this](std::size_t images) {
      const std::size_t so_far = done_runs_.fetch_add(images) + images;
      if (options_.progress) options_.progress(so_far, all_runs_);
    };
    if (settings_.stop_at_width) {
      evaluation.go_on = [&](std::size_t done) {
        return widest_interval(first, last, outcomes, done) > *settings_.stop_at_width;
      };
    }
    const EvaluationStats stats = evaluate_images(runs, data_, images_, evaluation);
    seconds_ += stats.seconds;
    result_.was_interrupted = stats.was_interrupted;
    result_.stopped_early = result_.stopped_early || (!stats.was_interrupted && stats.images < images_);
    refuse_bad_images(data_, stats.bad_images);
    return stats.images;
  }

  [[nodiscard]] PointAccuracy summary(const AccuracyPoint& point, const OutcomeTable& outcomes, std::size_t row,
                                      std::size_t images) const {
    const OutcomeTable& own = distorts(point) ? outcomes : reference_;
    return summarise(point, seeds_of(point), own, distorts(point) ? row : 0, reference_, result_.labels, images);
  }

  double widest_interval(std::size_t first, std::size_t last, const OutcomeTable& outcomes, std::size_t images) const {
    double widest = 0;
    std::size_t row = 0;
    for (std::size_t i = first; i < last; ++i) {
      widest = std::max(widest, summary(points_[i], outcomes, row, images).top1_ci95.width());
      row += distorts(points_[i]) ? seeds_of(points_[i]).size() : 0;
    }
    return widest;
  }

  void add_points(std::size_t first, std::size_t last, const OutcomeTable& outcomes, std::size_t images) {
    std::size_t row = 0;
    result_.images = std::max(result_.images, images);
    for (std::size_t i = first; i < last; ++i) {
      result_.points.push_back(summary(points_[i], outcomes, row, images));
      result_.predictions.clear();
      const bool own = distorts(points_[i]);
      for (std::size_t image = 0; image < images; ++image) {
        result_.predictions.push_back(own ? outcomes.at(row, image).top1 : reference_.at(0, image).top1);
      }
      row += own ? seeds_of(points_[i]).size() : 0;
    }
  }

  void measure_signals(const DistortedNetwork& network, const std::vector<const ValueTransform*>& transforms,
                       std::size_t images) {
    if (result_.was_interrupted || settings_.per_layer) return;
    result_.signal_images = std::min(images, most_signal_images);
    const DistortedNetwork clean(classifier_.graph, classifier_.batch, settings_, {}, values_);
    result_.signals = measure_layer_signals(clean, network, transforms, data_, result_.signal_images, options_);
  }

  void finish() {
    const PointAccuracy reference = summarise({}, {0}, reference_, 0, reference_, result_.labels, result_.images);
    result_.reference_top1 = reference.top1;
    result_.reference_top5 = reference.top5;
    result_.reference_top1_ci95 = reference.top1_ci95;
    result_.labels.resize(result_.images);
    result_.images_per_second = seconds_ > 0 ? static_cast<double>(done_runs_) / seconds_ : 0;
  }

  const DataSet& data_;
  const AccuracySettings& settings_;
  const AccuracyOptions& options_;
  Classifier classifier_;
  std::size_t images_;
  OutcomeTable reference_;
  LayerValues values_;
  std::vector<AccuracyPoint> points_;
  AccuracyResult result_;
  std::atomic<std::size_t> done_runs_ = 0;
  std::size_t all_runs_ = 0;
  double seconds_ = 0;
};

}  // namespace

std::vector<AccuracyPoint> points_of(const AccuracySettings& settings, std::size_t layers) {
  std::vector<AccuracyPoint> points;
  const std::size_t repetitions = settings.per_layer ? layers : 1;
  for (const std::optional<int>& weight_bits : settings.weight_bits) {
    for (const std::optional<int>& activation_bits : settings.activation_bits) {
      for (std::size_t layer = 0; layer < repetitions; ++layer) {
        for (const double amplitude : settings.noise_amplitudes) {
          AccuracyPoint point{amplitude, weight_bits, activation_bits, {}};
          if (settings.per_layer) point.layer = layer;
          points.push_back(point);
        }
      }
    }
  }
  return points;
}

AccuracyResult measure_accuracy(const Graph& graph, const DataSet& data, const AccuracySettings& settings,
                                const AccuracyOptions& options) {
  return Measurement(graph, data, settings, options).run();
}

}  // namespace ohmloop
