#include "ohmloop/cli/run_values.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/analog/layer_weights.hpp"
#include "ohmloop/analog/network_values.hpp"
#include "ohmloop/analog/quantiser.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/report/read_value_record.hpp"
#include "ohmloop/study/chosen_inputs.hpp"

namespace ohmloop {
namespace {

/// Instead of a file: the weights of the network's own file, and no inputs.
constexpr const char* weights_word = "weights";

/// Why values cannot matter; nothing if they can.
std::string obstacle(const RunReport& report) {
  if (!report.architecture.array) return "it has no array";
  if (!report.values.matter) return "its components cost the same whatever the values";
  return {};
}

void check_bits(const Architecture& architecture, const SourceSpan& where) {
  if (weight_code_bits(architecture) <= most_quantised_bits && architecture.bits.input <= most_quantised_bits) return;
  throw InputError(Diagnostic{Severity::error,
                              fmt::format("values of {} bits are not modelled",
                                          std::max(weight_code_bits(architecture), architecture.bits.input)),
                              where,
                              fmt::format("at most {}", most_quantised_bits),
                              {}});
}

std::vector<LayerCodes> codes_of_network(const RunReport& report) {
  return layer_weight_codes(read_graph(report.settings.network), weight_code_bits(report.architecture));
}

/// Weights that were recorded in other bits than the array's come from the network's file, where there is one.
void take_missing_weights(const RunReport& report, bool has_file, std::vector<LayerCodes>& codes) {
  const int bits = weight_code_bits(report.architecture);
  const bool complete = std::all_of(codes.begin(), codes.end(), [&](const LayerCodes& layer) {
    return layer.weights && layer.weights->bits() == bits;
  });
  if (complete || !has_file) return;
  for (LayerCodes& own : codes_of_network(report)) {
    const auto same =
        std::find_if(codes.begin(), codes.end(), [&](const LayerCodes& layer) { return layer.name == own.name; });
    if (same != codes.end()) same->weights = std::move(own.weights);
  }
}

std::vector<LayerCodes> read_record(const ArgumentText& word, RunReport& report) {
  require_file(word);
  const SourceFilePtr file = read_source_file(word.text, max_record_bytes);
  report.inputs.push_back({word.text, sha256_hex(file->text)});
  return read_value_record(file->text, word.text, word.where);
}

std::vector<LayerCodes> open_codes(const ArgumentText& word, bool has_file, RunReport& report) {
  if (word.text == weights_word) {
    if (!has_file) {
      throw InputError(Diagnostic{Severity::error,
                                  fmt::format("'{}' of the zoo has no trained weights", report.settings.network),
                                  word.where,
                                  "only an ONNX file has",
                                  {}});
    }
    return codes_of_network(report);
  }
  std::vector<LayerCodes> codes = read_record(word, report);
  take_missing_weights(report, has_file, codes);
  return codes;
}

}  // namespace

void read_run_values(const ParsedArguments& arguments, const Registry& registry, RunReport& report) {
  report.values.matter = report.architecture.array && depends_on_values(report.architecture, registry);
  if (!arguments.has("values")) return;
  const ArgumentText word = arguments.values("values").back();
  Diagnostics diagnostics;
  if (const std::string why = obstacle(report); !why.empty()) {
    // A record that cannot be read is wrong on any chip.
    if (word.text != weights_word) read_record(word, report);
    diagnostics.warning(fmt::format("values change no energy of '{}': {}", report.settings.architecture, why),
                        word.where);
  } else {
    check_bits(report.architecture, word.where);
    const bool has_file = report.network.source != "zoo";
    report.values.source = word.text == weights_word ? "the network's weights" : word.text;
    const std::vector<LayerCodes> codes = open_codes(word, has_file, report);
    report.values.of_node = network_values(report.network, report.architecture, codes, word.where, diagnostics);
  }
  diagnostics.throw_if_errors();
  const std::vector<Diagnostic> warnings = diagnostics.warnings();
  report.warnings.insert(report.warnings.end(), warnings.begin(), warnings.end());
}

std::vector<std::shared_ptr<const ReferenceTables>> tables_of_values(const RunReport& report,
                                                                     const Registry& registry) {
  std::vector<LayerMoments> different;
  for (const LayerMoments& values : report.values.of_node) {
    if (values == LayerMoments{} || std::find(different.begin(), different.end(), values) != different.end()) continue;
    different.push_back(values);
  }
  std::vector<std::shared_ptr<const ReferenceTables>> tables;
  for (ReferenceTables& one : estimate_value_tables(report.architecture, registry, different)) {
    tables.push_back(std::make_shared<const ReferenceTables>(std::move(one)));
  }
  std::vector<std::shared_ptr<const ReferenceTables>> of_node(report.values.of_node.size());
  for (std::size_t i = 0; i < of_node.size(); ++i) {
    const auto found = std::find(different.begin(), different.end(), report.values.of_node[i]);
    if (found != different.end()) of_node[i] = tables[static_cast<std::size_t>(found - different.begin())];
  }
  return of_node;
}

}  // namespace ohmloop
