#include <algorithm>
#include <cmath>

#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"

namespace ohmloop {
namespace {

/// An epsilon in single precision, as the file holds it.
double epsilon_of(const OperatorCall& call) { return static_cast<float>(call.node.real("epsilon", 1e-5)); }

/// An input with one number per channel.
std::vector<double> per_channel(const OperatorCall& call, std::size_t input, std::int64_t channels) {
  const TensorData& tensor = call.input(input);
  need(tensor.dims() == Dims{channels}, "input {} has the size {}, must have one number for each of {} channels",
       input + 1, to_string(tensor.dims()), channels);
  return reals_of(tensor);
}

/// y = x * factor + offset for a run of elements.
template <class T>
void scale(const T* from, T* to, std::int64_t count, double factor, double offset) {
  for (std::int64_t i = 0; i < count; ++i) to[i] = convert<T>(widen(from[i]) * factor + offset);
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

template <class T>
Moments moments_of(const T* from, std::int64_t count) {
  Moments moments;
  for (std::int64_t i = 0; i < count; ++i) moments.mean += widen(from[i]);
  moments.mean /= static_cast<double>(count);
  for (std::int64_t i = 0; i < count; ++i) {
    const double distance = widen(from[i]) - moments.mean;
    moments.variance += distance * distance;
  }
  moments.variance /= static_cast<double>(count);
  return moments;
}

}  // namespace

Tensors run_batch_normalization(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  const auto& outputs = call.node.outputs;
  const bool more = std::any_of(outputs.begin() + std::min<std::ptrdiff_t>(1, std::ssize(outputs)), outputs.end(),
                                [](const auto& output) { return output.has_value(); });
  need(!more && call.node.integer("training_mode", 0) == 0, "it is in training mode, which is not supported");
  need(call.node.integer("spatial", 1) != 0, "statistics for each position are not supported");
  need(x.rank() >= 2, "its input has the size {}, must have batch and channels", to_string(x.dims()));
  const std::int64_t channels = x.dims()[1];
  const std::vector<double> factor = per_channel(call, 1, channels);
  const std::vector<double> offset = per_channel(call, 2, channels);
  const std::vector<double> mean = per_channel(call, 3, channels);
  const std::vector<double> variance = per_channel(call, 4, channels);
  const double epsilon = epsilon_of(call);
  TensorData y = make_output(call, x.type(), x.dims());
  const AxisSplit split = split_at(x.dims(), 1);
  for_type(FloatTypes{}, x.type(), [&]<class T>() {
    for (std::int64_t map = 0; map < split.outer * channels; ++map) {
      const auto c = static_cast<std::size_t>(map % channels);
      const double whole_factor = factor[c] / std::sqrt(variance[c] + epsilon);
      scale(x.values<T>().data() + map * split.inner, y.mutable_values<T>().data() + map * split.inner, split.inner,
            whole_factor, offset[c] - mean[c] * whole_factor);
    }
  });
  return Tensors(outputs.size(), y);
}

Tensors run_instance_normalization(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  need(x.rank() >= 3, "its input has the size {}, must have batch, channels and more", to_string(x.dims()));
  const std::int64_t channels = x.dims()[1];
  const std::vector<double> factor = per_channel(call, 1, channels);
  const std::vector<double> offset = per_channel(call, 2, channels);
  const double epsilon = epsilon_of(call);
  TensorData y = make_output(call, x.type(), x.dims());
  const AxisSplit split = split_at(x.dims(), 1);
  for_type(FloatTypes{}, x.type(), [&]<class T>() {
    for (std::int64_t map = 0; map < split.outer * channels; ++map) {
      const T* const from = x.values<T>().data() + map * split.inner;
      const auto c = static_cast<std::size_t>(map % channels);
      const Moments moments = moments_of(from, split.inner);
      const double whole_factor = factor[c] / std::sqrt(moments.variance + epsilon);
      scale(from, y.mutable_values<T>().data() + map * split.inner, split.inner, whole_factor,
            offset[c] - moments.mean * whole_factor);
    }
  });
  return {y};
}

Tensors run_layer_normalization(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  need(x.rank() > 0 && call.has(1), "it needs an input with axes, and a scale");
  const std::size_t axis = front_axis(call.node.integer("axis", -1), x.rank());
  const std::int64_t groups = element_count(x.dims(), 0, axis);
  const std::int64_t count = element_count(x.dims(), axis, x.rank());
  const Dims normalised(x.dims().begin() + static_cast<std::ptrdiff_t>(axis), x.dims().end());
  const auto repeated = [&](std::size_t input, double otherwise) {
    if (!call.has(input)) return std::vector<double>(static_cast<std::size_t>(count), otherwise);
    const TensorData& given = call.input(input);
    const std::vector<double> numbers = reals_of(given.reshaped({static_cast<std::int64_t>(given.size())}));
    std::vector<double> result;
    const StridedWalk<1> walk(normalised, {broadcast_strides(given.dims(), normalised)});
    walk.each_row([&](const StridedRow<1>& row) {
      for (std::int64_t i = 0; i < row.length; ++i) result.push_back(numbers[row.at[0] + i * row.step[0]]);
    });
    return result;
  };
  const std::vector<double> factor = repeated(1, 1.0);
  const std::vector<double> offset = repeated(2, 0.0);
  const double epsilon = epsilon_of(call);
  Dims statistics = x.dims();
  std::fill(statistics.begin() + static_cast<std::ptrdiff_t>(axis), statistics.end(), 1);
  TensorData y = make_output(call, x.type(), x.dims());
  TensorData mean = make_output(call, ElementType::float32, statistics);
  TensorData inverse = make_output(call, ElementType::float32, statistics);
  for_type(FloatTypes{}, x.type(), [&]<class T>() {
    for (std::int64_t group = 0; group < groups; ++group) {
      const T* const from = x.values<T>().data() + group * count;
      T* const to = y.mutable_values<T>().data() + group * count;
      const Moments moments = moments_of(from, count);
      const double narrow = 1 / std::sqrt(moments.variance + epsilon);
      for (std::int64_t i = 0; i < count; ++i) {
        to[i] = convert<T>((widen(from[i]) - moments.mean) * narrow * factor[i] + offset[i]);
      }
      mean.mutable_values<float>()[group] = static_cast<float>(moments.mean);
      inverse.mutable_values<float>()[group] = static_cast<float>(narrow);
    }
  });
  return {y, mean, inverse};
}

Tensors run_lrn(const OperatorCall& call) {
  const TensorData& x = call.input(0);
  need(x.rank() >= 2, "its input has the size {}, must have batch and channels", to_string(x.dims()));
  const std::int64_t size = call.node.integer("size", 0);
  need(size >= 1, "a size of {}", size);
  const auto real = [&](std::string_view name, double otherwise) {
    return static_cast<double>(static_cast<float>(call.node.real(name, otherwise)));
  };
  const double alpha = real("alpha", 1e-4);
  const double beta = real("beta", 0.75);
  const double bias = real("bias", 1.0);
  const AxisSplit split = split_at(x.dims(), 1);
  // The window of `size` channels around each, which reaches one further forwards if it is even.
  const std::int64_t before = std::min((size - 1) / 2, split.length);
  const std::int64_t behind = std::min(size - 1 - (size - 1) / 2, split.length);
  check_steps(call, static_cast<double>(x.size()) * static_cast<double>(before + behind + 1));
  TensorData y = make_output(call, x.type(), x.dims());
  for_type(FloatTypes{}, x.type(), [&]<class T>() {
    const auto from = x.values<T>();
    const auto to = y.mutable_values<T>();
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(from.size()); ++i) {
      const std::int64_t channel = i / split.inner % split.length;
      const std::int64_t first = std::max<std::int64_t>(0, channel - before);
      const std::int64_t last = std::min(split.length - 1, channel + behind);
      double squares = 0;
      for (std::int64_t c = first; c <= last; ++c) {
        const double value = widen(from[i + (c - channel) * split.inner]);
        squares += value * value;
      }
      to[i] = convert<T>(widen(from[i]) / std::pow(bias + alpha / static_cast<double>(size) * squares, beta));
    }
  });
  return {y};
}

}  // namespace ohmloop
