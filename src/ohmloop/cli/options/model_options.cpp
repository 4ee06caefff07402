#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<std::string_view, 2> countings = {"exact", "timeloop"};

constexpr std::array<PositionalSpec, 1> model_arguments = {PositionalSpec{
    .name = "FILE",
    .help = "an architecture, a layer and a mapping in any order, or Timeloop's files; a preset; resnet18:conv1",
    .repeatable = true}};
constexpr std::array<OptionSpec, 10> model_options = {
    set_option,
    batch_option,
    estimator_option,
    program_option,
    timeout_option,
    OptionSpec{.name = "counting",
               .value_name = "WAY",
               .choices = countings,
               .help = "how Timeloop's files are counted; 'timeloop' if not given",
               .details = "'exact' converts them first and counts them as our own files, which are always counted "
                          "exactly; docs/timeloop-parity.md tells the differences."},
    format_option,
    OptionSpec{.name = "explain",
               .value_name = "COUNT:LEVEL:TENSOR",
               .repeatable = true,
               .help = "derive a count from the loops instead",
               .details = "'--explain reads:shared_glb:input'; the counts are reads, fills, updates and drains of the "
                          "instance that does most. What can be checked by hand stands in every line."},
    OptionSpec{.name = "out",
               .short_name = 'o',
               .value_name = "DIR",
               .help = "also write model.json, counts.csv, the layer and the mapping to DIR",
               .details = "The directory is created. Its files appear all together."},
    OptionSpec{.name = "quiet", .short_name = 'q', .help = "no warnings or notes; errors only"}};
constexpr std::array<ExampleSpec, 2> model_examples = {
    ExampleSpec{.command = "ohmloop model chip.yaml layer.yaml mapping.yaml --format json | grep computes",
                .output = "  \"computes\": 4608,\n"},
    ExampleSpec{.command = "ohmloop model chip.yaml einsum.yaml --format csv | cut -d, -f1-7 | tail -n 1",
                .output = "weights,Weights,4,3,48,3,0\n"}};

}  // namespace

CommandSpec model_spec() {
  return CommandSpec{
      .name = "model",
      .help = "evaluate one layer under one given mapping: exact counts, energy, cycles",
      .details =
          "Reads, fills, updates and drains of every memory, as docs/counting.md defines them. Timeloop's "
          "files (v0.3, v0.4, processed, with ERT and ART; a folder stands for its YAML files) are counted "
          "in Timeloop's way. ERT and ART beside our own files take the place of the estimators. A batch "
          "applies to layers of the zoo.",
      .arguments = model_arguments,
      .options = model_options,
      .examples = model_examples};
}

}  // namespace ohmloop
