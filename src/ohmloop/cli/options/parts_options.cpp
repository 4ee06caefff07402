#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

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

}  // namespace

CommandSpec parts_spec() {
  return CommandSpec{.name = "parts",
                     .help = "list the component library, or tell the numbers of one component",
                     .details =
                         "Without attributes a class is described: attributes, actions, estimators. With attributes: "
                         "energy of each action in its costliest case, area and leakage of one unit, from the most "
                         "accurate estimator, with all others that answered, and those that rejected and why.",
                     .arguments = parts_arguments,
                     .options = parts_options,
                     .examples = parts_examples};
}

}  // namespace ohmloop
