#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/energy/attributes.hpp"
#include "ohmloop/energy/reference_tables.hpp"

namespace ohmloop {

/// The whole values that an argument of an action takes in one component.
struct ArgumentRange {
  std::string name;
  double low = 0;
  double high = 1;
};

/// An action that somebody asks for. Without arguments: its costliest case.
struct WantedAction {
  std::string name;
  ActionArguments arguments = {};
  SourceSpan where = {};  ///< who asks, for messages; no part of what is asked

  friend bool operator<(const WantedAction& a, const WantedAction& b) {
    return a.name != b.name ? a.name < b.name : a.arguments < b.arguments;
  }
};

inline constexpr std::size_t max_argument_combinations = 65536;

/// The ranges of a class's action in a component with these attributes; reports one that is empty there.
std::optional<std::vector<ArgumentRange>> argument_ranges(const ActionSpec& action, const ComponentInstance& instance,
                                                          Diagnostics& diagnostics);

/// Whether exactly the known arguments are given, each with a whole value of its range; reports all that is wrong at
/// `wanted.where`, or at `where` if that is empty. `owner`: "subcomponent 'storage' of 'smart_buffer'".
bool check_arguments(const WantedAction& wanted, const std::vector<ArgumentRange>& ranges, const std::string& owner,
                     const SourceSpan& where, Diagnostics& diagnostics);

/// All values of all arguments, the last argument changing fastest; one empty combination where there are no arguments.
/// Nothing after an error: more than max_argument_combinations.
std::optional<std::vector<ActionArguments>> argument_combinations(const std::vector<ArgumentRange>& ranges,
                                                                  const std::string& action, const std::string& owner,
                                                                  const SourceSpan& where, Diagnostics& diagnostics);

/// "(data_delta 1, address_delta 0)"; nothing for no arguments.
std::string describe_arguments(const ActionArguments& arguments);

}  // namespace ohmloop
