#pragma once

#include <optional>
#include <string>

#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// A number that a description gives itself.
struct FormulaValue {
  double value = 0;        ///< pJ, um2 or W
  std::string derivation;  ///< "0.1 pJ * 2**bits = 25.6 pJ (chip.yaml:14)"
};

enum class FormulaKind { energy, area, leakage };

/// Reports another dimension, a negative number and one that is not finite.
std::optional<FormulaValue> evaluate_formula(const YamlNode& expression, FormulaKind kind, Scope& scope,
                                             Diagnostics& diagnostics);

}  // namespace ohmloop
