#include "ohmloop/energy/action_arguments.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

std::vector<std::string> names_of(const std::vector<ArgumentRange>& ranges) {
  std::vector<std::string> names;
  names.reserve(ranges.size());
  for (const ArgumentRange& range : ranges) names.push_back(range.name);
  return names;
}

const ArgumentRange* find_range(const std::vector<ArgumentRange>& ranges, const std::string& name) {
  const auto found =
      std::find_if(ranges.begin(), ranges.end(), [&](const ArgumentRange& each) { return each.name == name; });
  return found == ranges.end() ? nullptr : &*found;
}

double value_count(const ArgumentRange& range) { return std::floor(range.high) - std::ceil(range.low) + 1; }

/// The next combination; false after the last one.
bool advance(const std::vector<ArgumentRange>& ranges, ActionArguments& arguments) {
  for (std::size_t i = ranges.size(); i-- > 0;) {
    double& value = arguments[ranges[i].name];
    if (++value <= ranges[i].high) return true;
    value = std::ceil(ranges[i].low);
  }
  return false;
}

}  // namespace

std::optional<std::vector<ArgumentRange>> argument_ranges(const ActionSpec& action, const ComponentInstance& instance,
                                                          Diagnostics& diagnostics) {
  std::vector<ArgumentRange> ranges;
  for (const ActionArgumentSpec& spec : action.arguments) {
    ArgumentRange range{spec.name, spec.low, spec.high};
    const auto highest = instance.attributes.find(spec.high_attribute);
    if (highest != instance.attributes.end()) {
      if (const auto* quantity = std::get_if<Quantity>(&highest->second.value)) range.high = quantity->value;
    }
    if (std::isfinite(range.high) && value_count(range) >= 1) {
      ranges.push_back(range);
      continue;
    }
    diagnostics.error(fmt::format("argument '{}' of '{}' of {} has no value", spec.name, action.name, instance.what),
                      instance.where, fmt::format("its values go from {:g} to {:g}", range.low, range.high));
    return std::nullopt;
  }
  return ranges;
}

bool check_arguments(const WantedAction& wanted, const std::vector<ArgumentRange>& ranges, const std::string& owner,
                     const SourceSpan& where, Diagnostics& diagnostics) {
  const SourceSpan& place = wanted.where.empty() ? where : wanted.where;
  const std::vector<std::string> known = names_of(ranges);
  bool good = true;
  const auto fail = [&](const std::string& message, const std::string& label) {
    diagnostics.error(message, place, label,
                      {known.empty() ? fmt::format("'{}' has no arguments", wanted.name)
                                     : fmt::format("arguments of '{}': {}", wanted.name, list_names(known))});
    good = false;
  };
  for (const auto& [name, value] : wanted.arguments) {
    const ArgumentRange* range = find_range(ranges, name);
    if (range == nullptr) {
      fail(fmt::format("'{}' of {} has no argument '{}'", wanted.name, owner, name), did_you_mean(name, known));
    } else if (value < range->low || value > range->high || value != std::floor(value)) {
      fail(fmt::format("'{}' is out of range in '{}' of {}", name, wanted.name, owner),
           fmt::format("{:g} is no whole number from {:g} to {:g}", value, range->low, range->high));
    }
  }
  for (const ArgumentRange& range : ranges) {
    if (wanted.arguments.empty() || wanted.arguments.contains(range.name)) continue;
    fail(fmt::format("'{}' of {} needs argument '{}', too", wanted.name, owner, range.name),
         fmt::format("give all of its arguments, or none for the costliest case"));
  }
  return good;
}

std::optional<std::vector<ActionArguments>> argument_combinations(const std::vector<ArgumentRange>& ranges,
                                                                  const std::string& action, const std::string& owner,
                                                                  const SourceSpan& where, Diagnostics& diagnostics) {
  double count = 1;
  for (const ArgumentRange& range : ranges) count *= value_count(range);
  if (!(count <= static_cast<double>(max_argument_combinations))) {
    diagnostics.error(fmt::format("the arguments of '{}' of {} have {:g} combinations", action, owner, count), where,
                      fmt::format("at most {} are enumerated: narrow the ranges", max_argument_combinations));
    return std::nullopt;
  }
  ActionArguments arguments;
  for (const ArgumentRange& range : ranges) arguments[range.name] = std::ceil(range.low);
  std::vector<ActionArguments> all = {arguments};
  while (advance(ranges, arguments)) all.push_back(arguments);
  return all;
}

std::string describe_arguments(const ActionArguments& arguments) {
  std::string text;
  for (const auto& [name, value] : arguments) text += fmt::format("{}{} {:g}", text.empty() ? "(" : ", ", name, value);
  return text.empty() ? text : text + ")";
}

}  // namespace ohmloop
