#include "ohmloop/analysis/fuzzing/random_nest.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

/// SplitMix64: the same sequence everywhere, which the standard's distributions do not promise.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::int64_t between(std::int64_t low, std::int64_t high) {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    z ^= z >> 31;
    return low + static_cast<std::int64_t>(z % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  std::size_t index(std::size_t size) {
    return static_cast<std::size_t>(between(0, static_cast<std::int64_t>(size) - 1));
  }

 private:
  std::uint64_t state_;
};

void random_side(Dice& dice, std::int64_t& filter, std::int64_t& output, std::int64_t& stride, std::int64_t& dilation,
                 std::int64_t& pad, std::int64_t& input) {
  filter = dice.between(1, 4);
  output = dice.between(1, 6);
  stride = dice.chance(50) ? 1 : dice.between(1, 4);
  dilation = dice.chance(70) ? 1 : dice.between(1, 3);
  const std::int64_t reach = (filter - 1) * dilation + (output - 1) * stride + 1;
  pad = dice.chance(50) ? 0 : dice.between(0, std::min<std::int64_t>(reach - 1, 3));
  // Padding at the end, or input that no window reaches.
  input = std::max<std::int64_t>(1, reach - pad + (dice.chance(50) ? 0 : dice.between(-2, 2)));
}

LayerShape random_shape(Dice& dice) {
  LayerShape shape;
  if (dice.chance(20)) {
    shape.G = dice.between(1, 3);
    shape.C = shape.G * dice.between(1, 8);
    shape.M = shape.G * dice.between(1, 8);
    shape.E = shape.H = dice.between(1, 8);
    return shape;
  }
  shape.N = dice.chance(70) ? 1 : dice.between(1, 3);
  shape.G = dice.chance(80) ? 1 : dice.between(1, 3);
  shape.M = shape.G * dice.between(1, 4);
  shape.C = shape.G * dice.between(1, 4);
  random_side(dice, shape.R, shape.E, shape.stride_height, shape.dilation_height, shape.pad_top, shape.H);
  if (dice.chance(40)) return shape;
  random_side(dice, shape.S, shape.F, shape.stride_width, shape.dilation_width, shape.pad_left, shape.W);
  return shape;
}

Einsum random_einsum(Dice& dice, std::int64_t max_points) {
  for (;;) {
    const LayerShape shape = random_shape(dice);
    SliceParameters slices;
    slices.weight_slices = static_cast<int>(dice.between(1, 3));
    slices.input_slices = static_cast<int>(dice.between(1, 3));
    Einsum einsum = dice.chance(50) ? conv_einsum("random", shape, {}) : array_einsum("random", shape, slices);
    if (einsum.points() <= max_points) return einsum;
  }
}

Memory random_memory(Dice& dice, bool windows) {
  Memory memory;
  memory.holds_windows = windows && dice.chance(30);
  return memory;
}

Fanout random_fanout(Dice& dice) {
  Fanout fanout;
  for (bool& shares : fanout.shares) shares = dice.chance(60);
  return fanout;
}

Converter random_converter(Dice& dice) {
  Converter converter;
  for (bool& passes : converter.passes) passes = dice.chance(60);
  converter.reduces = dice.chance(40);
  return converter;
}

Architecture random_architecture(Dice& dice, bool windows) {
  std::string kinds(static_cast<std::size_t>(dice.between(0, 3)), 'm');
  const auto insert = [&](char kind) { kinds.insert(kinds.begin() + dice.between(0, std::ssize(kinds)), kind); };
  for (std::int64_t i = dice.between(0, 3); i > 0; --i) insert('f');
  for (std::int64_t i = dice.between(0, 3); i > 0; --i) insert('c');
  kinds = 'm' + kinds + 'x';
  Architecture architecture;
  architecture.name = "random";
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    Node& node = architecture.nodes.emplace_back();
    node.name = fmt::format("{}{}", kinds[i], i);
    // The outermost memory rarely holds windows.
    if (kinds[i] == 'm') node.body = random_memory(dice, windows && (i > 0 || dice.chance(30)));
    if (kinds[i] == 'f') node.body = random_fanout(dice);
    if (kinds[i] == 'c') node.body = random_converter(dice);
    if (kinds[i] == 'x') node.body = Compute{};
  }
  return architecture;
}

/// Builds a mapping from places: a list of Keeps in order, and slots between them where loops may stand.
class MappingBuilder {
 public:
  MappingBuilder(Dice& dice, const Einsum& einsum, Architecture& architecture)
      : dice_(dice), einsum_(einsum), architecture_(architecture) {}

  Mapping build() {
    place_nodes();
    for (std::size_t rank = 0; rank < einsum_.ranks.size(); ++rank) place_loops(RankId(rank));
    fit_fanouts();
    return std::move(mapping_);
  }

 private:
  struct Slot {
    std::optional<NodeId> fanout;
    std::vector<Loop> loops;
  };

  /// Keeps between two fan-outs may change places as long as each tensor's nodes stay in order.
  void shuffle(std::vector<Keep>& keeps) {
    for (std::size_t i = 0; i + 1 < keeps.size(); ++i) {
      const std::size_t at = dice_.index(keeps.size() - 1);
      if (keeps[at].role != keeps[at + 1].role && dice_.chance(40)) std::swap(keeps[at], keeps[at + 1]);
    }
  }

  void place_nodes() {
    std::vector<Keep> pending;
    const auto flush = [&] {
      shuffle(pending);
      for (const Keep& keep : pending) {
        order_.emplace_back(keep);
        order_.emplace_back(Slot{});
      }
      pending.clear();
    };
    for (std::size_t i = 0; i < architecture_.nodes.size(); ++i) {
      const Node& node = architecture_.nodes[i];
      if (node.as<Fanout>() != nullptr) {
        flush();
        order_.emplace_back(Slot{NodeId(i), {}});
        order_.emplace_back(Slot{});
      } else if (node.as<Memory>() != nullptr) {
        for (const Role role : all_roles) {
          if (i == 0 || dice_.chance(60)) pending.push_back({NodeId(i), role});
        }
      }
      if (i == 0) {
        // The outermost memory holds everything before any loop begins.
        for (const Keep& keep : pending) order_.emplace_back(keep);
        order_.emplace_back(Slot{});
        pending.clear();
      }
    }
    flush();
  }

  /// Digits of a rank, innermost first, in random slots.
  void place_loops(RankId rank) {
    const std::int64_t size = einsum_.rank(rank).size;
    std::int64_t step = 1;
    std::vector<std::int64_t> bounds;
    while (step < size) {
      const std::int64_t rest = ceil_divide(size, step);
      std::int64_t bound =
          bounds.size() == 4 || dice_.chance(40) ? rest : dice_.between(2, std::min<std::int64_t>(rest, 4));
      if (dice_.chance(50) && rest % bound != 0) bound = rest;
      bounds.push_back(bound);
      step *= bound;
    }
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < bounds.size(); ++i) places.push_back(random_slot());
    std::sort(places.begin(), places.end(), std::greater<>());
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      Slot& slot = std::get<Slot>(order_[places[i]]);
      // Loops of one rank must keep their order within a slot: the later one is further out.
      const auto first_own =
          std::find_if(slot.loops.begin(), slot.loops.end(), [&](const Loop& l) { return l.rank == rank; });
      const auto limit = static_cast<std::size_t>(first_own - slot.loops.begin());
      slot.loops.insert(slot.loops.begin() + static_cast<std::ptrdiff_t>(dice_.index(limit + 1)),
                        Loop{rank, bounds[i], slot.fanout});
    }
  }

  std::size_t random_slot() {
    for (;;) {
      const std::size_t at = dice_.index(order_.size());
      if (std::holds_alternative<Slot>(order_[at])) return at;
    }
  }

  void fit_fanouts() {
    mapping_.steps.clear();
    for (const auto& item : order_) {
      if (const Keep* keep = std::get_if<Keep>(&item)) {
        mapping_.steps.emplace_back(*keep);
        continue;
      }
      const Slot& slot = std::get<Slot>(item);
      std::int64_t copies = 1;
      for (const Loop& loop : slot.loops) {
        mapping_.steps.emplace_back(loop);
        copies *= loop.bound;
      }
      if (slot.fanout) std::get<Fanout>(architecture_.nodes[slot.fanout->index()].body).count = copies;
    }
  }

  Dice& dice_;
  const Einsum& einsum_;
  Architecture& architecture_;
  std::vector<std::variant<Keep, Slot>> order_;
  Mapping mapping_;
};

}  // namespace

RandomNest random_nest(std::uint64_t seed, std::int64_t max_points) {
  Dice dice(seed);
  RandomNest nest;
  nest.einsum = random_einsum(dice, max_points);
  nest.architecture = random_architecture(dice, !nest.einsum.tensor(Role::input).window_axes.empty());
  nest.mapping = MappingBuilder(dice, nest.einsum, nest.architecture).build();
  return nest;
}

}  // namespace ohmloop
