#include "ohmloop/accuracy/classifier.hpp"

#include <fmt/format.h>

#include "ohmloop/inference/simplify/simplify.hpp"
#include "ohmloop/workload/onnx/problems.hpp"

namespace ohmloop {

namespace {

void check_input(const Graph& graph, const DataSet& data, std::vector<Diagnostic>& errors) {
  if (graph.inputs.size() != 1) {
    errors.push_back(
        binary_problem(fmt::format("{}: {} inputs; images go into one", graph.source, graph.inputs.size())));
    return;
  }
  const GraphInput& input = graph.inputs[0];
  const std::string name = graph.value(input.value).name;
  if (input.type != ElementType::float32) {
    errors.push_back(binary_problem(
        fmt::format("{}: input '{}' takes {}; images are float32", graph.source, name, name_of(input.type))));
  }
  const Dims taken(input.dims.begin() + (input.dims.empty() ? 0 : 1), input.dims.end());
  bool fits = taken.size() == data.sample_dims().size();
  for (std::size_t i = 0; fits && i < taken.size(); ++i) fits = taken[i] < 0 || taken[i] == data.sample_dims()[i];
  if (!fits) {
    errors.push_back(
        binary_problem(fmt::format("{}: input '{}' takes images of {}, data set '{}' gives {}", graph.source, name,
                                   to_string(taken), data.name(), to_string(data.sample_dims())),
                       {"its preprocessing can resize and crop images, and order their axes (docs/accuracy.md)"}));
  }
}

/// The graph with open sizes of its image set to the data set's.
Graph with_sizes(const Graph& graph, const DataSet& data) {
  Graph sized = graph;
  for (std::size_t i = 0; i < data.sample_dims().size(); ++i) sized.inputs[0].dims[i + 1] = data.sample_dims()[i];
  return sized;
}

void check_labels(const Graph& graph, const DataSet& data, std::int64_t classes) {
  std::size_t outside = 0;
  std::string first;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data.label(i) >= 0 && data.label(i) < classes) continue;
    if (outside++ == 0) first = fmt::format("label {} of image '{}'", data.label(i), data.image_name(i));
  }
  if (outside == 0) return;
  throw InputError({binary_problem(
      fmt::format("{}: {} of {} images have labels that the network's {} classes don't include, the first one {}",
                  graph.source, outside, data.size(), classes, first),
      {"an offset between the two is set by 'label_offset' in the data set's description"})});
}

}  // namespace

Classifier make_classifier(const Graph& graph, const DataSet& data, std::int64_t batch) {
  std::vector<Diagnostic> errors;
  check_input(graph, data, errors);
  if (data.size() == 0) errors.push_back(binary_problem(fmt::format("data set '{}' has no images", data.name())));
  if (!errors.empty()) throw InputError(std::move(errors));
  const Graph sized = with_sizes(graph, data);
  Program reference(simplify(sized), batch);
  const std::int64_t taken = reference.batch();
  const Dims& output = reference.output_dims(0);
  const std::int64_t scores = element_count(output);
  if (output.empty() || output[0] != taken || scores / taken < 2) {
    throw InputError(
        {binary_problem(fmt::format("{}: output '{}' of {} for a batch of {}: not a score per class for every image",
                                    graph.source, graph.value(graph.outputs[0]).name, to_string(output), taken))});
  }
  check_labels(graph, data, scores / taken);
  return {sized, std::move(reference), taken, scores / taken};
}

}  // namespace ohmloop
