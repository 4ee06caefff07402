#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ohmloop/energy/attributes.hpp"

namespace ohmloop {

/// Asks for one number of one component: the energy of an action, its area or its leakage power. Attributes were
/// validated. It remembers which attributes were looked at.
class Query {
 public:
  enum class Subject { energy, area, leakage };

  Query(const ComponentClass& component_class, const AttributeMap& attributes, Subject subject,
        const ActionSpec* action = nullptr, bool named = false, const ActionArguments* arguments = nullptr)
      : class_(&component_class),
        attributes_(&attributes),
        subject_(subject),
        action_(action),
        named_(named),
        arguments_(arguments) {}

  [[nodiscard]] const ComponentClass& component_class() const { return *class_; }
  [[nodiscard]] Subject subject() const { return subject_; }
  /// The action whose energy is asked for; null for area and leakage.
  [[nodiscard]] const ActionSpec* action() const { return action_; }
  /// A value of one of the action's arguments; nothing: the costliest case is asked for.
  [[nodiscard]] std::optional<double> argument(std::string_view name) const;
  /// "read", "area", "leakage": the name in the `action` column of a table.
  [[nodiscard]] std::string subject_name() const;

  /// Whether the description names the estimator that is asked (`tables`, `from`): only then do numbers that belong to
  /// one design answer.
  [[nodiscard]] bool named() const { return named_; }

  /// An attribute in the unit of its class; in base units where an open class does not list it.
  [[nodiscard]] std::optional<double> number(std::string_view name);
  [[nodiscard]] std::optional<std::string> word(std::string_view name);
  /// An attribute as it was given, or null.
  [[nodiscard]] const Value* value(std::string_view name);
  /// All attributes, for estimators that hand them on; none of them counts as looked at.
  [[nodiscard]] const AttributeMap& attributes() const { return *attributes_; }
  /// The arguments as they were given; empty: the costliest case is asked for.
  [[nodiscard]] const ActionArguments& arguments() const;
  [[nodiscard]] const std::set<std::string>& used() const { return used_; }

 private:
  const ComponentClass* class_;
  const AttributeMap* attributes_;
  Subject subject_;
  const ActionSpec* action_;
  bool named_;
  const ActionArguments* arguments_;
  std::set<std::string> used_;
};

/// The answer of an estimator that knows.
struct Estimate {
  double value = 0;             ///< pJ per action (its ActionUnit), um2 or W, of one unit
  double accuracy_percent = 0;  ///< declared: 100 is a measurement of this very component
  double full_rate_hz = 0;      ///< actions per second at full load, where the source says so; 0: unknown
  bool unknown = false;         ///< the source is silent; the value is 0 and the user is warned
  std::string warning;          ///< what the user must know; empty: nothing
  Provenance provenance;
};

/// Why an estimator does not answer: "no row for resolution 12 bit". A phrase that follows the estimator's name.
struct Rejection {
  std::string reason;
};

using Answer = std::variant<Estimate, Rejection>;

/// A source of numbers: a table, a formula. The contract:
/// - estimate() is a pure function of the query, safe to call from several threads.
/// - It looks attributes up through the query alone, so that an attribute without influence can be told to the user.
/// - It answers at the component's own technology or rejects; scaling between technologies is the registry's work. An
///   estimator whose numbers hold at some technologies only names them in technologies_nm().
/// - Values are finite and not negative. Outside the range in which its source holds, it rejects.
class Estimator {
 public:
  Estimator() = default;
  Estimator(const Estimator&) = delete;
  Estimator& operator=(const Estimator&) = delete;
  virtual ~Estimator() = default;

  /// Name for `from:`, unique: "isaac", "adc_survey".
  [[nodiscard]] virtual std::string name() const = 0;
  /// "table isaac", "model adc_survey".
  [[nodiscard]] virtual std::string title() const = 0;
  /// Classes it has something to say about.
  [[nodiscard]] virtual std::vector<std::string> classes() const = 0;
  /// Whether it is asked about a class at all; those of classes() unless it can speak about any.
  [[nodiscard]] virtual bool knows(const ComponentClass& component_class) const;
  /// Answers only where a user selects it by name (EstimatorSelection).
  [[nodiscard]] virtual bool on_request_only() const { return false; }
  /// Those of classes() for which it answers only where the description names it.
  [[nodiscard]] virtual std::vector<std::string> pinned_classes() const { return {}; }
  [[nodiscard]] virtual Answer estimate(Query& query) const = 0;
  /// Technologies from which a number of this class may be scaled; empty: it answers at any, or knows none.
  [[nodiscard]] virtual std::vector<double> technologies_nm(const ComponentClass& component_class) const = 0;
};

}  // namespace ohmloop
