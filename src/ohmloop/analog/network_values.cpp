#include "ohmloop/analog/network_values.hpp"

#include <map>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

std::uint64_t total(const CodeHistogram& codes) {
  return std::accumulate(codes.counts().begin(), codes.counts().end(), codes.not_a_number());
}

class NetworkValues {
 public:
  NetworkValues(const Architecture& architecture, std::span<const LayerCodes> codes, const SourceSpan& where,
                Diagnostics& diagnostics)
      : architecture_(architecture), where_(where), diagnostics_(diagnostics) {
    for (const LayerCodes& layer : codes) {
      known_.emplace(layer.name, &layer);
      names_.push_back(layer.name);
    }
  }

  std::vector<LayerMoments> run(const Network& network) {
    std::vector<LayerMoments> values(network.nodes.size());
    std::vector<Diagnostic> missing;
    bool found = false;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
      const NetworkNode& node = network.nodes[i];
      if (!node.shape || node.shape->weight_is_activation) continue;
      const LayerCodes* codes = find(node);
      if (codes == nullptr) {
        missing.push_back({Severity::warning,
                           fmt::format("no values of layer '{}': defaults are taken", node.name),
                           where_,
                           did_you_mean(node.name, names_),
                           {}});
        continue;
      }
      found = true;
      values[i] = values_of(node, *codes);
    }
    report(missing, found);
    return values;
  }

 private:
  [[nodiscard]] const LayerCodes* find(const NetworkNode& node) const {
    auto found = known_.find(node.name);
    if (found == known_.end()) found = known_.find(fmt::format("{} of '{}'", node.operation, node.name));
    return found == known_.end() ? nullptr : found->second;
  }

  void report(const std::vector<Diagnostic>& missing, bool found) {
    if (!found && !missing.empty()) {
      diagnostics_.error(
          "none of the network's layers is among those whose values are known", where_,
          "are they those of another network?",
          {missing.front().message.substr(0, missing.front().message.find(':')),
           fmt::format("known: {}", list_names(std::span(names_).first(std::min<std::size_t>(names_.size(), 10))))});
      return;
    }
    for (const Diagnostic& one : missing) diagnostics_.warning(one.message, one.where, one.label);
  }

  LayerMoments values_of(const NetworkNode& node, const LayerCodes& codes) {
    LayerMoments values;
    if (codes.inputs) {
      if (codes.inputs->bits() == architecture_.bits.input) {
        values = input_values(*codes.inputs, architecture_);
      } else if (!std::exchange(told_of_bits_, true)) {
        diagnostics_.error(fmt::format("the values of the inputs have {} bits, the array's inputs {}",
                                       codes.inputs->bits(), architecture_.bits.input),
                           where_, fmt::format("record them with '--activation-bits {}'", architecture_.bits.input));
      }
    }
    if (!codes.weights) return values;
    const auto weights = static_cast<std::uint64_t>(node.shape->weights());
    if (total(*codes.weights) != weights) {
      diagnostics_.error(fmt::format("layer '{}' has {} weights, but values of {} are given", node.name, weights,
                                     total(*codes.weights)),
                         where_, "are they those of another network?");
    } else if (codes.weights->bits() == weight_code_bits(architecture_)) {
      values.weights = weight_moments(*codes.weights, architecture_);
    }
    return values;
  }

  const Architecture& architecture_;
  const SourceSpan& where_;
  Diagnostics& diagnostics_;
  std::map<std::string, const LayerCodes*> known_;
  std::vector<std::string> names_;
  bool told_of_bits_ = false;
};

}  // namespace

std::vector<LayerMoments> network_values(const Network& network, const Architecture& architecture,
                                         std::span<const LayerCodes> codes, const SourceSpan& where,
                                         Diagnostics& diagnostics) {
  return NetworkValues(architecture, codes, where, diagnostics).run(network);
}

}  // namespace ohmloop
