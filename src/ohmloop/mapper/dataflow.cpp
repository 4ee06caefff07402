#include "ohmloop/mapper/dataflow.hpp"

namespace ohmloop {
namespace {

double steps_standing_still(const Einsum& einsum, const Mapping& mapping, Role role) {
  std::size_t innermost = 0;
  std::size_t keeps = 0;
  for (std::size_t i = 0; i < mapping.steps.size(); ++i) {
    const auto* keep = std::get_if<Keep>(&mapping.steps[i]);
    if (keep == nullptr || keep->role != role) continue;
    innermost = i;
    ++keeps;
  }
  if (keeps < 2) return 1;
  double steps = 1;
  for (std::size_t i = mapping.steps.size(); i-- > 0;) {
    const auto* loop = std::get_if<Loop>(&mapping.steps[i]);
    if (loop == nullptr || loop->fanout) continue;
    if (i < innermost && einsum.relevant(loop->rank, role)) break;
    steps *= static_cast<double>(loop->bound);
  }
  return steps;
}

}  // namespace

Role stationary_tensor(const ByRole<double>& steps) {
  Role longest = all_roles.front();
  for (const Role role : all_roles) {
    if (steps[role_index(role)] > steps[role_index(longest)]) longest = role;
  }
  return longest;
}

Role stationary_tensor(const Einsum& einsum, const Mapping& mapping) {
  ByRole<double> steps{};
  for (const Role role : all_roles) steps[role_index(role)] = steps_standing_still(einsum, mapping, role);
  return stationary_tensor(steps);
}

}  // namespace ohmloop
