#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<OptionSpec, 1> zoo_options = {format_option};
constexpr std::array<ExampleSpec, 2> zoo_examples = {
    ExampleSpec{.command = "ohmloop zoo --format csv | grep ^resnet18",
                .output = "resnet18,\"ResNet-18, 224x224\",11689512,1814073344,2484712\n"},
    ExampleSpec{.command = "ohmloop zoo --format json | head -n 3", .output = "[\n  {\n    \"name\": \"alexnet\",\n"}};

}  // namespace

CommandSpec zoo_spec() {
  return CommandSpec{.name = "zoo",
                     .help = "list the networks that are built in",
                     .details = "Parameters, MACs and activations are of one input.",
                     .arguments = {},
                     .options = zoo_options,
                     .examples = zoo_examples};
}

}  // namespace ohmloop
