#include <algorithm>
#include <limits>
#include <numeric>

#include "ohmloop/inference/compile/plan.hpp"

namespace ohmloop {

namespace {

constexpr std::size_t alignment = 64;

std::size_t aligned(std::size_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

/// First and last step that touches a slot.
struct Life {
  std::size_t first = std::numeric_limits<std::size_t>::max();
  std::size_t last = 0;

  void include(std::size_t step) {
    first = std::min(first, step);
    last = std::max(last, step);
  }
  [[nodiscard]] bool meets(const Life& other) const { return first <= other.last && other.first <= last; }
};

std::vector<Life> lives_of(const Program::Plan& plan) {
  std::vector<Life> lives(plan.slots.size());
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    for (const SlotId slot : plan.steps[i]->reads) lives[slot.index()].include(i);
    for (const SlotId slot : plan.steps[i]->writes) lives[slot.index()].include(i);
  }
  for (const SlotId slot : plan.inputs) lives[slot.index()].include(0);
  for (const SlotId slot : plan.outputs) lives[slot.index()].include(plan.steps.size());
  return lives;
}

}  // namespace

void place_slots(Program::Plan& plan) {
  const std::vector<Life> lives = lives_of(plan);
  std::vector<std::size_t> order(plan.slots.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return plan.slots[a].bytes > plan.slots[b].bytes; });
  std::vector<std::size_t> placed;
  for (const std::size_t slot : order) {
    std::vector<std::size_t> others;
    std::copy_if(placed.begin(), placed.end(), std::back_inserter(others),
                 [&](std::size_t other) { return lives[slot].meets(lives[other]); });
    std::sort(others.begin(), others.end(),
              [&](std::size_t a, std::size_t b) { return plan.slots[a].offset < plan.slots[b].offset; });
    std::size_t offset = 0;
    for (const std::size_t other : others) {
      if (plan.slots[other].offset >= offset + aligned(plan.slots[slot].bytes)) break;
      offset = std::max(offset, plan.slots[other].offset + aligned(plan.slots[other].bytes));
    }
    plan.slots[slot].offset = offset;
    plan.memory_bytes = std::max(plan.memory_bytes, offset + aligned(plan.slots[slot].bytes));
    placed.push_back(slot);
  }
  for (const auto& step : plan.steps) plan.scratch_bytes = std::max(plan.scratch_bytes, aligned(step->scratch_bytes()));
}

}  // namespace ohmloop
