#include "ohmloop/study/read_study_axes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/study/number_lists.hpp"
#include "ohmloop/study/sweep_values.hpp"
#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

/// Of all axes of a part: a file of a few lines may ask for any number.
constexpr std::int64_t most_values = 20'000;
constexpr std::uint64_t most_seed = std::uint64_t{1} << 53U;

AxisKind kind_of(std::string_view name) {
  if (name == "network") return AxisKind::network;
  if (name == "architecture") return AxisKind::architecture;
  if (name == "noise") return AxisKind::noise;
  if (name == "weight_bits") return AxisKind::weight_bits;
  if (name == "input_bits") return AxisKind::input_bits;
  return name == "seed" ? AxisKind::seed : AxisKind::keys;
}

/// A word and where it stands: the items of a list, or the one scalar.
std::vector<PlacedText> words_of(const YamlNode& node, const std::string& what, Diagnostics& diagnostics) {
  std::vector<PlacedText> words;
  const auto add = [&](const YamlNode& one) {
    if (one.is_scalar() && !one.scalar.empty()) {
      words.push_back({one.scalar, one.span});
    } else {
      diagnostics.error(fmt::format("expected a value of {}, found {}", what, kind_name(one)), one.span);
    }
  };
  if (node.is_sequence()) {
    for (const YamlNode& item : node.items) add(item);
    if (node.items.empty()) {
      diagnostics.error(fmt::format("{} has no values, so there are no points", what), node.span);
    }
  } else {
    add(node);
  }
  return words;
}

void check_count(std::size_t count, const std::string& what, const SourceSpan& where, Diagnostics& diagnostics) {
  if (count <= max_sweep_points) return;
  diagnostics.error(fmt::format("{} has {} values", what, format_count(static_cast<std::int64_t>(count))), where,
                    fmt::format("at most {}", format_count(max_sweep_points)));
}

AxisValue value_of(const Value& value, const SourceSpan& where) {
  AxisValue one = {to_string(value), std::nullopt, where};
  const auto* number = std::get_if<Quantity>(&value);
  if (number != nullptr && number->dimension == dimension::none) one.number = number->value;
  return one;
}

/// "FROM:TO:STEP", with a unit behind the last number that holds for all.
std::vector<AxisValue> stepped_values(const PlacedText& word, Diagnostics& diagnostics) {
  const std::size_t last = word.text.rfind(':') + 1;
  double step = 0;
  const char* const end_of_text = word.text.data() + word.text.size();
  const auto [end, error] = std::from_chars(word.text.data() + last, end_of_text, step);
  const std::string unit = error == std::errc() ? std::string(end, end_of_text) : std::string();
  std::vector<AxisValue> values;
  for (const double each : parse_amplitudes(std::string_view(word.text).substr(0, word.text.size() - unit.size()),
                                            word.where, diagnostics)) {
    if (const auto value = parse_attribute_value(shortest_double(each) + unit, word.where, diagnostics)) {
      values.push_back(value_of(*value, word.where));
    }
  }
  return values;
}

/// Numbers and a colon between them; a text such as "a:b" is a value.
bool is_stepped(std::string_view text) {
  return std::count(text.begin(), text.end(), ':') == 2 && text.front() >= '0' && text.front() <= '9';
}

std::vector<AxisValue> key_values(const std::vector<PlacedText>& words, bool is_list, Diagnostics& diagnostics) {
  std::vector<AxisValue> values;
  for (const PlacedText& word : words) {
    if (values.size() > max_sweep_points) break;  // that is told of the whole axis
    if (is_stepped(word.text)) {
      const std::vector<AxisValue> more = stepped_values(word, diagnostics);
      values.insert(values.end(), more.begin(), more.end());
    } else if (is_list) {
      const auto value = parse_attribute_value(word.text, word.where, diagnostics);
      if (value) values.push_back(value_of(*value, word.where));
    } else {
      for (const Value& value : parse_sweep(word.text, word.where, diagnostics)) {
        values.push_back(value_of(value, word.where));
      }
    }
  }
  return values;
}

std::vector<AxisValue> amplitude_values(const std::vector<PlacedText>& words, Diagnostics& diagnostics) {
  std::vector<AxisValue> values;
  for (const PlacedText& word : words) {
    if (values.size() > max_sweep_points) break;  // that is told of the whole axis
    for (const double each : parse_amplitudes(word.text, word.where, diagnostics)) {
      values.push_back({shortest_double(each), each, word.where});
    }
  }
  return values;
}

std::vector<AxisValue> bit_values(const std::vector<PlacedText>& words, Diagnostics& diagnostics) {
  std::vector<AxisValue> values;
  for (const PlacedText& word : words) {
    if (values.size() > max_sweep_points) break;  // that is told of the whole axis
    for (const std::optional<int> bits : parse_bits(word.text, word.where, diagnostics)) {
      values.push_back(bits ? AxisValue{std::to_string(*bits), *bits, word.where}
                            : AxisValue{"float", std::nullopt, word.where});
    }
  }
  return values;
}

std::vector<AxisValue> seed_values(const std::vector<PlacedText>& words, Diagnostics& diagnostics) {
  std::vector<AxisValue> values;
  const auto number = [](std::string_view text) -> std::optional<std::uint64_t> {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > most_seed) return std::nullopt;
    return value;
  };
  for (const PlacedText& word : words) {
    if (values.size() > max_sweep_points) break;  // that is told of the whole axis
    const std::size_t dots = word.text.find("..");
    const std::optional<std::uint64_t> first = number(std::string_view(word.text).substr(0, dots));
    const std::optional<std::uint64_t> last =
        dots == std::string::npos ? first : number(std::string_view(word.text).substr(dots + 2));
    if (!first || !last || *last < *first || *last - *first >= max_sweep_points) {
      diagnostics.error(fmt::format("'{}' is no seed", word.text), word.where, "expected a whole number, or 1..5");
      continue;
    }
    for (std::uint64_t seed = *first; seed <= *last; ++seed) {
      values.push_back({std::to_string(seed), static_cast<double>(seed), word.where});
    }
  }
  return values;
}

class AxesReader {
 public:
  explicit AxesReader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void read(const YamlEntry& entry) {
    const AxisKind kind = kind_of(entry.key);
    if (kind == AxisKind::network || kind == AxisKind::architecture) {
      if (auto axis = read_name_axis(entry, kind, diagnostics_)) add(*std::move(axis));
      return;
    }
    if (kind == AxisKind::noise) {
      read_noise(entry);
      return;
    }
    StudyAxis axis = named(entry, kind);
    if (kind == AxisKind::keys) read_keys(entry, axis);
    const std::string what = fmt::format("axis '{}'", entry.key);
    const bool is_of_bits = kind == AxisKind::weight_bits || kind == AxisKind::input_bits;
    if (is_of_bits && entry.value.is_map()) {
      read_tied_bits(entry, axis);
      return;
    }
    const std::vector<PlacedText> words = words_of(entry.value, what, diagnostics_);
    if (kind == AxisKind::keys) axis.values = key_values(words, entry.value.is_sequence(), diagnostics_);
    if (is_of_bits) axis.values = bit_values(words, diagnostics_);
    if (kind == AxisKind::seed) axis.values = seed_values(words, diagnostics_);
    add(std::move(axis));
  }

  ReadAxes take() { return std::move(result_); }

 private:
  static StudyAxis named(const YamlEntry& entry, AxisKind kind) {
    StudyAxis axis;
    axis.name = entry.key;
    axis.kind = kind;
    axis.where = entry.key_span;
    axis.columns = {entry.key};
    return axis;
  }

  /// Bits of the chip as well, so that energy and accuracy follow one number.
  void read_tied_bits(const YamlEntry& entry, StudyAxis& axis) {
    EmptyScope scope;
    MapReader keys(entry.value, fmt::format("axis '{}'", entry.key), scope, diagnostics_);
    if (const YamlNode* bits = keys.required_node("bits")) {
      axis.values = bit_values(words_of(*bits, "'bits'", diagnostics_), diagnostics_);
    }
    if (const YamlNode* sets = keys.required_node("sets")) {
      for (const PlacedText& word : words_of(*sets, "'sets'", diagnostics_)) axis.sets.push_back(word.text);
    }
    keys.finish();
    for (const AxisValue& value : axis.values) {
      if (value.number) continue;
      diagnostics_.error(fmt::format("'{}' is no number of bits that a chip can have", value.text), value.where,
                         "expected 1 to 16 beside 'sets'");
    }
    add(std::move(axis));
  }

  void read_keys(const YamlEntry& entry, StudyAxis& axis) {
    axis.columns.clear();
    for (std::size_t start = 0; start <= entry.key.size();) {
      const std::size_t end = std::min(entry.key.find(',', start), entry.key.size());
      std::string key = entry.key.substr(start, end - start);
      while (key.starts_with(' ')) key.erase(0, 1);
      while (key.ends_with(' ')) key.pop_back();
      if (key.empty() || key.find('=') != std::string::npos) {
        diagnostics_.error(fmt::format("'{}' is no key of an architecture", key), entry.key_span,
                           "as in rows or rows,columns or adc.resolution");
      }
      axis.columns.push_back(std::move(key));
      start = end + 1;
    }
  }

  void read_noise(const YamlEntry& entry) {
    static const std::array<std::string, 2> kinds = {"fixed", "rescaled"};
    if (!entry.value.is_map()) {
      diagnostics_.error(fmt::format("expected a map behind 'noise', found {}", kind_name(entry.value)),
                         entry.value.span, "as in {kind: rescaled, sigma: 0:0.2:0.02}");
      return;
    }
    EmptyScope scope;
    MapReader keys(entry.value, "axis 'noise'", scope, diagnostics_);
    const bool has_kind = keys.required_node("kind") != nullptr;
    const std::optional<std::string> kind = has_kind ? keys.choice("kind", kinds) : std::nullopt;
    const YamlNode* sigma = keys.required_node("sigma");
    keys.finish();
    StudyAxis axis = named(entry, AxisKind::noise);
    if (sigma != nullptr) axis.values = amplitude_values(words_of(*sigma, "'sigma'", diagnostics_), diagnostics_);
    if (!kind) return;
    result_.noise = *kind == "fixed" ? NoiseKind::fixed : NoiseKind::rescaled;
    StudyAxis kinds_axis = named(entry, AxisKind::noise_kind);
    kinds_axis.name = "noise_kind";
    kinds_axis.columns = {"noise_kind"};
    kinds_axis.values = {{*kind, std::nullopt, keys.key_span("kind")}};
    add(std::move(kinds_axis));
    add(std::move(axis));
  }

  void refuse_twice(const StudyAxis& axis, const std::vector<std::string>& names,
                    std::map<std::string, std::string>& known) {
    for (const std::string& name : names) {
      if (name.empty() || known.insert({name, axis.name}).second) continue;
      diagnostics_.error(fmt::format("'{}' is given twice", name), axis.where,
                         fmt::format("axis '{}' gives it, too", known[name]));
    }
  }

  void add(StudyAxis axis) {
    if (axis.kind != AxisKind::keys) refuse_twice(axis, axis.columns, columns_);
    refuse_twice(axis, axis.keys(), keys_);
    check_count(axis.values.size(), fmt::format("axis '{}'", axis.name), axis.where, diagnostics_);
    values_ += axis.values.size();
    if (values_ > static_cast<std::size_t>(most_values)) {
      if (!told_)
        diagnostics_.error("the axes have too many values", axis.where,
                           fmt::format("at most {} in all", format_count(most_values)));
      told_ = true;
      return;
    }
    if (!axis.values.empty()) result_.axes.push_back(std::move(axis));
  }

  Diagnostics& diagnostics_;
  ReadAxes result_;
  std::map<std::string, std::string> columns_;
  std::map<std::string, std::string> keys_;
  std::size_t values_ = 0;
  bool told_ = false;
};

}  // namespace

std::optional<StudyAxis> read_name_axis(const YamlEntry& entry, AxisKind kind, Diagnostics& diagnostics) {
  StudyAxis axis;
  axis.name = kind == AxisKind::network ? "network" : "architecture";
  axis.kind = kind;
  axis.columns = {axis.name};
  axis.where = entry.key_span;
  for (const PlacedText& word : words_of(entry.value, fmt::format("'{}'", entry.key), diagnostics)) {
    const bool known = std::any_of(axis.values.begin(), axis.values.end(),
                                   [&](const AxisValue& one) { return one.text == word.text; });
    if (known) diagnostics.error(fmt::format("'{}' is given twice", word.text), word.where);
    axis.values.push_back({word.text, std::nullopt, word.where});
  }
  check_count(axis.values.size(), fmt::format("'{}'", entry.key), axis.where, diagnostics);
  if (axis.values.empty()) return std::nullopt;
  return axis;
}

ReadAxes read_axes(const YamlNode& map, Diagnostics& diagnostics) {
  AxesReader reader(diagnostics);
  if (!map.is_map()) {
    diagnostics.error(fmt::format("expected a map behind 'axes', found {}", kind_name(map)), map.span,
                      "as in {'rows,columns': [128, 256], adc: 4..8 bit}");
    return {};
  }
  for (const YamlEntry& entry : map.entries) reader.read(entry);
  return reader.take();
}

}  // namespace ohmloop
