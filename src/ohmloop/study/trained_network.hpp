#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ohmloop/accuracy/data/data_set.hpp"
#include "ohmloop/base/provenance.hpp"
#include "ohmloop/inference/graph.hpp"
#include "ohmloop/text/placed_text.hpp"
#include "ohmloop/workload/sample_networks.hpp"

namespace ohmloop {

/// A network with its weights.
struct TrainedNetwork {
  std::string name;  ///< the file's name without its folder and ending, or the built-in network's
  Graph graph;
  InputFile file;
  std::optional<std::string> data_set;  ///< that goes with a built-in network
};

/// The built-in network of this name, or nothing.
std::optional<SampleNetwork> find_sample_network(const std::string& name);
std::vector<std::string> sample_network_names();

/// A trained network that nobody has read yet.
struct TrainedFile {
  InputFile file;
  std::optional<std::string> data_set;  ///< that goes with a built-in network
};
/// Throws InputError, with suggestions for an unknown name, or IoError.
TrainedFile find_trained_network(const PlacedText& word);

/// A built-in network or an ONNX file. Throws InputError, with suggestions for an unknown name, or IoError.
TrainedNetwork open_trained_network(const PlacedText& word);

struct NamedDataSet {
  std::shared_ptr<const DataSet> data;
  InputFile description;
};
/// A built-in data set or the path of a YAML description. Throws InputError or IoError.
NamedDataSet open_named_data_set(const PlacedText& word);

}  // namespace ohmloop
