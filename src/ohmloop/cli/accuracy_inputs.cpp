#include "ohmloop/cli/accuracy_inputs.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/open_data_set.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/cli/inputs.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/workload/onnx/mapped_file.hpp"
#include "ohmloop/workload/sample_networks.hpp"

namespace ohmloop {

namespace {

/// Larger files are no protocol buffers.
constexpr std::size_t largest_model = std::size_t{2} << 30U;

std::vector<std::string> sample_names() {
  std::vector<std::string> names;
  for (const SampleNetwork& one : sample_networks()) names.push_back(one.name);
  return names;
}

std::optional<SampleNetwork> find_sample(const std::string& name) {
  for (const SampleNetwork& one : sample_networks()) {
    if (one.name == name) return one;
  }
  return std::nullopt;
}

void open_network_file(const ArgumentText& word, AccuracyInputs& inputs) {
  require_file(word);
  inputs.graph = read_graph(word.text);
  inputs.network = std::filesystem::path(word.text).stem().string();
  inputs.files.push_back({word.text, sha256_hex(MappedFile(word.text, largest_model).bytes())});
}

/// Returns the name of the data set that goes with it.
std::string open_sample(const ArgumentText& word, const SampleNetwork& sample, AccuracyInputs& inputs) {
  inputs.graph = read_graph_bytes(sample.bytes, word.text);
  inputs.network = word.text;
  inputs.files.push_back({"network:" + word.text, sha256_hex(sample.bytes)});
  return sample.data_set;
}

/// Returns the name of the data set that goes with a built-in network; nothing for a file.
std::optional<std::string> open_network_of(const ArgumentText& word, AccuracyInputs& inputs) {
  if (const std::optional<SampleNetwork> sample = find_sample(word.text)) return open_sample(word, *sample, inputs);
  if (!means_file(word.text)) {
    throw InputError(Diagnostic{
        Severity::error,
        fmt::format("unknown trained network '{}'", word.text),
        word.where,
        did_you_mean(word.text, sample_names()),
        {fmt::format("built in: {}", list_names(sample_names())), "or the path of an ONNX file with its weights"}});
  }
  open_network_file(word, inputs);
  return std::nullopt;
}

void open_data(const ArgumentText& word, AccuracyInputs& inputs) {
  const SourceFilePtr built_in = find_data_set(word.text);
  if (built_in == nullptr && !means_file(word.text)) {
    throw InputError(Diagnostic{Severity::error,
                                fmt::format("unknown data set '{}'", word.text),
                                word.where,
                                did_you_mean(word.text, data_set_names()),
                                {fmt::format("built in: {}", list_names(data_set_names())),
                                 "or the path of a YAML description (docs/accuracy.md)"}});
  }
  if (built_in == nullptr) require_file(word);
  const SourceFilePtr description = built_in != nullptr ? built_in : read_source_file(word.text);
  inputs.data = open_data_set(description);
  inputs.files.push_back({description->path, sha256_hex(description->text)});
}

}  // namespace

AccuracyInputs open_accuracy_inputs(const ParsedArguments& arguments) {
  AccuracyInputs inputs;
  std::vector<Diagnostic> errors;
  const auto collect = [&](const auto& open) {
    try {
      open();
    } catch (const InputError& error) {
      errors.insert(errors.end(), error.diagnostics().begin(), error.diagnostics().end());
    }
  };
  const ArgumentText& network = arguments.positional.front();
  std::optional<std::string> own_data;
  collect([&] { own_data = open_network_of(network, inputs); });
  if (arguments.has("data")) {
    collect([&] { open_data(arguments.values("data").back(), inputs); });
  } else if (own_data) {
    collect([&] { open_data({*own_data, network.where}, inputs); });
  } else if (errors.empty()) {
    errors.push_back({Severity::error,
                      "no images to run the network on",
                      network.where,
                      "add --data: a YAML description (docs/accuracy.md)",
                      {}});
  }
  if (!errors.empty()) throw InputError(std::move(errors));
  return inputs;
}

}  // namespace ohmloop
