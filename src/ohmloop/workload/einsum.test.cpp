#include "ohmloop/workload/einsum.hpp"

#include <array>
#include <limits>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

using Position = std::vector<std::int64_t>;

/// Positions of a tensor that the whole iteration space touches, by walking it; padding left out.
std::set<Position> touched(const Einsum& einsum, const std::vector<Axis>& axes) {
  std::set<Position> result;
  Position point(einsum.ranks.size(), 0);
  while (true) {
    Position position;
    bool inside = true;
    for (const Axis& axis : axes) {
      std::int64_t at = axis.offset;
      for (const AxisTerm& term : axis.terms) {
        std::int64_t digit = point[term.rank.index()] / term.divisor;
        if (term.modulus != 0) digit %= term.modulus;
        at += term.coefficient * digit;
      }
      inside = inside && at >= 0 && at < axis.size;
      position.push_back(at);
    }
    if (inside) result.insert(position);
    std::size_t i = 0;
    while (i < point.size() && ++point[i] == einsum.ranks[i].size) point[i++] = 0;
    if (i == point.size()) return result;
  }
}

/// Input elements that a convolution reads, by the textbook definition.
std::set<Position> convolution_inputs(const LayerShape& s) {
  std::set<Position> result;
  const std::int64_t channels = s.C / s.G;
  for (std::int64_t n = 0; n < s.N; ++n) {
    for (std::int64_t c = 0; c < s.C; ++c) {
      for (std::int64_t e = 0; e < s.E; ++e) {
        for (std::int64_t f = 0; f < s.F; ++f) {
          for (std::int64_t r = 0; r < s.R; ++r) {
            for (std::int64_t q = 0; q < s.S; ++q) {
              const std::int64_t h = e * s.stride_height + r * s.dilation_height - s.pad_top;
              const std::int64_t w = f * s.stride_width + q * s.dilation_width - s.pad_left;
              if (h >= 0 && h < s.H && w >= 0 && w < s.W) result.insert({n, c / channels, c % channels, h, w});
            }
          }
        }
      }
    }
  }
  return result;
}

LayerShape random_shape() {
  const auto upto = [](std::int64_t high) { return *rc::gen::inRange<std::int64_t>(1, high + 1); };
  while (true) {
    ConvolutionParameters p{.kernel_height = upto(3),
                            .kernel_width = upto(3),
                            .stride_height = upto(3),
                            .stride_width = upto(3),
                            .pad_top = upto(3) - 1,
                            .pad_left = upto(3) - 1,
                            .pad_bottom = upto(3) - 1,
                            .pad_right = upto(3) - 1,
                            .dilation_height = upto(2),
                            .dilation_width = upto(2),
                            .groups = upto(3)};
    const std::int64_t height = upto(5);
    const std::int64_t width = upto(5);
    const bool fits =
        convolution_output_size(height, p.kernel_height, p.stride_height, p.pad_top, p.pad_bottom, p.dilation_height) >
            0 &&
        convolution_output_size(width, p.kernel_width, p.stride_width, p.pad_left, p.pad_right, p.dilation_width) > 0;
    if (fits) return convolution(upto(2), p.groups * upto(3), height, width, p.groups * upto(3), p);
  }
}

void check_sizes(const Einsum& einsum, const LayerShape& shape) {
  RC_ASSERT(einsum.tensor(Role::output).elements() == shape.output_activations());
  for (const Role role : {Role::weight, Role::output}) {
    const Tensor& tensor = einsum.tensor(role);
    RC_ASSERT(static_cast<std::int64_t>(touched(einsum, tensor.axes).size()) == tensor.elements());
  }
}

TEST(ConvEinsum, touches_what_a_convolution_by_definition_touches) {
  EXPECT_TRUE(rc::check([] {
    const LayerShape shape = random_shape();
    const Einsum einsum = conv_einsum("layer", shape, {});
    RC_ASSERT(einsum.points() == shape.macs());
    RC_ASSERT(einsum.tensor(Role::weight).elements() == shape.weights());
    RC_ASSERT(einsum.tensor(Role::input).elements() == shape.input_activations());
    check_sizes(einsum, shape);
    RC_ASSERT(touched(einsum, einsum.tensor(Role::input).axes) == convolution_inputs(shape));
  }));
}

TEST(ArrayEinsum, touches_the_same_elements_once_per_slice) {
  EXPECT_TRUE(rc::check([] {
    const LayerShape shape = random_shape();
    const SliceParameters slices{.weight_slices = *rc::gen::inRange(1, 4), .input_slices = *rc::gen::inRange(1, 4)};
    const Einsum einsum = array_einsum("layer", shape, slices);
    RC_ASSERT(einsum.points() == shape.macs() * slices.weight_slices * slices.input_slices);
    RC_ASSERT(einsum.tensor(Role::weight).elements() == shape.weights() * slices.weight_slices);
    check_sizes(einsum, shape);
    std::set<Position> expected;
    for (const Position& position : convolution_inputs(shape)) {
      for (std::int64_t slice = 0; slice < slices.input_slices; ++slice) {
        Position sliced = position;
        sliced.push_back(slice);
        expected.insert(sliced);
      }
    }
    RC_ASSERT(touched(einsum, einsum.tensor(Role::input).axes) == expected);
  }));
}

TEST(ArrayEinsum, sees_windows_without_overlap) {
  const LayerShape shape =
      convolution(2, 6, 5, 4, 4,
                  {.kernel_height = 3, .kernel_width = 2, .pad_top = 1, .pad_left = 1, .pad_bottom = 1, .groups = 2});
  const Einsum einsum = array_einsum("layer", shape, {.weight_slices = 4, .input_slices = 8});
  const std::int64_t rows = shape.C / shape.G * shape.R * shape.S;
  const auto windows = touched(einsum, einsum.tensor(Role::input).window_axes);
  EXPECT_EQ(static_cast<std::int64_t>(windows.size()), shape.N * shape.G * rows * shape.E * shape.F * 8);
}

TEST(ArrayEinsum, flattens_the_filter_with_its_width_fastest) {
  const LayerShape shape = convolution(1, 3, 8, 8, 5, {.kernel_height = 4, .kernel_width = 2});
  const Einsum einsum = array_einsum("layer", shape, {});
  const Tensor& input = einsum.tensor(Role::input);
  const RankId k(3);
  EXPECT_EQ(einsum.rank(k), (Rank{"K", 24}));
  EXPECT_EQ(input.axes[2].terms, (std::vector<AxisTerm>{{.rank = k, .divisor = 8}}));
  EXPECT_EQ(input.axes[3].terms[1], (AxisTerm{.rank = k, .divisor = 2, .modulus = 4}));
  EXPECT_EQ(input.axes[4].terms[1], (AxisTerm{.rank = k, .divisor = 1, .modulus = 2}));
}

TEST(Einsum, takes_bits_and_the_activation_flag_from_its_inputs) {
  const LayerShape shape = matmul(12, 7, 64, 9);
  const Einsum digital = conv_einsum("scores", shape, {.input = 8, .weight = 4, .output = 24});
  EXPECT_TRUE(digital.weight_is_activation);
  EXPECT_EQ(digital.points(), 12 * 7 * 64 * 9);
  EXPECT_EQ(digital.tensor(Role::weight).elements(), 12 * 64 * 9);
  EXPECT_EQ(digital.tensor(Role::input).bits, 8);
  EXPECT_EQ(digital.tensor(Role::weight).bits, 4);
  EXPECT_EQ(digital.tensor(Role::output).bits, 24);
  const Einsum array = array_einsum("scores", shape, {.weight_slice_bits = 2, .input_slice_bits = 1, .output_bits = 8});
  EXPECT_TRUE(array.weight_is_activation);
  EXPECT_EQ(array.tensor(Role::input).bits, 1);
  EXPECT_EQ(array.tensor(Role::weight).bits, 2);
  EXPECT_EQ(array.tensor(Role::output).bits, 8);
}

TEST(Einsum, knows_which_ranks_move_a_tensor) {
  const Einsum einsum = array_einsum("layer", convolution(1, 3, 8, 8, 5, {.kernel_height = 3, .kernel_width = 3}), {});
  for (std::size_t i = 0; i < einsum.ranks.size(); ++i) {
    const std::string& name = einsum.ranks[i].name;
    const auto among = [&](std::set<std::string> names) { return names.count(name) == 1; };
    EXPECT_EQ(einsum.relevant(RankId(i), Role::input), among({"N", "G", "K", "E", "F", "IS"})) << name;
    EXPECT_EQ(einsum.relevant(RankId(i), Role::weight), among({"G", "M", "K", "WS"})) << name;
    EXPECT_EQ(einsum.relevant(RankId(i), Role::output), among({"N", "G", "M", "E", "F"})) << name;
  }
}

TEST(Einsum, reports_products_beyond_64_bits) {
  LayerShape shape;
  shape.N = std::numeric_limits<std::int64_t>::max();
  shape.E = shape.H = 2;
  EXPECT_THROW((void)conv_einsum("layer", shape, {}).points(), OverflowError);
  shape = {};
  shape.R = shape.H = std::numeric_limits<std::int64_t>::max();
  shape.S = shape.W = 2;
  EXPECT_THROW((void)array_einsum("layer", shape, {}), OverflowError);
}

/// Each entry breaks one invariant.
TEST(ValidateEinsum, refuses_every_broken_invariant) {
  using Break = void (*)(Einsum&);
  const std::array<Break, 13> breaks = {
      [](Einsum& e) { e.tensors.pop_back(); },
      [](Einsum& e) { std::swap(e.tensors[0], e.tensors[1]); },
      [](Einsum& e) { e.ranks[0].size = 0; },
      [](Einsum& e) { e.ranks[0].name = e.ranks[1].name; },
      [](Einsum& e) {
        e.ranks.push_back({"Z", 1});
      },
      [](Einsum& e) { e.tensors[0].bits = 0; },
      [](Einsum& e) { e.tensors[0].axes[0].size = 0; },
      [](Einsum& e) { e.tensors[0].axes[0].terms[0].rank = RankId(99); },
      [](Einsum& e) { e.tensors[0].axes[0].terms[0].divisor = 0; },
      [](Einsum& e) { e.tensors[1].window_axes = e.tensors[1].axes; },
      [](Einsum& e) { e.tensors[2].axes[0].offset = 1; },
      [](Einsum& e) { e.tensors[2].axes[0].terms[0].coefficient = 2; },
      [](Einsum& e) { e.tensors[2].axes[0].terms = e.tensors[2].axes[1].terms; },
  };
  const Einsum sound = conv_einsum("layer", convolution(2, 4, 6, 6, 8, {.kernel_height = 3, .kernel_width = 3}), {});
  EXPECT_NO_THROW(validate(sound));
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    Einsum broken = sound;
    breaks[i](broken);
    EXPECT_THROW(validate(broken), InternalError) << "case " << i;
  }
}

}  // namespace
}  // namespace ohmloop
