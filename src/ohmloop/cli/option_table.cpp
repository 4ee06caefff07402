#include "ohmloop/cli/option_table.hpp"

#include <array>

namespace ohmloop {

namespace {

using Words = std::string_view;

constexpr std::array<Words, 3> objectives = {"edp", "energy", "latency"};
constexpr std::array<Words, 3> formats = {"table", "json", "csv"};
constexpr std::array<Words, 4> energy_formats = {"table", "json", "csv", "accelergy"};
constexpr std::array<Words, 2> countings = {"exact", "timeloop"};
constexpr std::array<Words, 3> color_modes = {"auto", "always", "never"};
constexpr std::array<Words, 3> progress_modes = {"auto", "plain", "none"};

constexpr OptionSpec set_option = {
    .name = "set",
    .value_name = "PATH=VALUE",
    .repeatable = true,
    .help = "override one key of the architecture",
    .details =
        "'--set rows=256' sets a variable or a top-level key, '--set adc.resolution=\"6 bit\"' a key of the node "
        "'adc'. Values are written as in the file, with units and expressions."};

constexpr OptionSpec estimator_option = {
    .name = "estimator",
    .value_name = "NAME",
    .repeatable = true,
    .help = "ask these estimators alone",
    .details =
        "'ohmloop parts' lists their names; a table that the description brings along and a program have one, "
        "too. 'unit' lets every action of a primitive cost 1 pJ."};

constexpr OptionSpec program_option = {
    .name = "estimator-program",
    .value_name = "COMMAND",
    .repeatable = true,
    .help = "also ask this program",
    .details = "It answers JSON lines (docs/estimators.md). No shell is involved; quotes hold words together."};

constexpr OptionSpec timeout_option = {.name = "estimator-timeout",
                                       .value_name = "SECONDS",
                                       .default_value = "10",
                                       .minimum = 1,
                                       .help = "how long a program may take for one answer"};

constexpr OptionSpec batch_option = {.name = "batch",
                                     .value_name = "N",
                                     .default_value = "1",
                                     .minimum = 1,
                                     .help = "inputs that are processed together",
                                     .details = "Sets a symbolic first dimension of an ONNX file's inputs."};

constexpr OptionSpec format_option = {.name = "format",
                                      .value_name = "FORMAT",
                                      .default_value = "table",
                                      .choices = formats,
                                      .help = "how results are printed",
                                      .details = "'table' is for people; 'json' and 'csv' carry full precision."};

constexpr std::array<PositionalSpec, 1> run_arguments = {
    PositionalSpec{.name = "NETWORK", .help = "a network of the zoo, or the path of an ONNX file"}};
constexpr std::array<OptionSpec, 13> run_options = {
    OptionSpec{.name = "arch",
               .short_name = 'a',
               .value_name = "ARCH",
               .required = true,
               .help = "a preset architecture, or the path of a YAML file",
               .details = "'ohmloop show isaac --yaml' prints a preset as a file to start from."},
    set_option,
    batch_option,
    OptionSpec{.name = "objective",
               .value_name = "GOAL",
               .default_value = "edp",
               .choices = objectives,
               .help = "what mappings minimise",
               .details = "'edp' is the product of energy and latency."},
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
               .help = "also write result.json, layers.csv, action_counts.yaml and the mappings to DIR",
               .details = "'ohmloop energy ARCH --counts DIR/action_counts.yaml' gives the run's energy again. The "
                          "directory is created. Its files appear all together when the run has succeeded."},
    OptionSpec{.name = "jobs",
               .short_name = 'j',
               .value_name = "N",
               .minimum = 1,
               .help = "threads; all cores if not given",
               .details = "Results do not depend on it."},
    OptionSpec{
        .name = "progress",
        .value_name = "MODE",
        .default_value = "auto",
        .choices = progress_modes,
        .help = "progress lines",
        .details = "On standard error; 'auto' draws a bar on a terminal when the work lasts, 'plain' writes lines."},
    OptionSpec{.name = "quiet", .short_name = 'q', .help = "no progress, warnings or notes; errors only"}};
constexpr std::array<ExampleSpec, 2> run_examples = {
    ExampleSpec{.command = "ohmloop run resnet18 --arch isaac --format json -q | grep parameters",
                .output = "    \"parameters\": 11689512,\n"},
    ExampleSpec{
        .command = "ohmloop run model.onnx --arch my-chip.yaml --batch 4 --set lanes=8 -o out -q > table.txt; ls out",
        .output = "action_counts.yaml\nlayers.csv\nmappings\nresult.json\n"}};

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

constexpr std::array<PositionalSpec, 1> energy_arguments = {
    PositionalSpec{.name = "CHIP",
                   .help = "a preset, or YAML files in any order; a folder stands for the YAML files in it",
                   .repeatable = true}};
constexpr std::array<OptionSpec, 11> energy_options = {
    OptionSpec{.name = "counts",
               .value_name = "FILE",
               .help = "action counts to turn into energy",
               .details = "In Accelergy's form, or as 'ohmloop run -o DIR' writes them: DIR/action_counts.yaml."},
    set_option,
    estimator_option,
    program_option,
    timeout_option,
    OptionSpec{.name = "explain",
               .value_name = "PART",
               .help = "derive the numbers of COMPONENT, of COMPONENT:ACTION, or of all"},
    OptionSpec{.name = "exact",
               .help = "keep what Accelergy loses in its files",
               .details = "Accelergy rounds the figures of table plug-ins to 3 decimals (v0.4: 6) before it sums them, "
                          "and v0.3 passes over the shares of compound parts; without this, its numbers come out."},
    OptionSpec{.name = "instances",
               .help = "also the energy of every instance that the counts name",
               .details = "Otherwise instances of one component are summed."},
    OptionSpec{.name = "format",
               .value_name = "FORMAT",
               .default_value = "table",
               .choices = energy_formats,
               .help = "how results are printed",
               .details =
                   "'table' is for people; 'json' and 'csv' carry full precision; 'accelergy' is ERT, ART, their "
                   "summaries and, with counts, the energy estimation as Accelergy writes them."},
    OptionSpec{
        .name = "out",
        .short_name = 'o',
        .value_name = "DIR",
        .help = "also write energy.json, components.csv, ERT.yaml, ART.yaml and, with counts, energy.csv to DIR"},
    OptionSpec{.name = "quiet", .short_name = 'q', .help = "no warnings or notes; errors only"}};
constexpr std::array<ExampleSpec, 2> energy_examples = {
    ExampleSpec{.command = "ohmloop energy isaac --explain adc:convert -q",
                .output = R"(adc: class adc, 16,128 copies, preset:isaac:110:9
    rate 1.28 GHz, resolution 8 bit, technology 32 nm
    convert: 1.5625 pJ per value
      from:       table isaac
      source:     ISAAC (ISCA 2016) Table I
      derivation: 16 mW / 8 / (128 / (100 ns)); 128 columns per converter and step
)"},
    ExampleSpec{.command = "ohmloop energy chip.yaml --counts counts.yaml --format csv | cut -d, -f1-6 | tail -n 1",
                .output = "mac,int_mac,,compute,,16000\n"}};

constexpr std::array<PositionalSpec, 1> parts_arguments = {
    PositionalSpec{.name = "CLASS", .help = "a component class; none: all of them are listed", .required = false}};
constexpr std::array<OptionSpec, 5> parts_options = {
    OptionSpec{.name = "set",
               .value_name = "ATTRIBUTE=VALUE",
               .repeatable = true,
               .help = "an attribute: the numbers of the component that has it",
               .details = "Values are written as in descriptions: 'width=64', 'size=\"64 KiB\"', 'technology=45nm'. "
                          "Memories may give their words instead of their size: 'depth=4Ki'."},
    OptionSpec{.name = "sweep",
               .value_name = "ATTRIBUTE=VALUES",
               .help = "a row of numbers for each of several values",
               .details = "'64,128,256' are these; '1k..1M' doubles, as every range with a prefix and every wide one; "
                          "'2..10' goes in steps of one."},
    program_option, timeout_option, format_option};
constexpr std::array<ExampleSpec, 2> parts_examples = {
    ExampleSpec{.command = "ohmloop parts --format csv | grep ^adc | cut -d, -f1-3",
                .output = "adc,on the way of values,Analog-to-digital converter.\n"},
    ExampleSpec{
        .command = "ohmloop parts int_multiplier --set technology=45nm --sweep width=8,16,32 --format csv | wc -l",
        .output = "4\n"}};

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

constexpr std::array<OptionSpec, 1> zoo_options = {format_option};
constexpr std::array<ExampleSpec, 2> zoo_examples = {
    ExampleSpec{.command = "ohmloop zoo --format csv | grep ^resnet18",
                .output = "resnet18,\"ResNet-18, 224x224\",11689512,1814073344,2484712\n"},
    ExampleSpec{.command = "ohmloop zoo --format json | head -n 3", .output = "[\n  {\n    \"name\": \"alexnet\",\n"}};

constexpr std::array<PositionalSpec, 1> check_arguments = {PositionalSpec{
    .name = "FILE", .help = "architecture (YAML) or network (ONNX); told apart by content", .repeatable = true}};
constexpr std::array<ExampleSpec, 2> check_examples = {
    ExampleSpec{.command = "ohmloop check typo.yaml", .output = R"(typo.yaml: architecture, 1 error
error: expected a size with a unit, as in 64 KiB or 16 bit, for 'size' of memory 'buffer', found 32 nm
 --> typo.yaml:7:45
  |
7 | - !Memory {name: buffer, class: sram, size: 32 nm, width: 64 bit, keep: [input, output]}
  |                                             ^^^^^
)"},
    ExampleSpec{.command = "ohmloop check my-chip.yaml model.onnx && echo fine",
                .output = "my-chip.yaml: architecture, no problems\nmodel.onnx: network, no problems\nfine\n"}};

constexpr std::array<PositionalSpec, 1> help_arguments = {
    PositionalSpec{.name = "COMMAND", .help = "the command to explain", .required = false}};
constexpr std::array<OptionSpec, 1> help_options = {
    OptionSpec{.name = "markdown", .help = "print the reference of all commands, as in docs/cli.md"}};

constexpr std::array<OptionSpec, 2> common = {
    OptionSpec{.name = "color",
               .value_name = "WHEN",
               .default_value = "auto",
               .choices = color_modes,
               .help = "colours",
               .details = "'auto': on terminals only."},
    OptionSpec{.name = "help", .short_name = 'h', .help = "help; -h is short, --help is full with examples"}};
constexpr std::array<OptionSpec, 2> top_level = {
    OptionSpec{.name = "version", .help = "print the version and its commit"}, common[1]};

constexpr std::array<CommandSpec, 9> commands = {
    CommandSpec{.name = "run",
                .help = "evaluate a network on an accelerator: energy, latency, area, utilisation",
                .details =
                    "Every layer with weights and every product of two activations is mapped onto the architecture; "
                    "equal layers are mapped once. The other operators are listed, not charged.",
                .arguments = run_arguments,
                .options = run_options,
                .examples = run_examples},
    CommandSpec{.name = "model",
                .help = "evaluate one layer under one given mapping: exact counts, energy, cycles",
                .details =
                    "Reads, fills, updates and drains of every memory, as docs/counting.md defines them. Timeloop's "
                    "files (v0.3, v0.4, processed, with ERT and ART; a folder stands for its YAML files) are counted "
                    "in Timeloop's way. ERT and ART beside our own files take the place of the estimators. A batch "
                    "applies to layers of the zoo.",
                .arguments = model_arguments,
                .options = model_options,
                .examples = model_examples},
    CommandSpec{.name = "convert",
                .help = "write Timeloop's files as our own: architecture, layer, mapping",
                .details = "What has no counterpart in our files, or counts differently there, is a warning that names "
                           "it. 'ohmloop model DIR/*.yaml' evaluates the result.",
                .arguments = convert_arguments,
                .options = convert_options,
                .examples = convert_examples},
    CommandSpec{
        .name = "energy",
        .help = "price a chip: energy per action, area and leakage of its components, and what action counts cost",
        .details = "Every number comes with its estimator, its source and how it was derived. With action "
                   "counts: energy by component, action and tensor, leakage over the runtime, and the total.",
        .arguments = energy_arguments,
        .options = energy_options,
        .examples = energy_examples},
    CommandSpec{.name = "parts",
                .help = "list the component library, or tell the numbers of one component",
                .details = "Without attributes a class is described: attributes, actions, estimators. With attributes: "
                           "energy of each action in its costliest case, area and leakage of one unit, from the most "
                           "accurate estimator, with all others that answered, and those that rejected and why.",
                .arguments = parts_arguments,
                .options = parts_options,
                .examples = parts_examples},
    CommandSpec{.name = "show",
                .help = "print an architecture or a network",
                .details = "An architecture is shown as its nodes with energy per action and area, a network as its "
                           "layers with MACs, weights and activations.",
                .arguments = show_arguments,
                .options = show_options,
                .examples = show_examples},
    CommandSpec{.name = "zoo",
                .help = "list the networks that are built in",
                .details = "Parameters, MACs and activations are of one input.",
                .arguments = {},
                .options = zoo_options,
                .examples = zoo_examples},
    CommandSpec{.name = "check",
                .help = "look for problems in architecture and ONNX files",
                .details =
                    "Prints all problems of all files. Exit code 1 if there are errors in any, else 0; warnings do "
                    "not count.",
                .arguments = check_arguments,
                .options = {},
                .examples = check_examples},
    CommandSpec{.name = "help",
                .help = "explain a command",
                .details = "'ohmloop help run' is 'ohmloop run --help'.",
                .arguments = help_arguments,
                .options = help_options,
                .examples = {}}};

constexpr std::array<ExitCodeSpec, 6> exit_codes = {
    ExitCodeSpec{0, "done"},
    ExitCodeSpec{1, "the answer is no: a layer has no legal mapping, check found errors"},
    ExitCodeSpec{2, "wrong usage or wrong input"},
    ExitCodeSpec{3, "a file cannot be read or written"},
    ExitCodeSpec{70, "internal error: a bug of ohmloop; the message says how to report it"},
    ExitCodeSpec{130, "interrupted"}};

}  // namespace

std::span<const CommandSpec> command_table() { return commands; }

const CommandSpec* find_command(std::string_view name) {
  for (const CommandSpec& command : commands) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandSpec& command : commands) names.emplace_back(command.name);
  return names;
}

std::span<const OptionSpec> common_options() { return common; }

std::span<const OptionSpec> top_level_options() { return top_level; }

std::vector<const OptionSpec*> options_of(const CommandSpec* command) {
  std::vector<const OptionSpec*> options;
  if (command == nullptr) {
    for (const OptionSpec& option : top_level) options.push_back(&option);
    return options;
  }
  for (const OptionSpec& option : command->options) options.push_back(&option);
  for (const OptionSpec& option : common) options.push_back(&option);
  return options;
}

std::span<const ExitCodeSpec> exit_code_table() { return exit_codes; }

}  // namespace ohmloop
