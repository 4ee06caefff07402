#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<PositionalSpec, 1> map_arguments = {
    PositionalSpec{.name = "FILE",
                   .help = "an architecture and a layer in any order, or Timeloop's files; a preset; resnet18:conv1",
                   .repeatable = true}};
constexpr std::array<OptionSpec, 16> map_options = {
    set_option,
    batch_option,
    objective_option,
    OptionSpec{.name = "pareto",
               .value_name = "METRICS",
               .help = "also all mappings that no other beats in energy,latency,area-use",
               .details = "Two or three of them. area-use is the share of the chip's area in the instances that a "
                          "mapping uses. With --format csv, the points alone."},
    OptionSpec{.name = "imperfect",
               .help = "factors need not divide",
               .details = "Such a mapspace is searched within bounds, without a certificate. Fan-outs of arrays "
                          "never need to be divided."},
    OptionSpec{.name = "budget",
               .value_name = "TIME",
               .help = "stop after so long, as in 10s, with the best so far and its gap",
               .details = "What is found within a time depends on the machine; without a budget the result never "
                          "does."},
    OptionSpec{.name = "why",
               .help = "also show the best mapping with another dataflow",
               .details = "And what it costs more. A dataflow is named by the tensor that stands still innermost."},
    OptionSpec{.name = "stats", .help = "also show how much every step of the search removed"},
    OptionSpec{.name = "save-mapping",
               .value_name = "FILE",
               .help = "write the mapping, which 'ohmloop model' reads back",
               .details = "In our form, or in Timeloop's where the files are Timeloop's."},
    estimator_option,
    program_option,
    timeout_option,
    format_option,
    OptionSpec{.name = "out",
               .short_name = 'o',
               .value_name = "DIR",
               .help = "also write map.json, counts.csv, the layer and the mapping to DIR",
               .details = "The directory is created. Its files appear all together."},
    jobs_option,
    OptionSpec{.name = "quiet", .short_name = 'q', .help = "no warnings or notes; errors only"}};
constexpr std::array<ExampleSpec, 2> map_examples = {
    ExampleSpec{.command = "ohmloop map chip.yaml layer.yaml --save-mapping best.yaml --format json -q | grep optimal",
                .output = "    \"optimal\": true,\n"},
    ExampleSpec{
        .command = "ohmloop map eyeriss resnet18:conv1 --objective energy --format csv -q | head -n 1 | cut -d, -f1-3",
        .output = "level,tensor,instances\n"}};

}  // namespace

CommandSpec map_spec() {
  return CommandSpec{
      .name = "map",
      .help = "find the best mapping of one layer, with a proof that none is better",
      .details =
          "All tilings, loop orders, placements and spatial assignments that the architecture and its constraints "
          "allow are the mapspace; the answer is the best of all of them, or, stopped early, the best so far with a "
          "bound on how much better another could be. Timeloop's files are mapped under their own constraints and "
          "counted in Timeloop's way. Ctrl-C prints the best so far (exit code 130). docs/mapper.md.",
      .arguments = map_arguments,
      .options = map_options,
      .examples = map_examples};
}

}  // namespace ohmloop
