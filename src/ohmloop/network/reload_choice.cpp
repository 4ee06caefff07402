#include "ohmloop/network/reload_choice.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

constexpr std::int64_t most_exact_arrays = 50'000;

/// Layers that stay, and what that spares.
struct Choice {
  std::vector<bool> stays;
  std::int64_t spared = 0;
  std::int64_t room = 0;
};

/// Of the candidates, those that spare the most writes within the room (0-1 knapsack by dynamic programming over the
/// room; of equal ones those that take less).
void fill_room(const std::vector<ArrayDemand>& layers, const std::vector<std::size_t>& candidates, std::int64_t room,
               Choice& choice) {
  const auto places = static_cast<std::size_t>(room) + 1;
  std::vector<std::int64_t> spared(places, 0);
  std::vector<std::vector<bool>> taken(candidates.size(), std::vector<bool>(places, false));
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const ArrayDemand& layer = layers[candidates[i]];
    const auto arrays = static_cast<std::size_t>(layer.arrays);
    for (std::size_t place = places; place-- > arrays;) {
      const std::int64_t with = spared[place - arrays] + layer.elements;
      if (with <= spared[place]) continue;
      spared[place] = with;
      taken[i][place] = true;
    }
  }
  auto place = static_cast<std::size_t>(room);
  choice.spared += spared[place];
  for (std::size_t i = candidates.size(); i-- > 0;) {
    if (!taken[i][place]) continue;
    choice.stays[candidates[i]] = true;
    place -= static_cast<std::size_t>(layers[candidates[i]].arrays);
  }
}

/// Layers above `largest` must stay; the others may, in what the largest that does not leaves. Nothing if it can't be.
std::optional<Choice> with_largest_reload(const std::vector<ArrayDemand>& layers, std::int64_t arrays,
                                          std::int64_t largest) {
  Choice choice{std::vector<bool>(layers.size(), false), 0, 0};
  std::int64_t room = arrays - largest;
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < layers.size() && room >= 0; ++i) {
    if (layers[i].arrays <= largest) {
      if (!layers[i].always_written) candidates.push_back(i);
      continue;
    }
    if (layers[i].always_written) return std::nullopt;
    choice.stays[i] = true;
    choice.spared += layers[i].elements;
    room -= layers[i].arrays;
  }
  if (room < 0) return std::nullopt;
  fill_room(layers, candidates, room, choice);
  return choice;
}

std::vector<ArrayDemand> bundled(std::vector<ArrayDemand> layers, std::int64_t bundle) {
  for (ArrayDemand& layer : layers) layer.arrays = ceil_divide(layer.arrays, bundle);
  return layers;
}

}  // namespace

std::vector<bool> layers_that_stay(const std::vector<ArrayDemand>& demands, std::int64_t arrays) {
  const bool fit =
      std::accumulate(demands.begin(), demands.end(), std::int64_t{0},
                      [](std::int64_t sum, const ArrayDemand& d) { return checked_add(sum, d.arrays); }) <= arrays;
  std::vector<bool> stays(demands.size(), false);
  if (fit) {
    for (std::size_t i = 0; i < demands.size(); ++i) stays[i] = !demands[i].always_written;
    return stays;
  }
  const std::int64_t bundle = ceil_divide(arrays, most_exact_arrays);
  const std::vector<ArrayDemand> layers = bundled(demands, bundle);
  std::vector<std::int64_t> sizes;
  for (const ArrayDemand& layer : layers) sizes.push_back(layer.arrays);
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  std::int64_t most_spared = -1;
  for (const std::int64_t largest : sizes) {
    std::optional<Choice> choice = with_largest_reload(layers, arrays / bundle, largest);
    if (!choice || choice->spared <= most_spared) continue;
    most_spared = choice->spared;
    stays = std::move(choice->stays);
  }
  return stays;
}

}  // namespace ohmloop
