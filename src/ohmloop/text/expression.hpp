#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ohmloop/text/diagnostic.hpp"
#include "ohmloop/text/quantity.hpp"
#include "ohmloop/text/source.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// Where an expression looks names up.
class Scope {
 public:
  Scope() = default;
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
  virtual ~Scope() = default;

  /// The value of a name, or nothing if the scope (and those around it) does not know it. `use` is where the name is
  /// used. May report to `diagnostics` (a cycle, an error in the variable's own expression).
  virtual std::optional<Value> lookup(std::string_view name, const SourceSpan& use, Diagnostics& diagnostics) = 0;

  /// All names that lookup knows, for suggestions.
  [[nodiscard]] virtual std::vector<std::string> names() const = 0;
};

/// Evaluates a scalar: a number with an optional unit ("64 KiB", "0.8 pJ", "8 bit", "1e3"), an expression over the
/// scope's names (+ - * / // **, comparisons, and or not, `a if c else b`, functions of expression_functions.hpp),
/// true or false, or a string. A bare word that is no known name is a string (`class: sram`, `nearest-even`) unless it
/// stands inside a larger expression: then it is an unknown name, with a suggestion. Quoted scalars are strings.
///
/// Units are carried along: adding nm to pJ is an error at the operator. Units written without spaces belong to the
/// number ("6.4 GB/s", "2 pJ/bit"); with spaces `/` divides. ceil, floor, round and `//` take plain numbers, bits and
/// cycles only, where "whole" has a meaning. Results are doubles: whole numbers are exact up to 2^53; division by zero
/// and results that are no finite number are errors at the operator. Returns nothing after an error was reported.
std::optional<Value> evaluate(const YamlNode& scalar, Scope& scope, Diagnostics& diagnostics);

/// A scope without names, for readers that know no variables.
class EmptyScope final : public Scope {
 public:
  std::optional<Value> lookup(std::string_view, const SourceSpan&, Diagnostics&) override { return std::nullopt; }
  [[nodiscard]] std::vector<std::string> names() const override { return {}; }
};

/// The entries of a `variables:` map; evaluated when first used, in any order. A cycle is an error that shows its path.
class VariableScope final : public Scope {
 public:
  /// `outer` may be null; its names are hidden by equal ones here.
  VariableScope(const YamlNode& variables, Scope* outer, Diagnostics& diagnostics);

  std::optional<Value> lookup(std::string_view name, const SourceSpan& use, Diagnostics& diagnostics) override;
  [[nodiscard]] std::vector<std::string> names() const override;

 private:
  enum class State { fresh, running, done };
  struct Variable {
    std::string name;
    YamlNode expression;
    SourceSpan key_span;
    State state = State::fresh;
    std::optional<Value> value;
  };
  std::vector<Variable> variables_;
  std::vector<std::string> running_;
  Scope* outer_ = nullptr;
};

}  // namespace ohmloop
