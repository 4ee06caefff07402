#pragma once

#include <algorithm>
#include <vector>

#include "ohmloop/inference/operators/accumulate.hpp"
#include "ohmloop/inference/operators/arguments.hpp"
#include "ohmloop/inference/operators/numbers.hpp"
#include "ohmloop/inference/operators/window.hpp"

namespace ohmloop {

/// The sizes of a convolution. Inputs are batch x (groups * in_channels) x ..., weights (groups * out_channels) x
/// in_channels x kernel.
struct ConvolutionShape {
  std::int64_t batch = 0, groups = 1;
  std::int64_t in_channels = 0;   ///< of one group
  std::int64_t out_channels = 0;  ///< of one group
  Dims input{};                   ///< behind batch and channels
  WindowGeometry window{};
  std::int64_t input_size = 0;  ///< product of `input`
  std::int64_t taps = 0;        ///< of the kernel
  std::int64_t positions = 0;   ///< of the output
  Dims result{};                ///< with batch and channels
};

/// Checks the sizes and attributes of a node that convolves x with w, the work and the size of its result.
ConvolutionShape convolution_shape(const OperatorCall& call, const TensorData& x, const TensorData& w);

/// Where the taps of the kernel lie in the input for the window at one position; -1 for those in the padding.
class WindowTaps {
 public:
  explicit WindowTaps(const ConvolutionShape& shape);
  /// `position` counts the output's positions in C order.
  const std::vector<std::int64_t>& at(std::int64_t position);

 private:
  const ConvolutionShape& shape_;
  std::vector<std::int64_t> offsets_;
};

/// Weights as numbers of the type that sums have, with out_channels innermost: groups x (in_channels * taps) x
/// out_channels. `zero(channel)` is subtracted from all weights of an output channel.
template <class W, class Zero>
std::vector<Sum<W>> arrange_weights(const ConvolutionShape& shape, const W* weights, const Zero& zero) {
  const std::int64_t rows = shape.in_channels * shape.taps;
  std::vector<Sum<W>> arranged(static_cast<std::size_t>(shape.groups * rows * shape.out_channels));
  for (std::int64_t g = 0; g < shape.groups; ++g) {
    Sum<W>* const to = arranged.data() + g * rows * shape.out_channels;
    for (std::int64_t m = 0; m < shape.out_channels; ++m) {
      const std::int64_t channel = g * shape.out_channels + m;
      const Sum<W> subtracted = zero(channel);
      for (std::int64_t k = 0; k < rows; ++k) {
        to[k * shape.out_channels + m] = static_cast<Sum<W>>(widen(weights[channel * rows + k])) - subtracted;
      }
    }
  }
  return arranged;
}

/// What the taps at `offsets` see of one group of channels: in_channels x taps.
template <class X, class Number>
void fill_patch(const ConvolutionShape& shape, const X* from, Number zero, const std::vector<std::int64_t>& offsets,
                Number* to) {
  for (std::int64_t c = 0; c < shape.in_channels; ++c, from += shape.input_size) {
    for (const std::int64_t offset : offsets) {
      *to++ = offset < 0 ? Number{} : static_cast<Number>(widen(from[offset])) - zero;
    }
  }
}

/// Convolves and calls `emit(channel, place, sum)` for every element of the result. `zero` is subtracted from x; the
/// padding is 0 then.
template <class X, class Number, class Emit>
void convolve(const ConvolutionShape& shape, const X* x, Number zero, const std::vector<Number>& weights,
              const Emit& emit) {
  const std::int64_t inner = shape.in_channels * shape.taps;
  std::vector<Number> patches(static_cast<std::size_t>(rows_at_once * inner));
  std::vector<Number> sums(static_cast<std::size_t>(rows_at_once * shape.out_channels));
  WindowTaps taps(shape);
  for (std::int64_t block = 0; block < shape.batch * shape.groups; ++block) {
    const std::int64_t group = block % shape.groups;
    for (std::int64_t first = 0; first < shape.positions; first += rows_at_once) {
      const std::int64_t count = std::min(rows_at_once, shape.positions - first);
      for (std::int64_t i = 0; i < count; ++i) {
        fill_patch(shape, x + block * shape.in_channels * shape.input_size, zero, taps.at(first + i),
                   patches.data() + i * inner);
      }
      std::fill(sums.begin(), sums.end(), Number{});
      add_products({static_cast<std::size_t>(count), static_cast<std::size_t>(inner),
                    static_cast<std::size_t>(shape.out_channels)},
                   patches.data(), weights.data() + group * inner * shape.out_channels, sums.data());
      for (std::int64_t m = 0; m < shape.out_channels; ++m) {
        const std::int64_t place = (block * shape.out_channels + m) * shape.positions + first;
        for (std::int64_t i = 0; i < count; ++i) {
          emit(group * shape.out_channels + m, place + i, sums[static_cast<std::size_t>(i * shape.out_channels + m)]);
        }
      }
    }
  }
}

}  // namespace ohmloop
