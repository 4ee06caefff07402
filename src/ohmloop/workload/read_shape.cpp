#include "ohmloop/workload/read_shape.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/text/map_reader.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t largest_size = std::int64_t{1} << 40;
constexpr std::int64_t largest_step = std::int64_t{1} << 20;

/// Input, filter and output along height or width.
struct Side {
  const char* input_letter;
  const char* output_letter;
  std::optional<std::int64_t> input;
  std::optional<std::int64_t> output;
  std::int64_t kernel = 1;
  std::int64_t stride = 1;
  std::int64_t dilation = 1;
  std::int64_t pad_low = 0;
  std::optional<std::int64_t> pad_high = {};
};

class ShapeReader {
 public:
  ShapeReader(const YamlNode& map, Diagnostics& diagnostics)
      : map_(map), diagnostics_(diagnostics), keys_(map, "the shape", scope_, diagnostics) {}

  std::optional<LayerShape> read() {
    if (!map_.is_map()) return std::nullopt;
    LayerShape shape;
    shape.N = letter("N");
    shape.M = letter("M");
    shape.C = letter("C");
    shape.G = letter("G");
    shape.R = letter("R");
    shape.S = letter("S");
    shape.weight_is_activation = keys_.boolean("weight_is_activation").value_or(false);
    Side height = side("H", "E", shape.R, "height", "top", "bottom");
    Side width = side("W", "F", shape.S, "width", "left", "right");
    keys_.finish();
    divisible("M", shape.M, shape.G);
    divisible("C", shape.C, shape.G);
    if (diagnostics_.has_errors()) return std::nullopt;
    fit(height);
    fit(width);
    if (diagnostics_.has_errors()) return std::nullopt;
    std::tie(shape.H, shape.E) = std::pair(*height.input, *height.output);
    std::tie(shape.W, shape.F) = std::pair(*width.input, *width.output);
    std::tie(shape.stride_height, shape.stride_width) = std::pair(height.stride, width.stride);
    std::tie(shape.dilation_height, shape.dilation_width) = std::pair(height.dilation, width.dilation);
    std::tie(shape.pad_top, shape.pad_left) = std::pair(height.pad_low, width.pad_low);
    return shape;
  }

 private:
  std::int64_t letter(const char* key) { return keys_.integer(key, dimension::none, 1, largest_size).value_or(1); }

  /// The key of one direction, or the one of both: stride_height, else stride.
  std::optional<std::int64_t> directed(const char* key, const std::string& own, std::int64_t low) {
    const std::optional<std::int64_t> both = keys_.integer(key, dimension::none, low, largest_step);
    const std::optional<std::int64_t> one =
        keys_.integer(fmt::format("{}_{}", key, own), dimension::none, low, largest_step);
    return one ? one : both;
  }

  Side side(const char* input, const char* output, std::int64_t kernel, const char* direction, const char* low,
            const char* high) {
    Side side{input, output, keys_.integer(input, dimension::none, 1, largest_size),
              keys_.integer(output, dimension::none, 1, largest_size), kernel};
    side.stride = directed("stride", direction, 1).value_or(1);
    side.dilation = directed("dilation", direction, 1).value_or(1);
    side.pad_low = directed("pad", low, 0).value_or(0);
    side.pad_high = directed("pad", high, 0);
    return side;
  }

  void divisible(const char* key, std::int64_t channels, std::int64_t groups) {
    if (channels % groups == 0) return;
    diagnostics_.error(fmt::format("{} is {}, which the groups G = {} do not divide", key, channels, groups),
                       place(key), fmt::format("M and C count the channels of all groups together"));
  }

  /// Finds the size that is not given, and checks the two where both are.
  void fit(Side& side) {
    const std::int64_t filter = side.dilation * (side.kernel - 1) + 1;
    if (!side.input && !side.output) {
      if (side.kernel > 1) {
        diagnostics_.error(fmt::format("the shape needs {} or {}: a filter of {} slides over it", side.input_letter,
                                       side.output_letter, side.kernel),
                           map_.span);
      }
      side.input = side.output = 1;
    } else if (!side.input) {
      const std::int64_t last = checked_multiply(*side.output - 1, side.stride);
      const std::int64_t padding = side.pad_low + side.pad_high.value_or(side.pad_low);
      side.input = std::max<std::int64_t>(1, checked_add(last, filter) - padding);
    } else {
      check_output(side, filter);
    }
  }

  void check_output(Side& side, std::int64_t filter) {
    const std::int64_t fitting = convolution_output_size(*side.input, side.kernel, side.stride, side.pad_low,
                                                         side.pad_high.value_or(side.pad_low), side.dilation);
    if (!side.output) {
      side.output = fitting;
      if (fitting >= 1) return;
      diagnostics_.error(fmt::format("{} is empty: a filter of {} does not fit into {} = {} and its padding",
                                     side.output_letter, filter, side.input_letter, *side.input),
                         place(side.input_letter));
      return;
    }
    if (side.pad_high && *side.output != fitting) {
      diagnostics_.error(fmt::format("{} is {}, but {} = {}, the filter, stride and padding make {}",
                                     side.output_letter, *side.output, side.input_letter, *side.input, fitting),
                         place(side.output_letter), "one of the two may be left out");
    } else if (checked_multiply(*side.output - 1, side.stride) - side.pad_low >= *side.input) {
      diagnostics_.error(fmt::format("the last of {} windows begins at {}, outside {} = {}", *side.output,
                                     (*side.output - 1) * side.stride - side.pad_low, side.input_letter, *side.input),
                         place(side.output_letter), fmt::format("at most {} fit here", fitting));
    }
  }

  [[nodiscard]] SourceSpan place(std::string_view key) const {
    const YamlNode* value = map_.find(key);
    return value == nullptr ? map_.span : value->span;
  }

  const YamlNode& map_;
  Diagnostics& diagnostics_;
  EmptyScope scope_;
  MapReader keys_;
};

}  // namespace

std::optional<LayerShape> read_shape(const YamlNode& map, Diagnostics& diagnostics) {
  return ShapeReader(map, diagnostics).read();
}

std::string to_yaml(const LayerShape& shape) {
  std::string text;
  const auto add = [&](const char* key, std::int64_t value, std::int64_t implied) {
    if (value != implied) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, value);
  };
  // A side with a filter or more than one position needs both of its sizes, whatever they are.
  const auto add_side = [&](const char* input, const char* output, std::int64_t size, std::int64_t kernel,
                            std::int64_t positions) {
    const std::int64_t implied = size == 1 && kernel == 1 && positions == 1 ? 1 : 0;
    add(input, size, implied);
    add(output, positions, implied);
  };
  add("N", shape.N, 1);
  add("G", shape.G, 1);
  add("M", shape.M, 1);
  add("C", shape.C, 1);
  add("R", shape.R, 1);
  add("S", shape.S, 1);
  add_side("H", "E", shape.H, shape.R, shape.E);
  add_side("W", "F", shape.W, shape.S, shape.F);
  add("stride_height", shape.stride_height, 1);
  add("stride_width", shape.stride_width, 1);
  add("dilation_height", shape.dilation_height, 1);
  add("dilation_width", shape.dilation_width, 1);
  add("pad_top", shape.pad_top, 0);
  add("pad_left", shape.pad_left, 0);
  if (shape.weight_is_activation) text += fmt::format("{}weight_is_activation: true", text.empty() ? "" : ", ");
  return "{" + text + "}";
}

}  // namespace ohmloop
