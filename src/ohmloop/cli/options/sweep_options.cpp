#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<PositionalSpec, 1> sweep_arguments = {
    PositionalSpec{.name = "NETWORK", .help = "networks of the zoo, or paths of ONNX files", .repeatable = true}};
constexpr std::array<OptionSpec, 13> sweep_options = {
    OptionSpec{.name = "arch",
               .short_name = 'a',
               .value_name = "ARCH",
               .required = true,
               .help = "a preset architecture, or the path of a YAML file"},
    OptionSpec{.name = "over",
               .value_name = "KEY[,KEY...]=VALUES",
               .repeatable = true,
               .help = "keys of the architecture, as for --set, and the values that they take in turn",
               .details = "Several keys take the same value: '--over rows,columns=128,256'. '64,128' are these, "
                          "'1k..1M' doubles, '2..10' goes in steps of one. Given several times, every combination is "
                          "evaluated; at most 100,000 points."},
    set_option,
    batch_option,
    objective_option,
    estimator_option,
    program_option,
    timeout_option,
    format_option,
    OptionSpec{.name = "out",
               .short_name = 'o',
               .value_name = "DIR",
               .help = "also write sweep.json and sweep.csv to DIR",
               .details = "The directory is created. Its files appear together when the sweep has ended."},
    jobs_option,
    progress_option,
    quiet_option};
constexpr std::array<ExampleSpec, 2> sweep_examples = {
    ExampleSpec{.command =
                    "ohmloop sweep alexnet resnet18 --arch pim --over rows,columns=128,256,512 --set cell='8 bit' "
                    "--format csv -q | cut -d, -f1-3",
                .output = "network,rows,columns\nalexnet,128,128\nalexnet,256,256\nalexnet,512,512\n"
                          "resnet18,128,128\nresnet18,256,256\nresnet18,512,512\n"},
    ExampleSpec{
        .command = "ohmloop sweep model.onnx --arch my-chip.yaml --over lanes=4,8 -o sizes -q > table.txt; ls sizes",
        .output = "sweep.csv\nsweep.json\n"}};

}  // namespace

CommandSpec sweep_spec() {
  return CommandSpec{.name = "sweep",
                     .help = "evaluate networks on an accelerator at many values of its keys",
                     .details =
                         "Every network is evaluated as by 'run' at every combination of values, one evaluation per "
                         "thread. Where a layer has no legal mapping the point says why, and the sweep goes on. "
                         "Ctrl-C prints the points that are done.",
                     .arguments = sweep_arguments,
                     .options = sweep_options,
                     .examples = sweep_examples};
}

}  // namespace ohmloop
