#pragma once

#include <array>

#include "ohmloop/cli/option_table.hpp"

/// Options that several commands have.
namespace ohmloop {

inline constexpr std::array<std::string_view, 3> output_formats = {"table", "json", "csv"};

inline constexpr OptionSpec set_option = {
    .name = "set",
    .value_name = "PATH=VALUE",
    .repeatable = true,
    .help = "override one key of the architecture",
    .details =
        "'--set rows=256' sets a variable or a top-level key, '--set adc.resolution=\"6 bit\"' a key of the node "
        "'adc'. Values are written as in the file, with units and expressions."};

inline constexpr OptionSpec estimator_option = {
    .name = "estimator",
    .value_name = "NAME",
    .repeatable = true,
    .help = "ask these estimators alone",
    .details =
        "'ohmloop parts' lists their names; a table that the description brings along and a program have one, "
        "too. 'unit' lets every action of a primitive cost 1 pJ."};

inline constexpr OptionSpec program_option = {
    .name = "estimator-program",
    .value_name = "COMMAND",
    .repeatable = true,
    .help = "also ask this program",
    .details = "It answers JSON lines (docs/estimators.md). No shell is involved; quotes hold words together."};

inline constexpr OptionSpec timeout_option = {.name = "estimator-timeout",
                                              .value_name = "SECONDS",
                                              .default_value = "10",
                                              .minimum = 1,
                                              .help = "how long a program may take for one answer"};

inline constexpr OptionSpec batch_option = {.name = "batch",
                                            .value_name = "N",
                                            .default_value = "1",
                                            .minimum = 1,
                                            .help = "inputs that are processed together",
                                            .details = "Sets a symbolic first dimension of an ONNX file's inputs."};

inline constexpr OptionSpec objective_option = {
    .name = "objective",
    .value_name = "GOAL",
    .default_value = "edp",
    .help = "minimise edp, energy, latency or energy^2*latency",
    .details = "'edp' is the product of energy and latency; exponents are numbers above 0, up to 10."};

inline constexpr OptionSpec format_option = {
    .name = "format",
    .value_name = "FORMAT",
    .default_value = "table",
    .choices = output_formats,
    .help = "how results are printed",
    .details = "'table' is for people; 'json' and 'csv' carry full precision."};

inline constexpr OptionSpec jobs_option = {.name = "jobs",
                                           .short_name = 'j',
                                           .value_name = "N",
                                           .minimum = 1,
                                           .help = "threads; all cores if not given",
                                           .details = "Results do not depend on it."};

inline constexpr std::array<std::string_view, 3> progress_modes = {"auto", "plain", "none"};
inline constexpr OptionSpec progress_option = {
    .name = "progress",
    .value_name = "MODE",
    .default_value = "auto",
    .choices = progress_modes,
    .help = "progress lines",
    .details = "On standard error; 'auto' draws a bar on a terminal when the work lasts, 'plain' writes lines."};

inline constexpr OptionSpec quiet_option = {
    .name = "quiet", .short_name = 'q', .help = "no progress, warnings or notes; errors only"};

}  // namespace ohmloop
