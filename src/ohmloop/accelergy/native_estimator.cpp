#include "ohmloop/accelergy/native_estimator.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "ohmloop/accelergy/primitive_classes.hpp"
#include "ohmloop/base/check.hpp"

namespace ohmloop {
namespace {

using Way = AttributeTranslation::Way;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::optional<double> plain(Query& query, std::string_view name) {
  const Value* value = query.value(name);
  const auto* quantity = value == nullptr ? nullptr : std::get_if<Quantity>(value);
  if (quantity == nullptr) return std::nullopt;
  const bool counted = quantity->dimension == dimension::none || quantity->dimension == dimension::bits;
  return counted ? std::optional(quantity->value) : std::nullopt;
}

/// Whether a library's value was taken because the component gives none: stated ones come first.
bool is_standard(const Query& query, std::string_view name) {
  const auto found = query.attributes().find(name);
  return found != query.attributes().end() && found->second.origin == AttributeOrigin::standard;
}

/// The first of several attributes that the component gives; a library's value only if it gives none.
std::optional<std::string_view> first_given(Query& query, const std::vector<std::string_view>& names) {
  std::optional<std::string_view> standard;
  for (const std::string_view name : names) {
    if (!query.attributes().contains(std::string(name))) continue;
    if (!is_standard(query, name)) return name;
    if (!standard) standard = name;
  }
  return standard;
}

Value bits(double number) { return Quantity{number, dimension::bits}; }

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::optional<Value> all_of(Query& query, const std::vector<std::string_view>& names, Way way) {
  double result = way == Way::capacity ? 1 : 0;
  for (const std::string_view name : names) {
    const std::optional<double> number = plain(query, name);
    if (!number) return std::nullopt;
    result = way == Way::capacity ? result * *number : result + *number;
  }
  return bits(result);
}

std::optional<Value> translate(Query& query, const AttributeTranslation& rule) {
  const std::vector<std::string_view> names = words_of(rule.from);
  if (rule.way == Way::capacity || rule.way == Way::sum_of_bits) return all_of(query, names, rule.way);
  const std::optional<std::string_view> name = first_given(query, names);
  if (!name) return std::nullopt;
  const Value* value = query.value(*name);
  if (value == nullptr) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(value);
  const auto* word = std::get_if<std::string>(value);
  switch (rule.way) {
    case Way::as_given:
      return *value;
    case Way::word:
      return word == nullptr ? std::nullopt : std::optional<Value>(lower_case(*word));
    case Way::rate:
      if (quantity == nullptr || quantity->dimension != dimension::time || quantity->value <= 0) return std::nullopt;
      return Quantity{1 / quantity->value, dimension::frequency};
    default:
      break;
  }
  const std::optional<double> number = plain(query, *name);
  if (!number) return std::nullopt;
  if (rule.way == Way::count) return Quantity{*number, dimension::none};
  return bits(rule.way == Way::twice_bits && *name == names.back() ? 2 * *number : *number);
}

const ClassTranslation* translation_of(std::string_view class_here) {
  const std::string there = class_name_there(class_here);
  for (const ClassTranslation& translation : class_translations()) {
    if (translation.there == there) return &translation;
  }
  return nullptr;
}

Rejection first_error(const Diagnostics& diagnostics, std::string_view class_name) {
  std::string reason = fmt::format("can't be asked about it as class {}", class_name);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.severity != Severity::error) continue;
    reason += ": " + diagnostic.message;
    if (!diagnostic.label.empty()) reason += ", " + diagnostic.label;
    break;
  }
  return {reason};
}

Answer answer_of(Choice choice) {
  if (choice.estimate) return std::move(*choice.estimate);
  if (choice.rejections.empty()) return Rejection{"know nothing of it"};
  return Rejection{fmt::format("say: {}", fmt::join(choice.rejections, "; "))};
}

/// As everywhere: a leakage that no source gives counts as 0 and is marked.
Estimate unknown_leakage(const Rejection& rejection) {
  Estimate estimate;
  estimate.unknown = true;
  estimate.provenance = {"native", "", "no leakage power is known; the estimators " + rejection.reason, false};
  return estimate;
}

/// For classes that cost nothing, whatever their attributes are: none was forgotten.
void touch_all(Query& query) {
  for (const auto& [name, attribute] : query.attributes()) static_cast<void>(query.value(name));
}

bool holds_nothing(const AttributeMap& attributes) {
  const auto size = attributes.find("size");
  const auto* bits_of_all = size == attributes.end() ? nullptr : std::get_if<Quantity>(&size->second.value);
  return bits_of_all != nullptr && bits_of_all->value == 0;
}

/// Mapping tools want a memory where none is; whoever knows better has the word.
Estimate nothing_there() {
  Estimate estimate;
  estimate.provenance = {"native", "no words, or words of no bits", "there is nothing to access", false};
  return estimate;
}

Estimate nothing_switches() {
  Estimate estimate;
  estimate.accuracy_percent = 50;
  estimate.provenance = {"native", "nothing switches", "the leakage power is charged by itself, not here", false};
  return estimate;
}

}  // namespace

std::vector<std::string> NativeEstimator::classes() const {
  std::vector<std::string> names;
  names.reserve(class_translations().size());
  for (const ClassTranslation& translation : class_translations()) names.push_back(class_name_here(translation.there));
  return names;
}

Answer NativeEstimator::estimate(Query& query) const {
  const ClassTranslation* translation = translation_of(query.component_class().name);
  if (translation == nullptr) return Rejection{"have no such class"};
  const ComponentClass* component_class = find_component_class(translation->here);
  OHM_CHECK(component_class != nullptr, "a primitive class is translated to one that does not exist");
  if (component_class->name == "ideal") touch_all(query);
  ComponentInstance instance;
  instance.class_name = component_class->name;
  instance.what = fmt::format("class {}", translation->there);
  for (const AttributeTranslation& rule : translation->attributes) {
    if (std::optional<Value> value = translate(query, rule)) {
      instance.attributes[std::string(rule.name)] = {.value = std::move(*value), .where = {}};
    }
  }
  const Value* technology = component_class->scales ? query.value("technology") : nullptr;
  if (technology != nullptr) instance.attributes["technology"] = {.value = *technology, .where = {}};
  if (holds_nothing(instance.attributes)) return nothing_there();
  Diagnostics own;
  if (!complete_attributes(*component_class, instance, own)) return first_error(own, component_class->name);
  return ask(query, *translation, instance.attributes);
}

Answer NativeEstimator::ask(Query& query, const ClassTranslation& translation, const AttributeMap& attributes) const {
  const ComponentClass& component_class = *find_component_class(translation.here);
  if (query.subject() != Query::Subject::energy) {
    if (query.subject() == Query::Subject::area && component_class.no_area) return Rejection{"count no area for it"};
    return answer_of(choose_estimate(registry_, component_class, attributes, query.subject()));
  }
  const std::string& name = query.action()->name;
  const auto action = std::find_if(translation.actions.begin(), translation.actions.end(),
                                   [&](const ActionTranslation& each) { return each.there == name; });
  if (action == translation.actions.end()) {
    return Rejection{fmt::format("have no counterpart of '{}' in class {}", name, component_class.name)};
  }
  if (action->here == "0") return nothing_switches();
  if (action->here == "leak") return leak(query, component_class, attributes);
  const ActionSpec* spec = component_class.action(action->here);
  OHM_CHECK(spec != nullptr, "an action is translated to one that does not exist: " + std::string(action->here));
  const ActionArguments& arguments = query.arguments();
  Answer answer = answer_of(choose_estimate(registry_, component_class, attributes, query.subject(), spec, {},
                                            spec->arguments.empty() ? nullptr : &arguments));
  auto* estimate = std::get_if<Estimate>(&answer);
  if (estimate == nullptr || spec->unit != ActionUnit::bit) return answer;
  const double width = number_in_class_unit(component_class, attributes, "width").value_or(1);
  estimate->value *= width;
  std::string& derivation = estimate->provenance.derivation;
  derivation += fmt::format("{}x {:g} bit", derivation.empty() ? "" : "; ", width);
  return answer;
}

Answer NativeEstimator::leak(Query& query, const ComponentClass& component_class,
                             const AttributeMap& attributes) const {
  const std::optional<double> cycle_s = query.number("global_cycle_seconds");
  if (!cycle_s || *cycle_s < 0) return Rejection{"need 'global_cycle_seconds' for the leakage of a cycle"};
  Answer answer = answer_of(choose_estimate(registry_, component_class, attributes, Query::Subject::leakage));
  auto* estimate = std::get_if<Estimate>(&answer);
  if (estimate == nullptr) return unknown_leakage(std::get<Rejection>(answer));
  std::string& derivation = estimate->provenance.derivation;
  derivation += fmt::format("{}{:g} W x {:g} s", derivation.empty() ? "" : "; ", estimate->value, *cycle_s);
  estimate->value *= *cycle_s * 1e12;
  return answer;
}

}  // namespace ohmloop
