#include "ohmloop/study/trained_network.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/open_data_set.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/inference/read_graph.hpp"
#include "ohmloop/study/chosen_inputs.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/workload/onnx/mapped_file.hpp"

namespace ohmloop {

namespace {

/// Larger files are no protocol buffers.
constexpr std::size_t largest_model = std::size_t{2} << 30U;

}  // namespace

std::vector<std::string> sample_network_names() {
  std::vector<std::string> names;
  for (const SampleNetwork& one : sample_networks()) names.push_back(one.name);
  return names;
}

std::optional<SampleNetwork> find_sample_network(const std::string& name) {
  for (const SampleNetwork& one : sample_networks()) {
    if (one.name == name) return one;
  }
  return std::nullopt;
}

TrainedFile find_trained_network(const PlacedText& word) {
  if (const std::optional<SampleNetwork> sample = find_sample_network(word.text)) {
    return {{"network:" + word.text, sha256_hex(sample->bytes)}, sample->data_set};
  }
  if (!means_file(word.text)) {
    const std::vector<std::string> known = sample_network_names();
    throw InputError(
        Diagnostic{Severity::error,
                   fmt::format("unknown trained network '{}'", word.text),
                   word.where,
                   did_you_mean(word.text, known),
                   {fmt::format("built in: {}", list_names(known)), "or the path of an ONNX file with its weights"}});
  }
  require_file(word);
  return {{word.text, sha256_hex(MappedFile(word.text, largest_model).bytes())}, std::nullopt};
}

TrainedNetwork open_trained_network(const PlacedText& word) {
  TrainedFile found = find_trained_network(word);
  if (const std::optional<SampleNetwork> sample = find_sample_network(word.text)) {
    return {word.text, read_graph_bytes(sample->bytes, word.text), std::move(found.file), std::move(found.data_set)};
  }
  return {std::filesystem::path(word.text).stem().string(), read_graph(word.text), std::move(found.file), std::nullopt};
}

NamedDataSet open_named_data_set(const PlacedText& word) {
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
  return {open_data_set(description), {description->path, sha256_hex(description->text)}};
}

}  // namespace ohmloop
