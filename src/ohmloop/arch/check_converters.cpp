#include "ohmloop/arch/check_converters.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ohmloop {
namespace {

/// An ADC may lose one bit without a warning: encodings such as ISAAC's flipped weights spare it (ISCA 2016, section
/// V).
constexpr int spared_bits = 1;

/// What class adc and class dac know, and what a sum of 64 bits leaves room for.
constexpr int finest_resolution = 16;

std::optional<int> resolution(const Node& node) {
  const auto found = node.attributes.find("resolution");
  if (found == node.attributes.end()) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&found->second.value);
  return quantity == nullptr ? std::nullopt : std::optional(static_cast<int>(quantity->value));
}

/// The innermost converter above the array that passes a role and changes between digital and analog: one with a
/// resolution, or an ideal one.
const Node* data_converter(const Architecture& architecture, Role role) {
  for (std::size_t i = architecture.array->cells.index(); i-- > 0;) {
    const Node& node = architecture.nodes[i];
    const auto* converter = node.as<Converter>();
    if (converter == nullptr || !converter->passes[role_index(role)]) continue;
    if (resolution(node) || node.class_name == "ideal") return &node;
  }
  return nullptr;
}

/// A bound on looking for a number of columns to suggest.
constexpr std::int64_t most_tried = 1'000'000;

/// Columns whose sums pass a converter, of all the arrays below it; nothing where 64 bits cannot count them.
std::optional<std::int64_t> columns_below(const Architecture& architecture, const Node& converter) {
  std::int64_t columns = 1;
  for (std::size_t i = architecture.array->cells.index(); i-- > 0;) {
    const Node& node = architecture.nodes[i];
    if (&node == &converter) break;
    const auto* fanout = node.as<Fanout>();
    if (fanout == nullptr || fanout->shares[role_index(Role::output)]) continue;
    if (__builtin_mul_overflow(columns, fanout->count, &columns)) return std::nullopt;
  }
  return columns;
}

/// Columns that do not come out even leave a fraction of a converter, which nobody can build.
void check_sharing(const Architecture& architecture, const Node& adc, Diagnostics& diagnostics) {
  const auto* converter = adc.as<Converter>();
  if (converter == nullptr) return;
  const std::int64_t shared_by = converter->shared_by;
  const std::optional<std::int64_t> columns = columns_below(architecture, adc);
  if (!columns || *columns % shared_by == 0) return;
  // The largest number that divides; 1 does.
  std::int64_t fewer = std::min({shared_by, *columns, most_tried});
  while (*columns % fewer != 0) --fewer;
  diagnostics.warning(
      fmt::format("{} columns cannot be shared out among converters '{}' that take {} each", *columns, adc.name,
                  shared_by),
      adc.where, fmt::format("shared_by: {} would", fewer),
      {fmt::format("counted are {:g} of them", static_cast<double>(*columns) / static_cast<double>(shared_by))});
}

/// "the largest sum is 384 = 128 rows x 3 x 1", with what makes it one of either sign.
std::string describe(const ArraySlicing& array, const ColumnSums& sums) {
  std::string text = fmt::format("the largest sum is {} = {} {} x {} x {}", sums.largest(), sums.terms,
                                 array.rows_per_input() > 1 ? "pairs of rows"
                                 : array.active_rows        ? "active rows"
                                                            : "rows",
                                 sums.weight, sums.input);
  if (sums.either_sign) text += fmt::format(", the smallest -{}", sums.largest());
  if (sums.spacing > 1) text += fmt::format(", in steps of {}", sums.spacing);
  return text;
}

void check_adc(const Architecture& architecture, Diagnostics& diagnostics) {
  const ArraySlicing& array = *architecture.array;
  const Node& cells = architecture.node(array.cells);
  const Node* adc = data_converter(architecture, Role::output);
  if (adc == nullptr) {
    if (cells.class_name == "ideal") return;
    diagnostics.error(fmt::format("nothing digitises the columns of array '{}'", cells.name), cells.where,
                      "needs an ADC above it that passes the output",
                      {"as in !Converter {name: adc, class: adc, passes: output, resolution: 8 bit}"});
    return;
  }
  check_sharing(architecture, *adc, diagnostics);
  if (!resolution(*adc)) return;
  const ColumnSums sums = column_sums(array, architecture.bits.input);
  if (*resolution(*adc) >= sums.bits() - spared_bits) return;
  diagnostics.warning(fmt::format("'{}' has {} bit and cannot tell all sums of a column of '{}' apart", adc->name,
                                  *resolution(*adc), cells.name),
                      adc->attributes.at("resolution").where, fmt::format("{} bit could", sums.bits()),
                      {describe(array, sums)});
}

/// Converters of no bits, and of more than any has. An array says how many its sums need.
bool check_resolutions(const Architecture& architecture, Diagnostics& diagnostics) {
  bool good = true;
  for (const Node& node : architecture.nodes) {
    const std::optional<int> bits = node.as<Converter>() == nullptr ? std::nullopt : resolution(node);
    if (!bits || (*bits >= 1 && *bits <= finest_resolution)) continue;
    good = false;
    std::string useful = "1 to 16 bit";
    if (architecture.array && &node == data_converter(architecture, Role::output)) {
      ArraySlicing array = *architecture.array;
      const Node* dac = data_converter(architecture, Role::input);
      const int slice = dac == nullptr ? architecture.bits.input : resolution(*dac).value_or(architecture.bits.input);
      array.input_slice_bits = std::clamp(slice, 1, finest_resolution);
      useful += fmt::format("; {} bit tell all sums of a column of '{}' apart",
                            column_sums(array, architecture.bits.input).bits(), architecture.node(array.cells).name);
    }
    diagnostics.error(fmt::format("converter '{}' cannot have {} bit", node.name, *bits),
                      node.attributes.at("resolution").where, useful);
  }
  return good;
}

void take_input_slices(Architecture& architecture, Diagnostics& diagnostics) {
  const Node* dac = data_converter(architecture, Role::input);
  const std::optional<int> bits = dac == nullptr ? std::nullopt : resolution(*dac);
  ArraySlicing& array = *architecture.array;
  array.input_slice_bits = std::min(bits.value_or(architecture.bits.input), architecture.bits.input);
  if (bits && *bits < architecture.bits.input && array.input_encoding == InputEncoding::analog) {
    diagnostics.error(fmt::format("analog inputs of '{}' have {} bit and enter in one step, but '{}' has {} bit",
                                  architecture.node(array.cells).name, architecture.bits.input, dac->name, *bits),
                      dac->attributes.at("resolution").where, fmt::format("at least {} bit", architecture.bits.input),
                      {"inputs that enter in slices are unsigned or signed"});
  }
  if (!bits && array.input_slice_bits > 16) {
    diagnostics.error(fmt::format("array '{}' would take {}-bit inputs in one step",
                                  architecture.node(array.cells).name, array.input_slice_bits),
                      architecture.node(array.cells).where,
                      "add a DAC above it that passes the input, of at most 16 bit");
    array.input_slice_bits = 16;
  }
}

/// A converter above the outermost memory that may keep a role sees none of its values.
void warn_of_idle(const Architecture& architecture, Diagnostics& diagnostics) {
  ByRole<bool> stored = {false, false, false};
  for (const Node& node : architecture.nodes) {
    if (const auto* memory = node.as<Memory>()) {
      for (const Role role : all_roles) {
        stored[role_index(role)] |= memory->placement[role_index(role)] != Placement::bypass;
      }
    }
    const auto* converter = node.as<Converter>();
    if (converter == nullptr) continue;
    for (const Role role : all_roles) {
      if (!converter->passes[role_index(role)] || stored[role_index(role)]) continue;
      diagnostics.warning(fmt::format("no {} passes '{}'", to_string(role), node.name), node.where,
                          "it stands above every memory that could hold one");
    }
  }
}

}  // namespace

void check_converters(Architecture& architecture, Diagnostics& diagnostics) {
  warn_of_idle(architecture, diagnostics);
  if (!check_resolutions(architecture, diagnostics) || !architecture.array) return;
  take_input_slices(architecture, diagnostics);
  check_adc(architecture, diagnostics);
}

}  // namespace ohmloop
