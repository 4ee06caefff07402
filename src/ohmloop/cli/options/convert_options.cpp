#include <array>

#include "ohmloop/cli/options/command_specs.hpp"

namespace ohmloop {

namespace {

constexpr std::array<PositionalSpec, 1> convert_arguments = {PositionalSpec{
    .name = "FILE", .help = "Timeloop's files in any order; a folder stands for its YAML files", .repeatable = true}};
constexpr std::array<OptionSpec, 2> convert_options = {
    OptionSpec{.name = "out",
               .short_name = 'o',
               .value_name = "DIR",
               .required = true,
               .help = "the directory that gets architecture.yaml, layer.yaml and mapping.yaml",
               .details = "It is created. Its files appear all together."},
    OptionSpec{.name = "quiet", .short_name = 'q', .help = "no warnings or notes; errors only"}};
constexpr std::array<ExampleSpec, 2> convert_examples = {
    ExampleSpec{.command = "ohmloop convert timeloop -o native -q",
                .output = "native/architecture.yaml\nnative/layer.yaml\nnative/mapping.yaml\n"},
    ExampleSpec{.command = "ohmloop convert timeloop -o native -q > files.txt; "
                           "ohmloop model native/*.yaml -q --format json | grep computes",
                .output = "  \"computes\": 288,\n"}};

}  // namespace

CommandSpec convert_spec() {
  return CommandSpec{.name = "convert",
                     .help = "write Timeloop's files as our own: architecture, layer, mapping",
                     .details =
                         "What has no counterpart in our files, or counts differently there, is a warning that names "
                         "it. 'ohmloop model DIR/*.yaml' evaluates the result.",
                     .arguments = convert_arguments,
                     .options = convert_options,
                     .examples = convert_examples};
}

}  // namespace ohmloop
