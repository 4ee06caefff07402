#include "ohmloop/network/map_network_layer.hpp"

#include <algorithm>
#include <tuple>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/cost/charged_traffic.hpp"
#include "ohmloop/mapper/objective.hpp"

namespace ohmloop {
namespace {

void add(const MapperStats& more, MapperStats& stats) {
  stats.evaluated += more.evaluated;
  stats.illegal += more.illegal;
  stats.seconds += more.seconds;
}

MappedNetworkLayer map_with_blocks(const std::string& name, const LayerShape& shape, std::int64_t blocks,
                                   const Architecture& architecture, const ReferenceTables& tables,
                                   const MapperOptions& options) {
  MappedNetworkLayer layer;
  layer.einsum = lower(name, shape, architecture, blocks);
  layer.result = find_mapping(layer.einsum, architecture, tables, options, &layer.stats);
  return layer;
}

/// Of two answers to one layer: any is better than none, then the objective counts, then arrays.
bool is_better(const MappedNetworkLayer& a, const MappedNetworkLayer& b, const Objective& objective) {
  if (!a.result.best || !b.result.best) return a.result.best.has_value() && !b.result.best;
  const auto rank = [&](const MappedNetworkLayer& layer) {
    const Evaluation& evaluation = layer.result.best->evaluation;
    return std::tuple(score(objective, evaluation), evaluation.arrays_used.value_or(0));
  };
  return rank(a) < rank(b);
}

MappedNetworkLayer map_best_blocks(const std::string& name, const LayerShape& shape, const Architecture& architecture,
                                   const ReferenceTables& tables, const MapperOptions& options) {
  std::optional<MappedNetworkLayer> best;
  MapperStats stats;
  for (const std::int64_t blocks : block_choices(shape, architecture)) {
    MappedNetworkLayer layer = map_with_blocks(name, shape, blocks, architecture, tables, options);
    add(layer.stats, stats);
    if (!best || is_better(layer, *best, options.objective)) best = std::move(layer);
  }
  best->stats = stats;
  return *std::move(best);
}

/// The outermost fan-out; nothing where that is the array's own.
std::optional<NodeId> outermost_fanout(const Architecture& architecture) {
  const std::size_t columns = architecture.array->cells.index() - 2;
  for (std::size_t i = 0; i < columns; ++i) {
    if (architecture.nodes[i].as<Fanout>() != nullptr) return NodeId(i);
  }
  return std::nullopt;
}

/// So many chips as one, for a layer that is spread over them.
Architecture several_chips(const Architecture& architecture, NodeId fanout, std::int64_t chips) {
  Architecture wide = architecture;
  auto& body = std::get<Fanout>(wide.nodes[fanout.index()].body);
  body.count = checked_multiply(body.count, chips);
  return wide;
}

/// Factors of containers do not always come out even: a few larger numbers of chips are tried after the smallest.
void spread_over_chips(const std::string& name, const LayerShape& shape, const Architecture& architecture,
                       const ReferenceTables& tables, const MapperOptions& options, MappedNetworkLayer& layer) {
  const std::optional<NodeId> fanout = outermost_fanout(architecture);
  if (!fanout) return;
  const std::int64_t fewest = std::max<std::int64_t>(
      2, ceil_divide(fewest_arrays(layer.einsum, *architecture.array), arrays_of_chip(architecture).value_or(1)));
  for (const std::int64_t chips : {fewest, fewest + 1, fewest + 2, checked_multiply(2, fewest)}) {
    const Architecture wide = several_chips(architecture, *fanout, chips);
    MappedNetworkLayer spread = map_best_blocks(name, shape, wide, tables, options);
    add(spread.stats, layer.stats);
    if (!spread.result.best || !weights_stay(spread.einsum, wide, spread.result.best->counts)) continue;
    spread.chips = chips;
    spread.stats = layer.stats;
    layer = std::move(spread);
    return;
  }
}

}  // namespace

std::optional<std::int64_t> arrays_of_chip(const Architecture& architecture) {
  if (!architecture.array) return std::nullopt;
  return architecture.instances(NodeId(architecture.array->cells.index() - 2));
}

std::int64_t fewest_arrays(const Einsum& einsum, const ArraySlicing& array) {
  const auto size = [&](std::string_view name) {
    const auto found =
        std::find_if(einsum.ranks.begin(), einsum.ranks.end(), [&](const Rank& rank) { return rank.name == name; });
    return found == einsum.ranks.end() ? std::int64_t{1} : found->size;
  };
  const std::int64_t columns = checked_multiply(size("M"), size("WS"));
  return checked_multiply(size("G"),
                          checked_multiply(ceil_divide(size("K"), array.rows), ceil_divide(columns, array.columns)));
}

bool keeps_weights(const Architecture& architecture) {
  return architecture.array && std::get<Memory>(architecture.node(architecture.array->cells).body).resident;
}

bool weights_stay(const Einsum& einsum, const Architecture& architecture, const Counts& counts) {
  return ChargedTraffic(einsum, architecture, counts).programmed().has_value();
}

MappedNetworkLayer map_network_layer(const std::string& name, const LayerShape& shape, const Architecture& architecture,
                                     const ReferenceTables& tables, const MapperOptions& options) {
  MappedNetworkLayer layer = map_best_blocks(name, shape, architecture, tables, options);
  if (!keeps_weights(architecture) || shape.weight_is_activation || !layer.result.best) return layer;
  if (architecture.schedule.weights != WeightResidence::more_chips) return layer;
  if (!weights_stay(layer.einsum, architecture, layer.result.best->counts)) {
    spread_over_chips(name, shape, architecture, tables, options, layer);
  }
  return layer;
}

}  // namespace ohmloop
