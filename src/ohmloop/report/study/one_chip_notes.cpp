#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/base/checked.hpp"
#include "ohmloop/base/number_format.hpp"
#include "ohmloop/cost/peak.hpp"
#include "ohmloop/network/evaluate_network.hpp"
#include "ohmloop/report/nest_line.hpp"
#include "ohmloop/report/study/one_chip_figures.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr double bits_per_byte = 8;

Json problem(const std::string& text) { return {{"problem", text}}; }

std::string failure_of(const NetworkEvaluation& evaluation) {
  if (evaluation.refused) return evaluation.refused->reason;
  if (evaluation.failed.empty()) return {};
  return fmt::format("no legal mapping of {}: {}", evaluation.failed.front().layer,
                     evaluation.failed.front().reason.reason);
}

NetworkEvaluation evaluated(const Network& network, const EstimatedArchitecture& chip, const MapperOptions& mapper) {
  NetworkOptions options;
  options.mapper = mapper;
  return evaluate_network(network, chip.architecture, chip.tables, options);
}

struct LimitedMemory {
  NodeId node;
  double bits_per_cycle = 0;
};

std::optional<LimitedMemory> outermost_limited(const Architecture& architecture) {
  for (std::size_t i = 0; i < architecture.nodes.size(); ++i) {
    const auto* memory = std::get_if<Memory>(&architecture.nodes[i].body);
    if (memory == nullptr) continue;
    const double bandwidth =
        std::max(memory->read_bandwidth_bits_per_cycle.value_or(0), memory->write_bandwidth_bits_per_cycle.value_or(0));
    if (bandwidth > 0) return LimitedMemory{NodeId(i), bandwidth};
  }
  return std::nullopt;
}

/// Bytes that the memory's busier port would move at full bandwidth in the time that it needs.
double busy_bytes(const Evaluation& layer, const LimitedMemory& memory) {
  double cycles = 0;
  for (const NodeTime& time : layer.times) {
    if (time.node == memory.node) cycles = std::max(cycles, time.cycles);
  }
  return cycles * memory.bits_per_cycle / bits_per_byte;
}

}  // namespace

Json roofline_note(const Network& network, const EstimatedArchitecture& chip, const MapperOptions& mapper) {
  const auto memory = outermost_limited(chip.architecture);
  if (!memory) return problem("no memory of the chip has a bandwidth");
  const NetworkEvaluation evaluation = evaluated(network, chip, mapper);
  if (const std::string why = failure_of(evaluation); !why.empty()) return problem(why);
  const double bytes_per_s = memory->bits_per_cycle * chip.architecture.clock_hertz / bits_per_byte;
  Json points = Json::array();
  for (const UniqueLayer& layer : evaluation.unique) {
    const double macs = static_cast<double>(layer.shape.macs());
    const double bytes = busy_bytes(layer.mapped.evaluation, *memory);
    if (bytes <= 0 || layer.mapped.evaluation.latency_s <= 0) continue;
    points.push_back({{"intensity", macs / bytes}, {"performance", macs / layer.mapped.evaluation.latency_s}});
  }
  return {{"network", network.name},
          {"memory", chip.architecture.node(memory->node).name},
          {"bytes_per_s", bytes_per_s},
          {"peak_macs_per_s", peak_performance(chip.architecture, chip.tables).macs_per_s},
          {"points", std::move(points)}};
}

Json nest_note(const Network& network, const std::string& layer, const EstimatedArchitecture& chip,
               const MapperOptions& mapper) {
  const NetworkEvaluation evaluation = evaluated(network, chip, mapper);
  if (const std::string why = failure_of(evaluation); !why.empty()) return problem(why);
  std::vector<std::string> names;
  for (const LayerEvaluation& each : evaluation.layers) {
    const std::string& name = network.nodes[each.network_node].name;
    names.push_back(name);
    if (name != layer) continue;
    const UniqueLayer& unique = evaluation.unique[each.unique];
    Json lines = Json::array();
    for (const NestLine& line : nest_lines(unique.einsum, chip.architecture, unique.mapped.mapping)) {
      if (const auto* keep = std::get_if<KeepLine>(&line)) {
        lines.push_back({{"level", keep->level}, {"tensor", keep->tensor}, {"words", keep->words}});
      } else if (const auto* loop = std::get_if<LoopLine>(&line)) {
        lines.push_back({{"rank", loop->rank}, {"bound", loop->bound}, {"across", loop->across}});
      }
    }
    Json tensors = Json::array();
    for (const Role role : {Role::input, Role::weight, Role::output})
      tensors.push_back(unique.einsum.tensor(role).name);
    return {{"lines", std::move(lines)},
            {"tensors", std::move(tensors)},
            {"compute", chip.architecture.node(chip.architecture.compute()).name}};
  }
  const std::string nearest = did_you_mean(layer, names);
  return problem(fmt::format("{} has no layer '{}'{}{}", network.name, layer, nearest.empty() ? "" : "; ", nearest));
}

}  // namespace ohmloop
