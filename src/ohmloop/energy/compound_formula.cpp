#include "ohmloop/energy/compound_formula.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace ohmloop {
namespace {

struct KindRow {
  Dimension dimension;
  double in_base;
  const char* unit;
  const char* what;
};

constexpr std::array<KindRow, 3> kinds = {{{dimension::energy, 1e-12, "pJ", "energy"},
                                           {dimension::area, 1e-12, "um2", "area"},
                                           {dimension::power, 1, "W", "leakage"}}};

}  // namespace

std::optional<FormulaValue> evaluate_formula(const YamlNode& expression, FormulaKind kind, Scope& scope,
                                             Diagnostics& diagnostics) {
  const KindRow& row = kinds[static_cast<std::size_t>(kind)];
  const auto fail = [&](const std::string& label) {
    diagnostics.error(fmt::format("expected {} for '{}'", describe(row.dimension), row.what), expression.span, label);
    return std::nullopt;
  };
  if (!expression.is_scalar()) return fail("this is " + kind_name(expression));
  const std::optional<Value> value = evaluate(expression, scope, diagnostics);
  if (!value) return std::nullopt;
  const auto* quantity = std::get_if<Quantity>(&*value);
  if (quantity == nullptr || quantity->dimension != row.dimension) return fail("this is " + to_string(*value));
  const double number = quantity->value / row.in_base;
  if (number < 0 || !std::isfinite(number)) return fail("this is " + to_string(*value));
  const std::string place =
      expression.span.empty() ? "" : fmt::format(" ({}:{})", expression.span.file->path, expression.span.line);
  const bool plain = expression.scalar.find_first_of("+*/(") == std::string::npos;
  return FormulaValue{number, plain ? fmt::format("{}{}", expression.scalar, place)
                                    : fmt::format("{} = {:.4g} {}{}", expression.scalar, number, row.unit, place)};
}

}  // namespace ohmloop
