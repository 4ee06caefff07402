#include "ohmloop/cli/accuracy_inputs.hpp"

#include "ohmloop/study/trained_network.hpp"

namespace ohmloop {

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
  collect([&] {
    TrainedNetwork trained = open_trained_network(network);
    inputs.network = std::move(trained.name);
    inputs.graph = std::move(trained.graph);
    inputs.files.push_back(std::move(trained.file));
    own_data = std::move(trained.data_set);
  });
  const auto open_data = [&](const PlacedText& word) {
    NamedDataSet named = open_named_data_set(word);
    inputs.data = std::move(named.data);
    inputs.files.push_back(std::move(named.description));
  };
  if (arguments.has("data")) {
    collect([&] { open_data(arguments.values("data").back()); });
  } else if (own_data) {
    collect([&] { open_data({*own_data, network.where}); });
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
