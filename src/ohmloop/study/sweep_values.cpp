#include "ohmloop/study/sweep_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "ohmloop/text/expression.hpp"

namespace ohmloop {

namespace {

struct Suffix {
  std::string_view name;
  double factor;
};
constexpr std::array<Suffix, 6> suffixes = {
    {{"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"Ki", 1024.0}, {"Mi", 1048576.0}, {"Gi", 1073741824.0}}};

/// A number in front of a text, and what follows it without blanks.
struct Split {
  double number = 0;
  std::string rest;
};

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::optional<Split> split(const std::string& text) {
  Split result;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result.number);
  if (error != std::errc()) return std::nullopt;
  result.rest = trimmed(std::string(end, text.data() + text.size()));
  return result;
}

const Suffix* find_suffix(const std::string& text) {
  const auto* found =
      std::find_if(suffixes.begin(), suffixes.end(), [&](const Suffix& one) { return one.name == text; });
  return found == suffixes.end() ? nullptr : found;
}

/// "KiB", "kbit", "MHz": a unit with one of the prefixes in front.
bool has_prefix(const std::string& unit) {
  return std::any_of(suffixes.begin(), suffixes.end(), [&](const Suffix& one) { return unit.starts_with(one.name); });
}

class SweepReader {
 public:
  SweepReader(const SourceSpan& where, Diagnostics& diagnostics) : where_(where), diagnostics_(diagnostics) {}

  std::vector<Value> list(const std::string& text) {
    std::vector<Value> values;
    for (std::size_t start = 0; start <= text.size();) {
      const std::size_t end = std::min(text.find(',', start), text.size());
      const std::string item = trimmed(text.substr(start, end - start));
      if (const std::optional<Value> value = parse_attribute_value(item, where_, diagnostics_))
        values.push_back(*value);
      start = end + 1;
    }
    return values;
  }

  std::vector<Value> range(std::string first, const std::string& last) {
    const std::optional<Split> high = split(last);
    const std::optional<Split> low = split(first);
    if (!high || !low) return fail("expected a range of numbers, as in 2..10 or 1k..1M");
    if (low->rest.empty() && find_suffix(high->rest) == nullptr) first += fmt::format(" {}", high->rest);
    const std::optional<Value> from = parse_attribute_value(trimmed(first), where_, diagnostics_);
    const std::optional<Value> to = parse_attribute_value(last, where_, diagnostics_);
    if (!from || !to) return {};
    const auto* begin = std::get_if<Quantity>(&*from);
    const auto* end = std::get_if<Quantity>(&*to);
    if (begin == nullptr || end == nullptr || begin->dimension != end->dimension) {
      return fail("both ends of a range need the same kind of unit");
    }
    if (begin->value <= 0 || end->value < begin->value)
      return fail("a range goes from a number above 0 to a larger one");
    constexpr double wide = 32;
    const bool doubling = has_prefix(low->rest) || has_prefix(high->rest) || end->value >= wide * begin->value;
    return doubling ? doubled(*begin, *end) : stepped(*begin, *end, end->value / high->number);
  }

 private:
  std::vector<Value> fail(const std::string& message) {
    diagnostics_.error(message, where_);
    return {};
  }

  static std::vector<Value> doubled(const Quantity& begin, const Quantity& end) {
    std::vector<Value> values;
    for (double value = begin.value; value < end.value; value *= 2) values.emplace_back(Quantity{value, end.dimension});
    values.emplace_back(end);
    return values;
  }

  std::vector<Value> stepped(const Quantity& begin, const Quantity& end, double step) {
    constexpr double slack = 1e-9;
    const double steps = (end.value - begin.value) / step + slack;
    if (steps >= static_cast<double>(max_sweep_points)) {
      return fail(fmt::format("the range has more than {} values", max_sweep_points));
    }
    std::vector<Value> values;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(steps); ++i) {
      values.emplace_back(Quantity{begin.value + static_cast<double>(i) * step, end.dimension});
    }
    return values;
  }

  const SourceSpan& where_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::optional<Value> parse_attribute_value(const std::string& text, const SourceSpan& where, Diagnostics& diagnostics) {
  if (text.empty()) {
    diagnostics.error("a value is missing", where);
    return std::nullopt;
  }
  const std::optional<Split> number = split(text);
  const Suffix* suffix = number ? find_suffix(number->rest) : nullptr;
  if (suffix != nullptr) return Quantity{number->number * suffix->factor, dimension::none};
  YamlNode scalar;
  scalar.kind = YamlNode::Kind::scalar;
  scalar.scalar = text;
  scalar.span = where;
  EmptyScope scope;
  return evaluate(scalar, scope, diagnostics);
}

std::vector<Value> parse_sweep(const std::string& text, const SourceSpan& where, Diagnostics& diagnostics) {
  SweepReader reader(where, diagnostics);
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) return reader.list(text);
  return reader.range(trimmed(text.substr(0, dots)), trimmed(text.substr(dots + 2)));
}

}  // namespace ohmloop
