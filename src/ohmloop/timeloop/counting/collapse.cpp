#include "ohmloop/timeloop/counting/collapse.hpp"

#include <cmath>

#include "ohmloop/base/checked.hpp"

namespace ohmloop::timeloop {
namespace {

double total(const std::vector<Ingress>& ingresses) {
  double sum = 0;
  for (const Ingress& ingress : ingresses) sum += ingress.accesses;
  return sum;
}

double delivered(const std::vector<Ingress>& ingresses) {
  double sum = 0;
  for (const Ingress& ingress : ingresses) sum += ingress.accesses * static_cast<double>(ingress.multicast);
  return sum;
}

void start(const FlatNest& flat, const std::vector<TileTraffic>& tiles, std::vector<LevelAccesses>& accesses) {
  const std::size_t levels = tiles.size();
  accesses.resize(levels);
  for (std::size_t l = levels; l-- > 0;) {
    LevelAccesses& a = accesses[l];
    a.kept = true;
    a.tile_words = tiles[l].tile_words;
    a.partition_words =
        l + 1 == levels ? a.tile_words
                        : checked_multiply(accesses[l + 1].partition_words, a.tile_words) / tiles[l + 1].union_words;
    a.ingresses = tiles[l].ingresses;
    a.link_transfers = tiles[l].link_transfers;
    a.content = total(a.ingresses);
    a.parent_share =
        l + 1 == levels ? 0.0 : delivered(tiles[l + 1].ingresses) / static_cast<double>(flat.fanout[l + 1]);
    a.peers = 0;
  }
}

/// The level's children turn to the next level outside that has not been passed over.
void bypass(const FlatNest& flat, std::size_t level, std::vector<LevelAccesses>& accesses) {
  LevelAccesses& gone = accesses[level];
  if (level + 1 < accesses.size()) {
    LevelAccesses& outer = accesses[level + 1];
    const double factor = gone.content * static_cast<double>(flat.fanout[level + 1]) / delivered(outer.ingresses);
    for (Ingress& ingress : outer.ingresses) ingress.accesses *= factor;
    outer.link_transfers = 0;
    outer.content = total(outer.ingresses);
  }
  gone.kept = false;
  gone.tile_words = 0;
  gone.partition_words = 0;
  gone.content = 0;
  gone.parent_share = 0;
}

/// Levels outside the outermost that keeps the data space do nothing, nor do their networks; that one has no parent.
/// Returns it.
std::size_t clear_outside(const CountingOptions& options, std::vector<LevelAccesses>& accesses) {
  for (std::size_t l = accesses.size(); l-- > 0;) {
    LevelAccesses& a = accesses[l];
    if (a.kept) {
      if (!options.fill_first_visit) a.parent_share = 0;
      return l;
    }
    if (options.fill_first_visit && l + 1 < accesses.size()) continue;
    a.ingresses.clear();
    a.link_transfers = 0;
  }
  return accesses.size();
}

void count(const DataSpace& data_space, const DataSpaceRules& rules, const CountingOptions& options, bool outermost,
           LevelAccesses& a) {
  a.reads = a.fills = a.updates = a.temporal_reductions = 0;
  if (!a.kept) return;
  const double read = a.content + a.peers;
  if (rules.no_coalesce) {
    a.reads = a.fills = std::llround(read);
    if (data_space.read_write) {
      a.updates = std::llround(a.content);
      a.temporal_reductions = a.reads;
    }
    return;
  }
  if (!data_space.read_write) {
    a.reads = std::llround(read);
    a.fills = static_cast<std::int64_t>(a.parent_share + a.peers);
    return;
  }
  const bool elide = options.first_read_elision && !rules.rmw_first_update;
  const auto first_visits = static_cast<double>(elide ? a.partition_words : 0);
  a.updates = std::llround(a.content);
  a.reads = a.temporal_reductions = std::llround(read - first_visits);
  const bool fill_first = outermost || options.fill_first_visit;
  a.fills = std::llround(a.parent_share + a.peers - (fill_first ? 0.0 : first_visits));
}

}  // namespace

void collapse(const Nest& nest, const FlatNest& flat, const CountingOptions& options, std::size_t data_space,
              const std::vector<TileTraffic>& tiles, std::vector<LevelAccesses>& accesses) {
  start(flat, tiles, accesses);
  const std::size_t levels = tiles.size();
  for (std::size_t l = 0; l < levels; ++l) {
    if (!nest.levels[l].rules[data_space].keep) bypass(flat, l, accesses);
  }
  const std::size_t outermost = clear_outside(options, accesses);
  for (std::size_t l = 1; l < levels; ++l) {
    if (accesses[l].link_transfers == 0) continue;
    accesses[l - 1].peers = accesses[l].link_transfers / static_cast<double>(flat.instances[l - 1]);
  }
  for (std::size_t l = 0; l < levels; ++l) {
    count(nest.problem.data_spaces[data_space], nest.levels[l].rules[data_space], options, l == outermost, accesses[l]);
  }
}

}  // namespace ohmloop::timeloop
