#include "ohmloop/study/study_inputs.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/accuracy/data/open_data_set.hpp"
#include "ohmloop/base/sha256.hpp"
#include "ohmloop/study/chosen_inputs.hpp"
#include "ohmloop/study/sweep_axes.hpp"
#include "ohmloop/text/suggest.hpp"
#include "ohmloop/workload/onnx/mapped_file.hpp"
#include "ohmloop/workload/onnx_reader.hpp"

namespace ohmloop {

namespace {

bool is_named(const NetworkNode& node, const std::vector<PlacedText>& names) {
  return std::any_of(names.begin(), names.end(), [&](const PlacedText& one) { return one.text == node.name; });
}

/// These layers of the network without the others; all where none is named.
Network only_layers(Network network, const std::vector<PlacedText>& names) {
  if (names.empty()) return network;
  std::vector<std::string> known;
  std::vector<NetworkNode> kept;
  for (const NetworkNode& node : network.nodes) {
    if (!node.shape) continue;
    known.push_back(node.name);
    if (is_named(node, names)) kept.push_back(node);
  }
  for (NetworkNode& node : kept) node.inputs.clear();
  std::vector<Diagnostic> errors;
  for (const PlacedText& name : names) {
    if (std::find(known.begin(), known.end(), name.text) != known.end()) continue;
    errors.push_back({Severity::error,
                      fmt::format("'{}' has no layer '{}'", network.name, name.text),
                      name.where,
                      did_you_mean(name.text, known),
                      {fmt::format("layers: {}", list_names(known))}});
  }
  if (!errors.empty()) throw InputError(std::move(errors));
  network.nodes = std::move(kept);
  return network;
}

class Opener {
 public:
  StudyInputs run(const Study& study) {
    folder_ = std::filesystem::path(study.source->path).parent_path();
    for (const StudyPart& part : study.parts) {
      PartInputs inputs;
      if (part.wants(MetricKind::network) || part.wants(MetricKind::cost)) open_networks(part, inputs);
      if (part.wants(MetricKind::cost)) open_architectures(part, inputs);
      if (part.wants(MetricKind::accuracy)) open_accuracy(part, inputs);
      result_.parts.push_back(std::move(inputs));
    }
    if (!errors_.empty()) throw InputError(std::move(errors_));
    return std::move(result_);
  }

 private:
  /// Goes on after an error, so that all names are tried.
  template <class Open>
  void collect(const Open& open) {
    try {
      open();
    } catch (const InputError& error) {
      for (const Diagnostic& each : error.diagnostics()) {
        if (!is_among(each, errors_)) errors_.push_back(each);
      }
    }
  }

  /// The name, or the path of a file that stands beside the study.
  [[nodiscard]] PlacedText found(const std::string& name, const SourceSpan& where) const {
    const std::filesystem::path beside = folder_ / name;
    std::error_code ignored;
    const bool is_beside = !folder_.empty() && std::filesystem::is_regular_file(beside, ignored);
    return {is_beside ? beside.string() : name, where};
  }

  /// Under the name that the study gives it, so that results don't tell where they were made.
  void add_file(InputFile file) {
    const auto known = std::find_if(result_.files.begin(), result_.files.end(),
                                    [&](const InputFile& one) { return one.path == file.path; });
    if (known == result_.files.end()) result_.files.push_back(std::move(file));
  }

  void open_networks(const StudyPart& part, PartInputs& inputs) {
    for (const AxisValue& value : part.axis(AxisKind::network)->values) {
      collect([&] { inputs.networks.push_back(only_layers(open_one(value, part.batch), part.layers)); });
    }
  }

  Network open_one(const AxisValue& value, std::int64_t batch) {
    if (const std::optional<SampleNetwork> sample = find_sample_network(value.text)) {
      add_file({"network:" + value.text, sha256_hex(sample->bytes)});
      return read_onnx_bytes(sample->bytes, value.text, OnnxOptions{.batch = batch});
    }
    NetworkInput input = open_network(found(value.text, value.where), batch);
    if (input.file) add_file({value.text, input.file->sha256});
    return std::move(input.network);
  }

  void open_architectures(const StudyPart& part, PartInputs& inputs) {
    for (const AxisValue& value : part.axis(AxisKind::architecture)->values) {
      collect([&] {
        inputs.architectures.push_back(open_architecture_source(found(value.text, value.where)));
        const SourceFile& source = *inputs.architectures.back();
        const bool is_preset = source.path.starts_with("preset:");
        add_file({is_preset ? source.path : value.text, sha256_hex(source.text)});
      });
    }
  }

  void open_accuracy(const StudyPart& part, PartInputs& inputs) {
    if (part.data) collect([&] { images_of(*part.data); });
    for (const AxisValue& value : part.axis(AxisKind::network)->values) {
      collect([&] {
        const PlacedText name = found(value.text, value.where);
        const TrainedFile trained = find_trained_network(name);
        add_file({trained.data_set ? trained.file.path : value.text, trained.file.sha256});
        inputs.trained_names.push_back(name.text);
        inputs.trained_checksums.push_back(trained.file.sha256);
        if (!part.data && !trained.data_set) {
          throw InputError(Diagnostic{Severity::error,
                                      "no images to run the network on",
                                      value.where,
                                      "add data: a YAML description (docs/accuracy.md)",
                                      {}});
        }
        inputs.images.push_back(images_of(part.data ? *part.data : PlacedText{*trained.data_set, value.where}));
      });
    }
  }

  StudyImages images_of(const PlacedText& word) {
    const auto known = images_.find(word.text);
    if (known != images_.end()) return known->second;
    const SourceFilePtr built_in = find_data_set(word.text);
    const PlacedText name = built_in != nullptr ? word : found(word.text, word.where);
    NamedDataSet named = open_named_data_set(name);
    add_file({built_in != nullptr ? named.description.path : word.text, named.description.sha256});
    const SourceFilePtr text = built_in != nullptr ? built_in : read_source_file(name.text);
    return images_[word.text] = {std::move(named.data), text->text};
  }

  std::filesystem::path folder_;
  StudyInputs result_;
  std::vector<Diagnostic> errors_;
  std::map<std::string, StudyImages> images_;
};

}  // namespace

StudyInputs open_study_inputs(const Study& study) { return Opener().run(study); }

}  // namespace ohmloop
