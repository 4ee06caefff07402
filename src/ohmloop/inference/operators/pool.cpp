#include <algorithm>
#include <cmath>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"
#include "ohmloop/inference/operators/strided_walk.hpp"
#include "ohmloop/inference/operators/window.hpp"

namespace ohmloop {
namespace {

WindowGeometry pool_window(const OperatorCall& call) {
  const Dims& dims = call.input(0).dims();
  const auto kernel = call.node.integers("kernel_shape");
  need(kernel && kernel->size() + 2 == dims.size(), "its kernel_shape does not fit an input of the size {}",
       to_string(dims));
  return window_geometry(call.node, dims, *kernel);
}

/// Along one axis, the positions of the input that one window sees.
struct Reach {
  std::int64_t first = 0;
  std::int64_t count = 0;
  std::int64_t step = 1;
  std::int64_t padded = 0;  ///< positions that lie in the input or in the padding that the node states
};

std::int64_t taps_before(std::int64_t end, std::int64_t start, std::int64_t dilation, std::int64_t taps) {
  return end <= start ? 0 : std::min(taps, (end - start - 1) / dilation + 1);
}

Reach reach_of(const WindowGeometry& window, std::size_t axis, std::int64_t size, std::int64_t position) {
  const std::int64_t step = window.dilation[axis];
  const std::int64_t start = position * window.stride[axis] - window.pad_begin[axis];
  const std::int64_t taps = window.kernel[axis];
  const std::int64_t skipped = taps_before(0, start, step, taps);
  Reach reach{.first = start + skipped * step, .step = step};
  reach.count = taps_before(size, start, step, taps) - skipped;
  reach.padded = taps_before(size + window.stated_pad_end[axis], start, step, taps);
  return reach;
}

/// Visits the windows of one image and channel: `visit(place, reaches)` for every place of the output.
class Windows {
 public:
  Windows(const OperatorCall& call, const Dims& input, const WindowGeometry& window) : output_(window.output) {
    double steps = static_cast<double>(input[0]) * static_cast<double>(input[1]);
    for (std::size_t i = 0; i < output_.size(); ++i) {
      const std::int64_t size = input[i + 2];
      steps *= static_cast<double>(output_[i]) * static_cast<double>(std::min(size, window.kernel[i]));
      check_output(call, ElementType::float64, {output_[i], 4});
      std::vector<Reach>& reaches = reaches_.emplace_back();
      for (std::int64_t position = 0; position < output_[i]; ++position) {
        reaches.push_back(reach_of(window, i, size, position));
      }
    }
    check_steps(call, steps);
  }

  template <class Visit>
  void each(const Visit& visit) const {
    std::vector<std::size_t> position(output_.size(), 0);
    std::vector<Reach> reaches(output_.size());
    for (std::int64_t place = 0, places = element_count(output_); place < places; ++place) {
      for (std::size_t i = 0; i < position.size(); ++i) reaches[i] = reaches_[i][position[i]];
      visit(place, reaches);
      for (std::size_t i = position.size(); i-- > 0 && ++position[i] == reaches_[i].size();) position[i] = 0;
    }
  }

 private:
  Dims output_;
  std::vector<std::vector<Reach>> reaches_;
};

/// The offsets, in C order, of all positions of the input that a window sees.
template <class Visit>
void each_offset(const std::vector<Reach>& reaches, const Dims& strides, const Visit& visit) {
  Dims dims;
  Dims steps;
  std::int64_t first = 0;
  for (std::size_t i = 0; i < reaches.size(); ++i) {
    dims.push_back(reaches[i].count);
    steps.push_back(reaches[i].step * strides[i]);
    first += reaches[i].first * strides[i];
  }
  StridedWalk<1>(dims, {steps}).each_row([&](const StridedRow<1>& row) {
    for (std::int64_t i = 0; i < row.length; ++i) visit(first + row.at[0] + i * row.step[0]);
  });
}

Dims output_dims(const Dims& input, const WindowGeometry& window) {
  Dims dims(input.begin(), input.begin() + 2);
  dims.insert(dims.end(), window.output.begin(), window.output.end());
  return dims;
}

/// Where an element lies if the first spatial axis were the innermost one (storage_order 1).
std::int64_t column_major(std::int64_t offset, const Dims& spatial) {
  Dims position(spatial.size());
  for (std::size_t i = spatial.size(); i-- > 0; offset /= spatial[i]) position[i] = offset % spatial[i];
  std::int64_t place = 0;
  for (std::size_t i = spatial.size(); i-- > 0;) place = place * spatial[i] + position[i];
  return place;
}

/// The first of equal ones stays; NaN beats every number.
template <class T>
bool beats(T value, T best) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(value)) return !std::isnan(best);
  }
  return value > best;
}

Tensors max_pool(const OperatorCall& call, const WindowGeometry& window) {
  const TensorData& x = call.input(0);
  const Dims spatial(x.dims().begin() + 2, x.dims().end());
  const Dims strides = strides_of(spatial);
  const std::int64_t size = element_count(spatial);
  const bool by_columns = call.node.integer("storage_order", 0) != 0;
  TensorData y = make_output(call, x.type(), output_dims(x.dims(), window));
  TensorData where = make_output(call, ElementType::int64, y.dims());
  const Windows windows(call, x.dims(), window);
  const std::int64_t places = element_count(window.output);
  using Types = TypeList<float, double, Float16, BFloat16, std::int8_t, std::uint8_t>;
  for_type(Types{}, x.type(), [&]<class T>() {
    for (std::int64_t map = 0; map < x.dims()[0] * x.dims()[1]; ++map) {
      const T* const from = x.values<T>().data() + map * size;
      windows.each([&](std::int64_t place, const std::vector<Reach>& reaches) {
        Wide<T> best{};
        std::int64_t best_at = -1;
        each_offset(reaches, strides, [&](std::int64_t offset) {
          const Wide<T> value = widen(from[offset]);
          if (best_at >= 0 && !beats(value, best)) return;
          best = value;
          best_at = offset;
        });
        need(best_at >= 0, "a window that lies in the padding as a whole has no maximum");
        y.mutable_values<T>()[map * places + place] = convert<T>(best);
        where.mutable_values<std::int64_t>()[map * places + place] =
            map * size + (by_columns ? column_major(best_at, spatial) : best_at);
      });
    }
  });
  return {y, where};
}

Tensors average_pool(const OperatorCall& call, const WindowGeometry& window, bool with_padding) {
  const TensorData& x = call.input(0);
  const Dims spatial(x.dims().begin() + 2, x.dims().end());
  const Dims strides = strides_of(spatial);
  const std::int64_t size = element_count(spatial);
  TensorData y = make_output(call, x.type(), output_dims(x.dims(), window));
  const Windows windows(call, x.dims(), window);
  const std::int64_t places = element_count(window.output);
  for_type(FloatTypes{}, x.type(), [&]<class T>() {
    for (std::int64_t map = 0; map < x.dims()[0] * x.dims()[1]; ++map) {
      const T* const from = x.values<T>().data() + map * size;
      windows.each([&](std::int64_t place, const std::vector<Reach>& reaches) {
        double sum = 0;
        double count = 1;
        for (const Reach& reach : reaches) count *= static_cast<double>(with_padding ? reach.padded : reach.count);
        each_offset(reaches, strides, [&](std::int64_t offset) { sum += widen(from[offset]); });
        y.mutable_values<T>()[map * places + place] = convert<T>(count == 0 ? 0 : sum / count);
      });
    }
  });
  return {y};
}

}  // namespace

Tensors run_max_pool(const OperatorCall& call) { return max_pool(call, pool_window(call)); }

Tensors run_average_pool(const OperatorCall& call) {
  return average_pool(call, pool_window(call), call.node.integer("count_include_pad", 0) != 0);
}

Tensors run_global_max_pool(const OperatorCall& call) {
  Tensors results = max_pool(call, whole_window(call.input(0).dims()));
  results.pop_back();
  return results;
}

Tensors run_global_average_pool(const OperatorCall& call) {
  return average_pool(call, whole_window(call.input(0).dims()), false);
}

}  // namespace ohmloop
