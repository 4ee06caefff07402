#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<PositionalSpec, 1> run_arguments = {
    PositionalSpec{.name = "NETWORK", .help = "a network of the zoo, or the path of an ONNX file"}};
constexpr std::array<OptionSpec, 14> run_options = {
    OptionSpec{.name = "arch",
               .short_name = 'a',
               .value_name = "ARCH",
               .required = true,
               .help = "a preset architecture, or the path of a YAML file",
               .details = "'ohmloop show isaac --yaml' prints a preset as a file to start from."},
    set_option,
    OptionSpec{.name = "values",
               .value_name = "WHAT",
               .help = "a record of each layer's values, or 'weights'",
               .details =
                   "Storage elements and converters then cost what these values take (docs/values.md). A record is "
                   "what 'ohmloop accuracy --record' wrote; 'weights' are those of the network's own ONNX file, with "
                   "defaults for the inputs."},
    batch_option,
    objective_option,
    estimator_option,
    program_option,
    timeout_option,
    format_option,
    OptionSpec{.name = "explain",
               .value_name = "WHAT",
               .help = "derive the energy instead: 'energy[:COMPONENT[:ACTION]]'",
               .details = "Per component and action: how often, what one costs, and where that number comes from."},
    OptionSpec{.name = "out",
               .short_name = 'o',
               .value_name = "DIR",
               .help = "also write result.json, CSV files, action_counts.yaml and the mappings to DIR",
               .details = "layers.csv has a row per layer, component and action, figures.csv one per layer. "
                          "'ohmloop energy ARCH --counts DIR/action_counts.yaml' gives the run's energy again. The "
                          "directory is created. Its files appear all together when the run has succeeded."},
    jobs_option,
    progress_option,
    quiet_option};
constexpr std::array<ExampleSpec, 2> run_examples = {
    ExampleSpec{.command = "ohmloop run resnet18 --arch isaac --format json -q | grep parameters",
                .output = "    \"parameters\": 11689512,\n"},
    ExampleSpec{
        .command = "ohmloop run model.onnx --arch my-chip.yaml --batch 4 --set lanes=8 -o out -q > table.txt; ls out",
        .output = "action_counts.yaml\nfigures.csv\nlayers.csv\nmappings\nresult.json\n"}};

}  // namespace

CommandSpec run_spec() {
  return CommandSpec{
      .name = "run",
      .help = "evaluate a network on an accelerator: energy, latency, area, utilisation",
      .details =
          "Every layer with weights and every product of two activations is mapped onto the architecture; "
          "equal layers are mapped once. The other operators are listed, not charged.",
      .arguments = run_arguments,
      .options = run_options,
      .examples = run_examples};
}

}  // namespace ohmloop
