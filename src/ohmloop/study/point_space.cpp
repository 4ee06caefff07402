#include "ohmloop/study/point_space.hpp"

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {

namespace {

bool is_of_chip(const StudyAxis& axis) { return axis.kind == AxisKind::architecture || !axis.keys().empty(); }

ParsedAxis parsed_axis(const StudyAxis& axis) {
  ParsedAxis parsed;
  parsed.where = axis.where;
  parsed.axis.keys = axis.keys();
  parsed.keys.assign(axis.keys().size(), axis.where);
  const std::string unit = axis.sets.empty() ? "" : " bit";
  for (const AxisValue& value : axis.values) parsed.axis.values.emplace_back(value.text + unit);
  return parsed;
}

ParsedAxis fixed_axis(const PlacedText& word) {
  const std::size_t equals = word.text.find('=');
  ParsedAxis parsed;
  parsed.where = word.where;
  parsed.axis.keys = {word.text.substr(0, equals)};
  parsed.keys = {word.where};
  parsed.axis.values = {Value(word.text.substr(equals + 1))};
  return parsed;
}

/// The number of the choice among those that differ in these axes only.
template <class Counts>
std::uint64_t folded(const StudyPart& part, const PointSpace::Choice& choice, const Counts& counts) {
  std::uint64_t index = 0;
  for (std::size_t i = 0; i < part.axes.size(); ++i) {
    if (counts(part.axes[i])) index = index * part.axes[i].values.size() + choice[i];
  }
  return index;
}

}  // namespace

PointSpace::PointSpace(const StudyPart& part) : part_(part) {
  for (const PlacedText& word : part.set) chip_axes_.push_back(fixed_axis(word));
  std::int64_t size = 1;
  for (const StudyAxis& axis : part.axes) {
    if (!axis.keys().empty()) chip_axes_.push_back(parsed_axis(axis));
    size = checked_multiply(size, static_cast<std::int64_t>(axis.values.size()));
    if (is_of_chip(axis)) chips_ *= axis.values.size();
  }
  size_ = static_cast<std::uint64_t>(size);
}

PointSpace::Choice PointSpace::choice(std::uint64_t point) const {
  Choice choice(part_.axes.size());
  for (std::size_t i = choice.size(); i-- > 0;) {
    choice[i] = point % part_.axes[i].values.size();
    point /= part_.axes[i].values.size();
  }
  return choice;
}

std::size_t PointSpace::value_index(const Choice& choice, AxisKind kind) const {
  for (std::size_t i = 0; i < choice.size(); ++i) {
    if (part_.axes[i].kind == kind) return choice[i];
  }
  return 0;
}

std::uint64_t PointSpace::chip(const Choice& choice) const { return folded(part_, choice, is_of_chip); }

std::uint64_t PointSpace::accuracy(const Choice& choice) const {
  return folded(part_, choice,
                [](const StudyAxis& axis) { return axis.kind == AxisKind::network || is_of_accuracy(axis.kind); });
}

std::vector<PlacedText> PointSpace::overrides(const Choice& choice) const {
  std::vector<std::size_t> values(part_.set.size(), 0);
  for (std::size_t i = 0; i < choice.size(); ++i) {
    if (!part_.axes[i].keys().empty()) values.push_back(choice[i]);
  }
  return overrides_at(chip_axes_, values, {});
}

double count_points(const Study& study) {
  double all = 0;
  for (const StudyPart& part : study.parts) {
    double points = 1;
    for (const StudyAxis& axis : part.axes) points *= static_cast<double>(axis.values.size());
    all += points;
  }
  return all;
}

std::string product_text(const Study& study) {
  std::string text;
  for (const StudyPart& part : study.parts) {
    std::string product;
    for (const StudyAxis& axis : part.axes) {
      const std::size_t count = axis.values.size();
      if (axis.kind == AxisKind::network) {
        product += fmt::format("{}{} {}", product.empty() ? "" : " x ", count, count == 1 ? "network" : "networks");
      } else if (count > 1) {
        product += fmt::format("{}{}", product.empty() ? "" : " x ", count);
      }
    }
    text += fmt::format("{}{}", text.empty() ? "" : " + ", product);
  }
  return text;
}

}  // namespace ohmloop
