#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ohmloop/energy/class_library.hpp"
#include "ohmloop/energy/estimator.hpp"

namespace ohmloop {

/// The estimators that a user wants to hear, by name; empty: all but those that answer on request only.
using EstimatorSelection = std::set<std::string>;

/// The estimators that are asked, in their order, and the classes that they may be asked about. Copies share the
/// estimators, so that a description can bring tables of its own without changing the registry of others.
class Registry {
 public:
  /// Names are unique; throws InternalError otherwise.
  void add(std::unique_ptr<Estimator> estimator);
  /// As the first one: of equal accuracy it wins.
  void add_in_front(std::unique_ptr<Estimator> estimator);

  [[nodiscard]] const std::vector<std::shared_ptr<const Estimator>>& estimators() const { return estimators_; }
  [[nodiscard]] const Estimator* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;

  [[nodiscard]] const ClassLibrary& classes() const { return classes_; }
  [[nodiscard]] ClassLibrary& classes() { return classes_; }

  /// From now on only these answer, accuracy decides among them, and their pinned rows answer, too. Reports unknown
  /// names.
  void select(const EstimatorSelection& selection, Diagnostics& diagnostics);
  /// The same for names, each with the place where it was given, that tables of a description may still bring;
  /// check_selection() reports those that nobody has.
  void select_ahead(std::map<std::string, SourceSpan> wanted);
  void check_selection(Diagnostics& diagnostics) const;
  [[nodiscard]] const EstimatorSelection& selection() const { return selection_; }

 private:
  std::vector<std::shared_ptr<const Estimator>> estimators_;
  ClassLibrary classes_;
  EstimatorSelection selection_;
  std::map<std::string, SourceSpan> selected_where_;
};

/// The tables of share/ohmloop/components and the built-in models: the list stands in the function.
void register_builtin_estimators(Registry& registry);

/// One estimator's answer among those that a choice was made of.
struct EstimateCandidate {
  std::string estimator;       ///< its name
  std::string title;           ///< "table isaac"
  Estimate estimate;           ///< after scaling
  double scaled_from_nm = 0;   ///< 0: not scaled
  std::set<std::string> used;  ///< attributes that the number depends on
};

/// The outcome of asking everybody for one number.
struct Choice {
  std::optional<Estimate> estimate;           ///< nothing: nobody knows
  std::set<std::string> used;                 ///< attributes that the number depends on
  std::vector<std::string> rejections;        ///< "table isaac has no row for it", in registration order
  std::vector<EstimateCandidate> candidates;  ///< all answers, best first: the first one is `estimate`
  std::size_t ties = 0;                       ///< candidates behind the first that are as good
};

/// The highest declared accuracy among those who answer; of equal ones the first registered, and the derivation names
/// the others. If nobody answers at the component's technology, numbers of the nearest technology are scaled
/// (technology.hpp). Numbers that can be scaled between technologies are scaled to the component's `voltage`, too, if
/// it gives one and the estimator does not read it: they are taken to hold at 0.8 V. `from` restricts the choice to one
/// estimator; estimators in `named` give also what belongs to their design alone. `arguments` of the action: null or
/// empty asks for its costliest case.
Choice choose_estimate(const Registry& registry, const ComponentClass& component_class, const AttributeMap& attributes,
                       Query::Subject subject, const ActionSpec* action = nullptr,
                       const std::set<std::string>& named = {}, const ActionArguments* arguments = nullptr);

}  // namespace ohmloop
