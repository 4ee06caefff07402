#include "ohmloop/accuracy/data/read_preprocessing.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t longest_side = 8192;

std::optional<std::size_t> read_side(MapReader& keys, std::string_view key) {
  const auto side = keys.integer(key, dimension::none, 1, longest_side);
  return side ? std::optional(static_cast<std::size_t>(*side)) : std::nullopt;
}

/// Reads the value of a step's one key.
class StepReader {
 public:
  StepReader(const YamlNode& step, Diagnostics& diagnostics)
      : entry_(step.entries.front()),
        what_(fmt::format("step '{}'", entry_.key)),
        diagnostics_(diagnostics),
        step_(step, "this step", scope_, diagnostics) {}

  std::optional<PreprocessingOperation> resize() {
    if (!entry_.value.is_map()) {
      return refuse("{shorter: 256} or {width: 224, height: 224}");
    }
    MapReader keys(entry_.value, what_, scope_, diagnostics_);
    ResizeStep step;
    const bool by_shorter = keys.has("shorter");
    if (by_shorter == (keys.has("width") || keys.has("height"))) {
      diagnostics_.error(fmt::format("{} needs either 'shorter', or 'width' and 'height'", what_), entry_.key_span);
    }
    step.shorter = read_side(keys, "shorter");
    if (!by_shorter && (keys.has("width") || keys.has("height"))) {
      keys.required_node("width");
      keys.required_node("height");
    }
    step.width = read_side(keys, "width");
    step.height = read_side(keys, "height");
    const std::array<std::string, 3> filters = {"nearest", "bilinear", "bicubic"};
    const auto filter = keys.choice("filter", filters);
    if (filter == "nearest") step.options.filter = ResizeFilter::nearest;
    if (filter == "bicubic") step.options.filter = ResizeFilter::bicubic;
    step.options.antialias = keys.boolean("antialias").value_or(true);
    keys.finish();
    if (!step.shorter && !(step.width && step.height)) return std::nullopt;
    return step;
  }

  std::optional<PreprocessingOperation> crop() {
    if (!entry_.value.is_map()) {
      const auto side = read_side(step_, "crop");
      return side ? std::optional<PreprocessingOperation>(CropStep{*side, *side}) : std::nullopt;
    }
    MapReader keys(entry_.value, what_, scope_, diagnostics_);
    keys.required_node("width");
    keys.required_node("height");
    const auto width = read_side(keys, "width");
    const auto height = read_side(keys, "height");
    keys.finish();
    return width && height ? std::optional<PreprocessingOperation>(CropStep{*width, *height}) : std::nullopt;
  }

  std::optional<PreprocessingOperation> channels() {
    const std::array<std::string, 3> orders = {"rgb", "bgr", "grey"};
    const auto order = step_.choice("channels", orders);
    if (!order) return std::nullopt;
    if (*order == "rgb") return ChannelsStep{ChannelOrder::rgb};
    return ChannelsStep{*order == "bgr" ? ChannelOrder::bgr : ChannelOrder::grey};
  }

  std::optional<PreprocessingOperation> arithmetic(PixelArithmetic operation) {
    ArithmeticStep step{.operation = operation, .constants = {}};
    const YamlNode& value = entry_.value;
    if (value.is_map() || value.is_null() || (value.is_sequence() && value.items.empty())) {
      return refuse("a number, or a list with one for each channel");
    }
    bool complete = true;
    for (const YamlNode& item : value.is_sequence() ? value.items : std::vector<YamlNode>{value}) {
      const auto constant = read_constant(item, operation);
      if (constant) step.constants.push_back(*constant);
      complete = complete && constant.has_value();
    }
    return complete ? std::optional<PreprocessingOperation>(std::move(step)) : std::nullopt;
  }

 private:
  std::nullopt_t refuse(const std::string& expected) {
    diagnostics_.error(fmt::format("{} cannot be {}", what_, kind_name(entry_.value)), entry_.value.span,
                       "expected " + expected);
    return std::nullopt;
  }

  std::optional<float> read_constant(const YamlNode& item, PixelArithmetic operation) {
    if (!item.is_scalar()) {
      diagnostics_.error(fmt::format("expected a number in {}, found {}", what_, kind_name(item)), item.span);
      return std::nullopt;
    }
    const auto value = evaluate(item, scope_, diagnostics_);
    if (!value) return std::nullopt;
    const auto* quantity = std::get_if<Quantity>(&*value);
    if (quantity == nullptr || quantity->dimension != dimension::none) {
      diagnostics_.error(fmt::format("expected a plain number in {}, found {}", what_, describe_value(*value)),
                         item.span);
      return std::nullopt;
    }
    const auto constant = static_cast<float>(quantity->value);
    if (!std::isfinite(constant)) {
      diagnostics_.error(fmt::format("{} is too large for a float32", quantity->value), item.span);
      return std::nullopt;
    }
    if (operation == PixelArithmetic::divide && constant == 0) {
      diagnostics_.error("a division by zero", item.span);
      return std::nullopt;
    }
    return constant;
  }

  static std::string describe_value(const Value& value) {
    return std::holds_alternative<Quantity>(value) ? "a number with a unit" : fmt::format("'{}'", to_string(value));
  }

  const YamlEntry& entry_;
  std::string what_;
  EmptyScope scope_;
  Diagnostics& diagnostics_;
  MapReader step_;
};

struct StepKind {
  std::string_view name;
  std::optional<PreprocessingOperation> (*read)(StepReader&);
};
constexpr std::array<StepKind, 7> step_kinds = {
    {{"resize", [](StepReader& reader) { return reader.resize(); }},
     {"crop", [](StepReader& reader) { return reader.crop(); }},
     {"channels", [](StepReader& reader) { return reader.channels(); }},
     {"add", [](StepReader& reader) { return reader.arithmetic(PixelArithmetic::add); }},
     {"subtract", [](StepReader& reader) { return reader.arithmetic(PixelArithmetic::subtract); }},
     {"multiply", [](StepReader& reader) { return reader.arithmetic(PixelArithmetic::multiply); }},
     {"divide", [](StepReader& reader) { return reader.arithmetic(PixelArithmetic::divide); }}}};

std::optional<PreprocessingOperation> read_step(const YamlNode& step, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const StepKind& kind : step_kinds) names.emplace_back(kind.name);
  if (!step.is_map() || step.entries.size() != 1) {
    diagnostics.error("expected one operation for each step of the preprocessing", step.span, "as in - crop: 224",
                      {"operations: " + list_names(names)});
    return std::nullopt;
  }
  const YamlEntry& entry = step.entries.front();
  for (const StepKind& kind : step_kinds) {
    if (kind.name != entry.key) continue;
    StepReader reader(step, diagnostics);
    return kind.read(reader);
  }
  diagnostics.error(fmt::format("unknown operation '{}'", entry.key), entry.key_span, did_you_mean(entry.key, names),
                    {"operations: " + list_names(names)});
  return std::nullopt;
}

}  // namespace

std::vector<PreprocessingStep> read_preprocessing(const YamlNode& node, Diagnostics& diagnostics) {
  std::vector<PreprocessingStep> steps;
  if (!node.is_sequence() && !node.is_null()) {
    diagnostics.error(fmt::format("expected a list of steps for 'preprocessing', found {}", kind_name(node)), node.span,
                      "as in [{crop: 224}, {divide: 255}]");
  }
  for (const YamlNode& item : node.items) {
    if (auto operation = read_step(item, diagnostics)) {
      steps.push_back({.operation = std::move(*operation), .where = item.entries.front().key_span});
    }
  }
  return steps;
}

}  // namespace ohmloop
