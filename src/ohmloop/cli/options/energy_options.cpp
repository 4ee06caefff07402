#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<std::string_view, 4> energy_formats = {"table", "json", "csv", "accelergy"};

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
                .output = R"(adc: class adc, 16,128 copies, preset:isaac:112:9
    rate 1.28 GHz, resolution 8 bit, technology 32 nm
    convert: 1.5625 pJ per value
      from:       table isaac
      source:     ISAAC (ISCA 2016) Table I
      derivation: 16 mW / 8 / (128 / (100 ns)); 128 columns per converter and step
)"},
    ExampleSpec{.command = "ohmloop energy chip.yaml --counts counts.yaml --format csv | cut -d, -f1-6 | tail -n 1",
                .output = "mac,int_mac,,compute,,16000\n"}};

}  // namespace

CommandSpec energy_spec() {
  return CommandSpec{
      .name = "energy",
      .help = "price a chip: energy per action, area and leakage of its components, and what action counts cost",
      .details =
          "Every number comes with its estimator, its source and how it was derived. With action "
          "counts: energy by component, action and tensor, leakage over the runtime, and the total.",
      .arguments = energy_arguments,
      .options = energy_options,
      .examples = energy_examples};
}

}  // namespace ohmloop
