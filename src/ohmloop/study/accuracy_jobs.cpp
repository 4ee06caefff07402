#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/study/distortion_products.hpp"
#include "ohmloop/study/study_jobs.hpp"

namespace ohmloop {

namespace {

DistortionPoint distortion_of(const AccuracySettings& settings) {
  return {settings.weight_bits.front(), settings.activation_bits.front(), settings.noise_amplitudes.front()};
}

/// Distortions of one network, with the same seeds.
struct Group {
  std::size_t part = 0;
  std::size_t network = 0;
  AccuracySettings settings;  ///< but for the lists
  std::map<DistortionPoint, std::string> keys;
};

std::vector<Group> groups_of(const std::vector<AccuracyJob>& jobs) {
  std::map<std::tuple<std::size_t, std::size_t, std::vector<std::uint64_t>>, Group> groups;
  for (const AccuracyJob& job : jobs) {
    Group& group = groups[{job.part, job.network, job.settings.seeds}];
    group.part = job.part;
    group.network = job.network;
    group.settings = job.settings;
    group.keys[distortion_of(job.settings)] = job.key;
  }
  std::vector<Group> list;
  for (auto& [key, group] : groups) list.push_back(std::move(group));
  return list;
}

/// One call of measure_accuracy.
struct Call {
  const Group* group = nullptr;
  DistortionProduct product;
  std::size_t images = 0;

  /// The undistorted network runs, too.
  [[nodiscard]] std::size_t image_runs() const { return images * (product.size() * group->settings.seeds.size() + 1); }
};

std::vector<Call> calls_of(const StudyPlan& plan, const std::vector<Group>& groups) {
  // What a call has done is lost if it is killed; what it shares among few points is little.
  constexpr std::size_t image_runs_of_a_call = 100'000;
  constexpr std::size_t fewest_runs = 8;
  constexpr std::size_t most_runs = 64;
  std::vector<Call> calls;
  for (const Group& group : groups) {
    const std::size_t all = plan.inputs().parts[group.part].images[group.network].data->size();
    const std::size_t images = std::min(all, group.settings.images.value_or(all));
    const std::size_t runs =
        std::clamp(image_runs_of_a_call / std::max<std::size_t>(1, images), fewest_runs, most_runs);
    std::vector<DistortionPoint> points;
    for (const auto& [point, key] : group.keys) points.push_back(point);
    for (DistortionProduct& product :
         distortion_products(points, std::max<std::size_t>(1, runs / group.settings.seeds.size()))) {
      calls.push_back({&group, std::move(product), images});
    }
  }
  return calls;
}

class Runner {
 public:
  Runner(const StudyPlan& plan, ResultStore& store, const JobOptions& options)
      : plan_(plan), store_(store), options_(options) {}

  void run(const std::vector<Call>& calls) {
    for (const Call& call : calls) all_ += call.image_runs();
    for (const Call& call : calls) {
      if (options_.stop && options_.stop()) return;
      run(call);
      done_ += call.image_runs();
    }
  }

 private:
  void run(const Call& call) {
    const Group& group = *call.group;
    const PartInputs& inputs = plan_.inputs().parts[group.part];
    AccuracySettings settings = group.settings;
    settings.weight_bits = call.product.weight_bits;
    settings.activation_bits = call.product.input_bits;
    settings.noise_amplitudes = call.product.amplitudes;
    AccuracyOptions accuracy_options;
    accuracy_options.threads = options_.threads;
    accuracy_options.interrupted = options_.stop;
    accuracy_options.progress = [this](std::size_t done, std::size_t) {
      if (options_.progress) options_.progress(std::min(done_ + done, all_), all_);
    };
    try {
      const AccuracyResult result =
          measure_accuracy(graph(group), *inputs.images[group.network].data, settings, accuracy_options);
      if (result.was_interrupted) return;
      for (const PointAccuracy& point : result.points) put(group, point);
    } catch (const InputError& error) {
      fail(group, call.product, error.diagnostics().front().message);
    }
  }

  /// Calls of one network stand together: it is read once.
  const Graph& graph(const Group& group) {
    const std::string& name = plan_.inputs().parts[group.part].trained_names[group.network];
    if (!network_ || name_ != name) {
      network_.reset();
      network_ = open_trained_network({name, {}});
      name_ = name;
    }
    return network_->graph;
  }

  void put(const Group& group, const PointAccuracy& accuracy) {
    const AccuracyPoint& point = accuracy.point;
    const auto key = group.keys.find({point.weight_bits, point.activation_bits, point.noise_amplitude});
    OHM_CHECK(key != group.keys.end(), "a point that nobody asked for");
    StoredResult result;
    result.values = metric_values(accuracy);
    std::int64_t not_numbers = 0;
    for (const SeedAccuracy& seed : accuracy.seeds) not_numbers = std::max(not_numbers, seed.not_numbers);
    if (not_numbers > 0) {
      result.warnings.push_back(fmt::format(
          "the network's scores for {} images are not all numbers; these images count as wrong", not_numbers));
    }
    store_.put(MetricKind::accuracy, key->second, result);
  }

  void fail(const Group& group, const DistortionProduct& product, const std::string& why) {
    StoredResult result;
    result.failure = why;
    for (const std::optional<int>& weight_bits : product.weight_bits) {
      for (const std::optional<int>& input_bits : product.input_bits) {
        for (const double amplitude : product.amplitudes) {
          store_.put(MetricKind::accuracy, group.keys.at({weight_bits, input_bits, amplitude}), result);
        }
      }
    }
  }

  const StudyPlan& plan_;
  ResultStore& store_;
  const JobOptions& options_;
  std::optional<TrainedNetwork> network_;
  std::string name_;
  std::size_t done_ = 0;
  std::size_t all_ = 0;
};

}  // namespace

void run_accuracy_jobs(const StudyPlan& plan, const std::vector<AccuracyJob>& jobs, ResultStore& store,
                       const JobOptions& options) {
  const std::vector<Group> groups = groups_of(jobs);
  Runner(plan, store, options).run(calls_of(plan, groups));
}

}  // namespace ohmloop
