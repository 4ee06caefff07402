#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/energy/estimator.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/energy/system.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// One line of an energy reference table (ERT).
struct GivenEnergy {
  std::string action;
  ActionArguments arguments;
  double energy_pj = 0;
  SourceSpan where;
};

/// What an ERT and an ART say about one component.
struct GivenComponent {
  std::string name;  ///< may have ranges, and `*` for any part of a name
  std::vector<GivenEnergy> energies;
  std::optional<double> area_um2;
  SourceSpan where;
  SourceSpan area_where;
};

/// Energy and area reference tables as files give them.
class GivenTables {
 public:
  /// The value of `ERT:`; adds its tables. Reports what it can't read and actions that stand twice.
  void add_energies(const YamlNode& ert, Diagnostics& diagnostics);
  /// The value of `ART:`.
  void add_areas(const YamlNode& art, Diagnostics& diagnostics);
  /// An entry of other tables, in place of one of the same name.
  void add(const GivenComponent& entry) { component(entry.name, entry.where) = entry; }

  [[nodiscard]] bool empty() const { return components_.empty(); }
  [[nodiscard]] const std::vector<GivenComponent>& components() const { return components_; }

 private:
  GivenComponent& component(const std::string& name, const SourceSpan& where);

  std::vector<GivenComponent> components_;
  std::map<std::string, std::size_t, std::less<>> places_;
};

/// Lets the tables answer for the components that they name: each gets a class of its own, whose estimator repeats what
/// the file says ("as given"). Components of the tables that the system lacks join it if it has no components at all,
/// and are errors otherwise.
void use_given_tables(const GivenTables& tables, SystemDescription& system, Registry& registry,
                      Diagnostics& diagnostics);

/// Whether a name is of a form where `*` stands for any text.
bool matches_pattern(std::string_view pattern, std::string_view name);

}  // namespace ohmloop
