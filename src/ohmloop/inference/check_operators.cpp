#include "ohmloop/inference/check_operators.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "ohmloop/inference/operators/operator_table.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/text/utf8.hpp"

namespace ohmloop {
namespace {

std::vector<std::string> supported_names() {
  std::vector<std::string> names;
  for (const OperatorEntry& entry : operator_table()) names.emplace_back(entry.operation);
  return names;
}

/// Why a node can't be executed; nothing if it can.
std::string reason_against(const OnnxNode& node) {
  const bool is_default = node.domain.empty() || node.domain == "ai.onnx";
  if (!is_default) {
    return fmt::format("operator '{}' is of the domain '{}', only those of ai.onnx are supported",
                       printable(node.operation), printable(node.domain));
  }
  const bool has_graph =
      std::any_of(node.attributes.begin(), node.attributes.end(), [](const auto& a) { return a.has_graph; });
  if (has_graph) {
    return fmt::format("operator '{}' holds a subgraph: control flow is not supported", printable(node.operation));
  }
  const OperatorEntry* entry = find_operator(node.operation);
  if (entry == nullptr) return fmt::format("operator '{}' is not supported", printable(node.operation));
  for (std::size_t i = 0; i < entry->required_inputs; ++i) {
    const bool missing = i >= node.inputs.size() || node.inputs[i].empty();
    if (missing) return fmt::format("operator '{}' lacks its input {}", printable(node.operation), i + 1);
  }
  if (node.outputs.size() <= entry->most_outputs) return {};
  return fmt::format("operator '{}' with {} outputs is not supported, only with up to {}", printable(node.operation),
                     node.outputs.size(), entry->most_outputs);
}

}  // namespace

void check_operators(const OnnxModel& model, OnnxProblems& problems) {
  std::map<std::string, std::vector<const OnnxNode*>> refused;
  for (const OnnxNode& node : model.nodes) {
    const std::string reason = reason_against(node);
    if (!reason.empty()) refused[reason].push_back(&node);
  }
  const std::vector<std::string> known = supported_names();
  bool listed = false;
  for (const auto& [reason, nodes] : refused) {
    std::vector<std::string> names;
    for (const OnnxNode* node : nodes) names.push_back(printable(label(*node)));
    std::vector<std::string> notes;
    const std::string suggestion = did_you_mean(printable(nodes.front()->operation), known);
    const bool names_help = find_operator(nodes.front()->operation) == nullptr;
    if (!suggestion.empty() && names_help) notes.push_back(suggestion);
    if (names_help && !listed) notes.push_back("supported operators: " + list_names(known));
    listed = listed || names_help;
    problems.error(fmt::format("{} (operator set {}), at {} {}", reason, model.operator_set,
                               names.size() == 1 ? "node" : "nodes", list_some(names)),
                   std::move(notes));
  }
}

}  // namespace ohmloop
