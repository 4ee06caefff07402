#include <array>

#include "ohmloop/cli/options/command_specs.hpp"

namespace ohmloop {

namespace {

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

}  // namespace

CommandSpec check_spec() {
  return CommandSpec{
      .name = "check",
      .help = "look for problems in architecture and ONNX files",
      .details =
          "Prints all problems of all files. Exit code 1 if there are errors in any, else 0; warnings do "
          "not count.",
      .arguments = check_arguments,
      .options = {},
      .examples = check_examples};
}

}  // namespace ohmloop
