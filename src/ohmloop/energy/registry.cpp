#include "ohmloop/energy/registry.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/check.hpp"
#include "ohmloop/energy/technology.hpp"

namespace ohmloop {
namespace {

struct Candidate {
  const Estimator* estimator = nullptr;
  Estimate estimate;
  std::set<std::string> used;
  double distance = 0;  ///< |ln(technology / native technology)|
};

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Chooser {
 public:
  Chooser(const Registry& registry, const ComponentClass& component_class, const AttributeMap& attributes,
          Query::Subject subject, const ActionSpec* action, std::set<std::string> named)
      : registry_(registry),
        class_(component_class),
        attributes_(attributes),
        subject_(subject),
        action_(action),
        named_(std::move(named)) {}

  Choice run() {
    const std::optional<std::string> pinned = word_attribute(attributes_, "from");
    if (pinned) named_.insert(*pinned);
    for (const auto& estimator : registry_.estimators()) {
      if (pinned && estimator->name() != *pinned) continue;
      if (contains(estimator->classes(), class_.name)) asked_.push_back(estimator.get());
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
  void ask(const Estimator& estimator) {
    Query query(class_, attributes_, subject_, action_, named_.contains(estimator.name()));
    Answer answer = estimator.estimate(query);
    if (auto* estimate = std::get_if<Estimate>(&answer)) {
      check(estimator, *estimate);
      candidates_.push_back({&estimator, std::move(*estimate), query.used(), 0});
    } else {
      choice_.rejections.push_back(estimator.title() + " " + std::get<Rejection>(answer).reason);
    }
  }

  void check(const Estimator& estimator, const Estimate& estimate) const {
    OHM_CHECK(std::isfinite(estimate.value) && estimate.value >= 0,
              fmt::format("{} gives {} for {} of class {}", estimator.title(), estimate.value,
                          Query(class_, attributes_, subject_, action_).subject_name(), class_.name));
  }

  void ask_elsewhere(const Estimator& estimator) {
    const std::optional<double> here = number_in_class_unit(class_, attributes_, "technology");
    if (!here || !class_.scales || subject_ == Query::Subject::leakage) return;
    std::vector<double> technologies = estimator.technologies_nm(class_);
    const auto distance = [&](double nm) { return std::abs(std::log(nm / *here)); };
    std::stable_sort(technologies.begin(), technologies.end(),
                     [&](double a, double b) { return distance(a) < distance(b); });
    for (const double there : technologies) {
      AttributeMap attributes = attributes_;
      attributes.find("technology")->second.value = Quantity{there * 1e-9, dimension::length};
      Query query(class_, attributes, subject_, action_, named_.contains(estimator.name()));
      Answer answer = estimator.estimate(query);
      if (auto* estimate = std::get_if<Estimate>(&answer)) {
        scale(*estimate, there, *here);
        check(estimator, *estimate);
        candidates_.push_back({&estimator, std::move(*estimate), query.used(), distance(there)});
        return;
      }
    }
  }

  void scale(Estimate& estimate, double from, double to) const {
    const bool area = subject_ == Query::Subject::area;
    const double factor = area ? area_scale(from, to) : energy_scale(from, to);
    estimate.value *= factor;
    std::string& derivation = estimate.provenance.derivation;
    derivation += (derivation.empty() ? "" : "; ") + describe_scaling(area ? "area" : "energy", factor, from, to);
  }

  void decide() {
    const auto better = [](const Candidate& a, const Candidate& b) {
      if (a.estimate.accuracy_percent != b.estimate.accuracy_percent) {
        return a.estimate.accuracy_percent > b.estimate.accuracy_percent;
      }
      return a.distance < b.distance;
    };
    std::stable_sort(candidates_.begin(), candidates_.end(), better);
    Candidate& best = candidates_.front();
    for (std::size_t i = 1; i < candidates_.size() && !better(best, candidates_[i]); ++i) {
      std::string& derivation = best.estimate.provenance.derivation;
      derivation += fmt::format("{}{} declares the same accuracy and gives {:.4g}", derivation.empty() ? "" : "; ",
                                candidates_[i].estimator->title(), candidates_[i].estimate.value);
    }
    choice_.used = std::move(best.used);
    choice_.estimate = std::move(best.estimate);
  }

  const Registry& registry_;
  const ComponentClass& class_;
  const AttributeMap& attributes_;
  Query::Subject subject_;
  const ActionSpec* action_;
  std::set<std::string> named_;
  std::vector<const Estimator*> asked_;
  std::vector<Candidate> candidates_;
  Choice choice_;
};

}  // namespace

void Registry::add(std::unique_ptr<Estimator> estimator) {
  OHM_CHECK(!contains(names(), estimator->name()), "two estimators are called " + estimator->name());
  estimators_.push_back(std::move(estimator));
}

std::vector<std::string> Registry::names() const {
  std::vector<std::string> names;
  for (const auto& estimator : estimators_) names.push_back(estimator->name());
  return names;
}

Choice choose_estimate(const Registry& registry, const ComponentClass& component_class, const AttributeMap& attributes,
                       Query::Subject subject, const ActionSpec* action, const std::set<std::string>& named) {
  return Chooser(registry, component_class, attributes, subject, action, named).run();
}

}  // namespace ohmloop
