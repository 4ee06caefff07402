#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<PositionalSpec, 1> folders = {
    PositionalSpec{.name = "DIR", .help = "a folder of results of 'study run'", .repeatable = true}};
constexpr std::array<OptionSpec, 2> plot_options = {OptionSpec{.name = "format",
                                                               .value_name = "FORMATS",
                                                               .default_value = "svg",
                                                               .help = "svg, pdf or png, several as in svg,pdf",
                                                               .details = "PNGs have 300 dots per inch."},
                                                    quiet_option};
constexpr std::array<ExampleSpec, 2> plot_examples = {
    ExampleSpec{.command = "ohmloop study run my-study.yaml -o out --figures none -q; ohmloop plot out -q; "
                           "ls out/figures",
                .output = "energy.gp\nenergy.svg\n"},
    ExampleSpec{.command = "ohmloop study run my-study.yaml -o out --figures none -q; "
                           "ohmloop plot out --format pdf,png -q; ls out/figures",
                .output = "energy.gp\nenergy.pdf\nenergy.png\n"}};
constexpr std::array<OptionSpec, 2> report_options = {OptionSpec{.name = "out",
                                                                 .short_name = 'o',
                                                                 .value_name = "FILE",
                                                                 .default_value = "report.html",
                                                                 .help = "where the page goes"},
                                                      quiet_option};
constexpr std::array<ExampleSpec, 2> report_examples = {
    ExampleSpec{.command = "ohmloop study run my-study.yaml -o out -q; ohmloop report out -o report.html; "
                           "grep -c '<svg' report.html",
                .output = "1\n"},
    ExampleSpec{.command = "ohmloop study run my-study.yaml -o a -q; ohmloop study run my-study.yaml --shard 0/2 -o b "
                           "-q; ohmloop report a b -o both.html -q; grep -c '<svg' both.html",
                .output = "2\n"}};

}  // namespace

CommandSpec plot_spec() {
  return CommandSpec{.name = "plot",
                     .help = "draw a study's figures again",
                     .details =
                         "From the results in the folder alone: nothing is evaluated. NAME.svg and gnuplot's "
                         "script NAME.gp go to DIR/figures. To see another figure, edit 'figures' of the study "
                         "and 'study run --resume'. Kinds of figures: docs/studies.md.",
                     .arguments = folders,
                     .options = plot_options,
                     .examples = plot_examples};
}

CommandSpec report_spec() {
  return CommandSpec{.name = "report",
                     .help = "make one HTML page of a study's results",
                     .details =
                         "Question, figures, tables that sort, settings, the source of every constant of the "
                         "chips, warnings, and how to make it again. The file needs nothing else, no network "
                         "either. Nothing is evaluated.",
                     .arguments = folders,
                     .options = report_options,
                     .examples = report_examples};
}

}  // namespace ohmloop
