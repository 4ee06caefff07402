#include "ohmloop/inference/operators/operator_table.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/inference/operators/operator_error.hpp"
#include "ohmloop/inference/operators/plain_operators.hpp"

namespace ohmloop {
namespace {

// Sorted by name: find_operator relies on it, and a test holds it.
constexpr auto table = std::to_array<OperatorEntry>({
    {"Constant", run_constant},
});

}  // namespace

const Tensor& OperatorCall::input(std::size_t index) const {
  if (!has(index)) throw OperatorError(fmt::format("input {} is missing", index + 1));
  return *inputs[index];
}

std::span<const OperatorEntry> operator_table() { return table; }

const OperatorEntry* find_operator(std::string_view operation) {
  const auto* const found =
      std::lower_bound(table.begin(), table.end(), operation,
                       [](const OperatorEntry& entry, std::string_view name) { return entry.operation < name; });
  return found != table.end() && found->operation == operation ? &*found : nullptr;
}

}  // namespace ohmloop
