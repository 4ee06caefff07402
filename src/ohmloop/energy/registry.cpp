#include "ohmloop/energy/registry.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/energy/technology.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

class Chooser {
 public:
  Chooser(const Registry& registry, const ComponentClass& component_class, const AttributeMap& attributes,
          Query::Subject subject, const ActionSpec* action, std::set<std::string> named,
          const ActionArguments* arguments)
      : registry_(registry),
        class_(component_class),
        attributes_(attributes),
        subject_(subject),
        action_(action),
        named_(std::move(named)),
        arguments_(arguments) {}

  Choice run() {
    const std::optional<std::string> pinned = word_attribute(attributes_, "from");
    if (pinned) named_.insert(*pinned);
    named_.insert(registry_.selection().begin(), registry_.selection().end());
    for (const auto& estimator : registry_.estimators()) {
      if (pinned && estimator->name() != *pinned) continue;
      if (may_answer(*estimator)) {
        if (estimator->knows(class_)) asked_.push_back(estimator.get());
      } else if (pinned) {
        choice_.rejections.push_back(estimator->title() + " is not among the estimators that were selected");
      }
    }
    for (const Estimator* estimator : asked_) ask(*estimator);
    if (candidates_.empty()) {
      for (const Estimator* estimator : asked_) ask_elsewhere(*estimator);
    }
    if (!candidates_.empty()) decide();
    if (pinned) choice_.used.insert("from");
    return std::move(choice_);
  }

 private:
  [[nodiscard]] bool may_answer(const Estimator& estimator) const {
    const EstimatorSelection& selection = registry_.selection();
    if (selection.empty()) return !estimator.on_request_only();
    return selection.contains(estimator.name());
  }

  [[nodiscard]] Query query_of(const Estimator& estimator, const AttributeMap& attributes) const {
    return {class_, attributes, subject_, action_, named_.contains(estimator.name()), arguments_};
  }

  void ask(const Estimator& estimator) {
    Query query = query_of(estimator, attributes_);
    Answer answer = estimator.estimate(query);
    if (auto* estimate = std::get_if<Estimate>(&answer)) {
      check(estimator, *estimate);
      const bool scales = class_.scales && !estimator.technologies_nm(class_).empty();
      const std::optional<double> here = technology();
      take(estimator, query, std::move(*estimate), here && scales ? *here : 0, 0);
    } else {
      choice_.rejections.push_back(estimator.title() + " " + std::get<Rejection>(answer).reason);
    }
  }

  void check(const Estimator& estimator, const Estimate& estimate) const {
    OHM_CHECK(std::isfinite(estimate.value) && estimate.value >= 0,
              fmt::format("{} gives {} for {} of class {}", estimator.title(), estimate.value,
                          Query(class_, attributes_, subject_, action_).subject_name(), class_.name));
  }

  [[nodiscard]] std::optional<double> technology() const {
    if (class_.attribute("technology") == nullptr) return std::nullopt;
    return number_in_class_unit(class_, attributes_, "technology");
  }

  void ask_elsewhere(const Estimator& estimator) {
    const std::optional<double> here = technology();
    if (!here || !class_.scales) return;
    std::vector<double> technologies = estimator.technologies_nm(class_);
    const auto distance = [&](double nm) { return std::abs(std::log(nm / *here)); };
    std::stable_sort(technologies.begin(), technologies.end(),
                     [&](double a, double b) { return distance(a) < distance(b); });
    for (const double there : technologies) {
      if (std::abs(there - *here) <= 1e-6 * *here) continue;  // was asked before
      AttributeMap attributes = attributes_;
      attributes.find("technology")->second.value = Quantity{there * 1e-9, dimension::length};
      Query query = query_of(estimator, attributes);
      Answer answer = estimator.estimate(query);
      if (auto* estimate = std::get_if<Estimate>(&answer)) {
        take(estimator, query, std::move(*estimate), there, there);
        return;
      }
    }
  }

  /// Brings a number that holds at `native_nm` (0: at the component's technology, whatever it is) to the component's
  /// technology and supply, and makes it a candidate.
  void take(const Estimator& estimator, const Query& query, Estimate estimate, double native_nm,
            double scaled_from_nm) {
    std::set<std::string> used = query.used();
    if (native_nm > 0) {
      Scaling scaling{native_nm, technology().value_or(native_nm)};
      const std::optional<double> supply = number_in_class_unit(class_, attributes_, "voltage");
      const bool of_supply = supply && subject_ != Query::Subject::area && !used.contains("voltage");
      if (of_supply) {
        scaling.to_v = *supply;
        used.insert("voltage");
        const double lowest = lowest_supply_v(scaling.to_nm);
        if (*supply < lowest) {
          choice_.rejections.push_back(
              fmt::format("{} can't be scaled to {:g} V: at {:g} nm the scaling holds from "
                          "{:.2g} V on",
                          estimator.title(), *supply, scaling.to_nm, lowest));
          return;
        }
      }
      scale(estimate, scaling);
    }
    check(estimator, estimate);
    candidates_.push_back({estimator.name(), estimator.title(), std::move(estimate), scaled_from_nm, std::move(used)});
  }

  void scale(Estimate& estimate, const Scaling& scaling) const {
    if (scaling.from_nm == scaling.to_nm && scaling.from_v == scaling.to_v) return;
    const char* source = "Stillmaker & Baas 2017";
    const char* what = "energy";
    double factor = 1;
    switch (subject_) {
      case Query::Subject::energy:
        factor = energy_scale(scaling.from_nm, scaling.to_nm, scaling.from_v, scaling.to_v);
        break;
      case Query::Subject::area:
        factor = area_scale(scaling.from_nm, scaling.to_nm);
        what = "area";
        break;
      case Query::Subject::leakage:
        factor = leakage_scale(scaling.from_nm, scaling.to_nm, scaling.from_v, scaling.to_v);
        what = "leakage";
        source = "assumed: as area x supply";
        break;
    }
    estimate.value *= factor;
    std::string& derivation = estimate.provenance.derivation;
    derivation += (derivation.empty() ? "" : "; ") + describe_scaling(what, factor, scaling, source);
  }

  void decide() {
    const double here = number_in_class_unit(class_, attributes_, "technology").value_or(0);
    const auto distance = [&](const EstimateCandidate& candidate) {
      return candidate.scaled_from_nm > 0 ? std::abs(std::log(candidate.scaled_from_nm / here)) : 0;
    };
    const auto better = [&](const EstimateCandidate& a, const EstimateCandidate& b) {
      if (a.estimate.accuracy_percent != b.estimate.accuracy_percent) {
        return a.estimate.accuracy_percent > b.estimate.accuracy_percent;
      }
      return distance(a) < distance(b);
    };
    std::stable_sort(candidates_.begin(), candidates_.end(), better);
    choice_.used = candidates_.front().used;
    choice_.estimate = candidates_.front().estimate;
    for (std::size_t i = 1; i < candidates_.size() && !better(candidates_.front(), candidates_[i]); ++i) {
      std::string& derivation = choice_.estimate->provenance.derivation;
      derivation += fmt::format("{}{} declares the same accuracy and gives {:.4g}", derivation.empty() ? "" : "; ",
                                candidates_[i].title, candidates_[i].estimate.value);
      choice_.ties = i;
    }
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      choice_.estimate->provenance.asked.push_back(
          fmt::format("{} gives {:.4g}, accuracy {:g}%{}", candidates_[i].title, candidates_[i].estimate.value,
                      candidates_[i].estimate.accuracy_percent, i == 0 ? ", and is taken" : ""));
    }
    std::vector<std::string>& asked = choice_.estimate->provenance.asked;
    asked.insert(asked.end(), choice_.rejections.begin(), choice_.rejections.end());
    choice_.candidates = std::move(candidates_);
  }

  const Registry& registry_;
  const ComponentClass& class_;
  const AttributeMap& attributes_;
  Query::Subject subject_;
  const ActionSpec* action_;
  std::set<std::string> named_;
  const ActionArguments* arguments_;
  std::vector<const Estimator*> asked_;
  std::vector<EstimateCandidate> candidates_;
  Choice choice_;
};

}  // namespace

void Registry::add(std::unique_ptr<Estimator> estimator) {
  OHM_CHECK(find(estimator->name()) == nullptr, "two estimators are called " + estimator->name());
  estimators_.push_back(std::move(estimator));
}

void Registry::add_in_front(std::unique_ptr<Estimator> estimator) {
  add(std::move(estimator));
  std::rotate(estimators_.begin(), estimators_.end() - 1, estimators_.end());
}

const Estimator* Registry::find(std::string_view name) const {
  const auto found =
      std::find_if(estimators_.begin(), estimators_.end(), [&](const auto& each) { return each->name() == name; });
  return found == estimators_.end() ? nullptr : found->get();
}

void Registry::select(const EstimatorSelection& selection, Diagnostics& diagnostics) {
  std::map<std::string, SourceSpan> wanted;
  for (const std::string& name : selection) wanted[name] = {};
  select_ahead(std::move(wanted));
  check_selection(diagnostics);
}

void Registry::select_ahead(std::map<std::string, SourceSpan> wanted) {
  selection_.clear();
  for (const auto& [name, where] : wanted) selection_.insert(name);
  selected_where_ = std::move(wanted);
}

void Registry::check_selection(Diagnostics& diagnostics) const {
  for (const auto& [name, where] : selected_where_) {
    if (find(name) != nullptr) continue;
    diagnostics.error(fmt::format("no table, model or program '{}'", name), where, did_you_mean(name, names()),
                      {"tables, models and programs: " + list_names(names())});
  }
}

std::vector<std::string> Registry::names() const {
  std::vector<std::string> names;
  for (const auto& estimator : estimators_) names.push_back(estimator->name());
  return names;
}

Choice choose_estimate(const Registry& registry, const ComponentClass& component_class, const AttributeMap& attributes,
                       Query::Subject subject, const ActionSpec* action, const std::set<std::string>& named,
                       const ActionArguments* arguments) {
  return Chooser(registry, component_class, attributes, subject, action, named, arguments).run();
}

}  // namespace ohmloop
