#include "ohmloop/report/study/study_notes.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/report/provenance_json.hpp"
#include "ohmloop/report/study/chip_constants.hpp"
#include "ohmloop/report/study/figure_series.hpp"
#include "ohmloop/report/study/note_json.hpp"
#include "ohmloop/report/study/one_chip_figures.hpp"
#include "ohmloop/study/chip.hpp"
#include "ohmloop/study/point_space.hpp"

namespace ohmloop {
namespace {

constexpr const char* constants_note = "constants";
constexpr std::array<std::string_view, 3> kind_names = {"published", "fitted", "predicted"};

Json constants_json(const std::vector<PageConstant>& constants) {
  Json list = Json::array();
  for (const PageConstant& one : constants) {
    list.push_back({{"name", one.name},
                    {"value", one.value},
                    {"unit", one.unit},
                    {"source", one.source},
                    {"kind", kind_names.at(static_cast<std::size_t>(one.kind))}});
  }
  return list;
}

/// The first choice of a part that `only` allows; nothing if there is none.
std::optional<PointSpace::Choice> first_choice(const FigureRequest& figure, const StudyPart& part) {
  PointSpace::Choice choice;
  for (const StudyAxis& axis : part.axes) {
    const auto allowed = [&](const AxisValue& value) {
      return std::all_of(figure.only.begin(), figure.only.end(), [&](const auto& one) {
        const bool of_axis = std::find(axis.columns.begin(), axis.columns.end(), one.first) != axis.columns.end();
        return !of_axis || value.text == one.second;
      });
    };
    const auto value = std::find_if(axis.values.begin(), axis.values.end(), allowed);
    if (value == axis.values.end()) return std::nullopt;
    choice.push_back(static_cast<std::size_t>(value - axis.values.begin()));
  }
  return choice;
}

/// "resnet18, pim, rows 128".
std::string place_of(const StudyPart& part, const PointSpace::Choice& choice) {
  std::string text;
  for (std::size_t i = 0; i < choice.size(); ++i) {
    if (is_of_accuracy(part.axes[i].kind)) continue;
    text += (text.empty() ? "" : ", ") + series_word(part.axes[i].columns.front(), part.axes[i].values[choice[i]].text);
  }
  return text;
}

Json layers_note(const FigureRequest& figure, const Study& study, const StudyInputs& inputs, const Registry& registry) {
  for (std::size_t i = 0; i < study.parts.size(); ++i) {
    const StudyPart& part = study.parts[i];
    if ((!figure.part.empty() && part.name != figure.part) || !part.wants(MetricKind::cost)) continue;
    const std::optional<PointSpace::Choice> choice = first_choice(figure, part);
    if (!choice) continue;
    const PointSpace space(part);
    const Chip chip = read_chip(inputs.parts[i].architectures[space.value_index(*choice, AxisKind::architecture)],
                                space.overrides(*choice), registry);
    if (!chip.description) return {{"problem", chip.failure}};
    const Network& network = inputs.parts[i].networks[space.value_index(*choice, AxisKind::network)];
    MapperOptions mapper;
    mapper.objective = part.objective;
    Json note = figure.kind == FigureKind::nest ? nest_note(network, figure.layer, *chip.description, mapper)
                                                : roofline_note(network, *chip.description, mapper);
    note["where"] = place_of(part, *choice);
    return note;
  }
  return {{"problem", "no point fits 'only'"}};
}

}  // namespace

std::string note_of(const FigureRequest& figure) { return fmt::format("{} {}", to_string(figure.kind), figure.name); }

std::map<std::string, std::string> study_notes(const Study& study, const StudyInputs& inputs, const Registry& registry,
                                               const StudyNotesOptions& options) {
  std::map<std::string, std::string> notes;
  notes[constants_note] = json_text(constants_json(chip_constants(study, inputs, registry, options)));
  for (const FigureRequest& figure : study.figures) {
    if (options.stop && options.stop()) break;
    if (spec_of(figure.kind).of_one_chip)
      notes[note_of(figure)] = json_text(layers_note(figure, study, inputs, registry));
  }
  return notes;
}

std::vector<PageConstant> constants_in(const std::map<std::string, std::string>& notes) {
  std::vector<PageConstant> constants;
  const auto text = notes.find(constants_note);
  if (text == notes.end()) return constants;
  const Json list = note_json(text->second);
  if (!list.is_array()) return constants;
  for (const Json& one : list) {
    PageConstant constant = {text_in(one, "name"), number_in(one, "value"), text_in(one, "unit"),
                             text_in(one, "source")};
    const auto* kind = std::find(kind_names.begin(), kind_names.end(), text_in(one, "kind"));
    if (kind != kind_names.end()) constant.kind = static_cast<PageConstant::Kind>(kind - kind_names.begin());
    constants.push_back(std::move(constant));
  }
  return constants;
}

}  // namespace ohmloop
