#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<PositionalSpec, 1> show_arguments = {
    PositionalSpec{.name = "NAME", .help = "a preset, a network of the zoo, a YAML or an ONNX file"}};
constexpr std::array<OptionSpec, 7> show_options = {
    OptionSpec{.name = "yaml",
               .help = "print the text of an architecture",
               .details = "A preset's text is a file to start from: 'ohmloop show isaac --yaml > my-chip.yaml'."},
    OptionSpec{.name = "tables",
               .help = "print energies, areas and leakage of an architecture as YAML",
               .details = "Every figure comes with its estimator, its source and how it was derived."},
    set_option,
    estimator_option,
    program_option,
    timeout_option,
    batch_option};
constexpr std::array<ExampleSpec, 2> show_examples = {
    ExampleSpec{.command = "ohmloop show isaac --yaml > isaac.yaml; ohmloop check isaac.yaml 2> warnings.txt",
                .output = "isaac.yaml: architecture, 1 warning\n"},
    ExampleSpec{.command = "ohmloop show alexnet | tail -n 1",
                .output = "not charged: Relu 7, MaxPool 3, AveragePool 1, Flatten 1\n"}};

}  // namespace

CommandSpec show_spec() {
  return CommandSpec{.name = "show",
                     .help = "print an architecture or a network",
                     .details =
                         "An architecture is shown as its nodes with energy per action and area, a network as its "
                         "layers with MACs, weights and activations.",
                     .arguments = show_arguments,
                     .options = show_options,
                     .examples = show_examples};
}

}  // namespace ohmloop
