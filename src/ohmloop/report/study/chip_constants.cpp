#include "ohmloop/report/study/chip_constants.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/report/page/page_constants.hpp"
#include "ohmloop/report/study/figure_series.hpp"
#include "ohmloop/study/chip.hpp"
#include "ohmloop/study/point_space.hpp"

namespace ohmloop {
namespace {

/// One constant with all of its values, in the order in which chips gave them.
struct Values {
  std::string name;
  std::vector<std::pair<PageConstant, std::string>> values;  ///< with the chip's label
};

void add(std::vector<Values>& all, const PageConstant& constant, const std::string& label) {
  auto known = std::find_if(all.begin(), all.end(), [&](const Values& one) { return one.name == constant.name; });
  if (known == all.end()) known = all.insert(known, Values{constant.name, {}});
  const bool is_known = std::any_of(known->values.begin(), known->values.end(), [&](const auto& one) {
    return one.first.value == constant.value && one.first.source == constant.source;
  });
  if (!is_known) known->values.emplace_back(constant, label);
}

std::string label_of(const StudyAxis& axis, std::size_t value) {
  return fmt::format("{} = {}", fmt::join(axis.columns, " = "), axis.values[value].text);
}

/// The first choice, and those that differ from it in the value of one key.
std::vector<std::pair<PointSpace::Choice, std::string>> choices_of(const StudyPart& part, std::size_t architecture) {
  PointSpace::Choice first(part.axes.size(), 0);
  std::string first_label;
  for (std::size_t i = 0; i < part.axes.size(); ++i) {
    if (part.axes[i].kind == AxisKind::architecture) first[i] = architecture;
    if (!part.axes[i].keys().empty()) first_label += (first_label.empty() ? "" : ", ") + label_of(part.axes[i], 0);
  }
  std::vector<std::pair<PointSpace::Choice, std::string>> choices = {{first, first_label}};
  for (std::size_t i = 0; i < part.axes.size(); ++i) {
    if (part.axes[i].keys().empty()) continue;
    for (std::size_t value = 1; value < part.axes[i].values.size() && choices.size() < most_chips; ++value) {
      PointSpace::Choice choice = first;
      choice[i] = value;
      choices.emplace_back(std::move(choice), label_of(part.axes[i], value));
    }
  }
  return choices;
}

}  // namespace

std::vector<PageConstant> chip_constants(const Study& study, const StudyInputs& inputs, const Registry& registry,
                                         const StudyNotesOptions& options) {
  std::vector<Values> all;
  for (std::size_t part = 0; part < study.parts.size(); ++part) {
    const PointSpace space(study.parts[part]);
    const std::vector<SourceFilePtr>& sources = inputs.parts[part].architectures;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const std::string chip =
          series_word("architecture", study.parts[part].axis(AxisKind::architecture)->values[i].text);
      for (const auto& [choice, label] : choices_of(study.parts[part], i)) {
        if (options.stop && options.stop()) return {};
        const Chip read = read_chip(sources[i], space.overrides(choice), registry);
        if (!read.description) continue;
        for (PageConstant& one : page_constants(read.description->architecture, read.description->tables)) {
          one.name = fmt::format("{}, {}", chip, one.name);
          add(all, one, label);
        }
      }
    }
  }
  std::vector<PageConstant> constants;
  for (Values& each : all) {
    for (auto& [constant, label] : each.values) {
      if (each.values.size() > 1 && !label.empty()) constant.name += fmt::format(" ({})", label);
      constants.push_back(std::move(constant));
    }
  }
  return constants;
}

}  // namespace ohmloop
