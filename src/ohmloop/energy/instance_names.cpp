#include "ohmloop/energy/instance_names.hpp"

#include <algorithm>
#include <charconv>

namespace ohmloop {
namespace {

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

/// "3" or "0..167".
std::optional<InstanceName::Range> parse_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  const bool single = dots == std::string_view::npos;
  const std::optional<std::int64_t> first = whole_number(text.substr(0, dots));
  const std::optional<std::int64_t> last = single ? first : whole_number(text.substr(dots + 2));
  if (!first || !last || *last < *first) return std::nullopt;
  return InstanceName::Range{0, *first, *last};
}

/// Whether all instances of `some` are instances of `all`; where `some` says nothing it means all.
bool covers(const InstanceName& all, const InstanceName& some) {
  return std::all_of(some.ranges.begin(), some.ranges.end(), [&](const InstanceName::Range& wanted) {
    return std::any_of(all.ranges.begin(), all.ranges.end(), [&](const InstanceName::Range& range) {
      return range.at == wanted.at && range.first <= wanted.first && wanted.last <= range.last;
    });
  });
}

}  // namespace

InstanceName parse_instance_name(std::string_view name) {
  InstanceName result;
  while (!name.empty()) {
    const std::size_t open = name.find('[');
    const std::size_t close = name.find(']', open == std::string_view::npos ? name.size() : open);
    if (close == std::string_view::npos) break;
    result.base += name.substr(0, open);
    if (std::optional<InstanceName::Range> range = parse_range(name.substr(open + 1, close - open - 1))) {
      range->at = result.base.size();
      result.ranges.push_back(*range);
    } else {
      result.base += name.substr(open, close - open + 1);
    }
    name.remove_prefix(close + 1);
  }
  result.base += name;
  return result;
}

InstanceIndex::InstanceIndex(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    equal_.emplace(names[i], i);
    InstanceName name = parse_instance_name(names[i]);
    std::string base = name.base;
    by_base_.emplace(std::move(base), Entry{std::move(name), i});
  }
}

std::optional<std::size_t> InstanceIndex::find(std::string_view name) const {
  const auto same = equal_.find(name);
  if (same != equal_.end()) return same->second;
  const InstanceName wanted = parse_instance_name(name);
  std::optional<std::size_t> found;
  const auto [first, last] = by_base_.equal_range(wanted.base);
  for (auto entry = first; entry != last; ++entry) {
    if (!covers(entry->second.name, wanted)) continue;
    if (found) return std::nullopt;
    found = entry->second.place;
  }
  return found;
}

}  // namespace ohmloop
