#include "ohmloop/mapper/placement_choices.hpp"

#include "ohmloop/mapper/candidate.hpp"

namespace ohmloop {
namespace {

struct FreePlacement {
  std::size_t storage;
  std::uint8_t bit;
};

std::vector<FreePlacement> free_placements(const Mapspace& space) {
  std::vector<FreePlacement> free;
  for (std::size_t storage = 0; storage < space.storages.size(); ++storage) {
    for (const Role role : all_roles) {
      if (space.storages[storage].placement[role_index(role)] != Placement::free) continue;
      free.push_back({storage, static_cast<std::uint8_t>(1U << role_index(role))});
    }
  }
  return free;
}

}  // namespace

PlacementChoices placement_choices(const Mapspace& space, std::size_t most) {
  const std::vector<std::uint8_t> all = blank_candidate(space).keeps;
  const std::vector<FreePlacement> free = free_placements(space);
  PlacementChoices result;
  result.complete = free.size() < 63 && (std::size_t{1} << free.size()) <= most;
  if (result.complete) {
    for (std::size_t dropped = 0; dropped < (std::size_t{1} << free.size()); ++dropped) {
      std::vector<std::uint8_t> keeps = all;
      for (std::size_t i = 0; i < free.size(); ++i) {
        if ((dropped >> i & 1U) != 0) keeps[free[i].storage] ^= free[i].bit;
      }
      result.choices.push_back(std::move(keeps));
    }
    return result;
  }
  std::vector<std::uint8_t> none = all;
  for (const FreePlacement& placement : free) none[placement.storage] ^= placement.bit;
  result.choices = {all, none};
  for (const FreePlacement& placement : free) {
    for (const std::vector<std::uint8_t>& end : {all, none}) {
      if (result.choices.size() >= most) return result;
      result.choices.push_back(end);
      result.choices.back()[placement.storage] ^= placement.bit;
    }
  }
  return result;
}

}  // namespace ohmloop
