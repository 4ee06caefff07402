#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<PositionalSpec, 2> study_arguments = {
    PositionalSpec{.name = "ACTION", .help = "list, run, show, merge, submit or status"},
    PositionalSpec{.name = "NAME",
                   .help = "a built-in study, a study file or all; show, status: a folder; merge: folders of shards",
                   .required = false,
                   .repeatable = true}};
constexpr std::array<OptionSpec, 17> study_options = {
    OptionSpec{.name = "out",
               .short_name = 'o',
               .value_name = "DIR",
               .help = "where results go; out/NAME if not given",
               .details = "results.csv and results.json, and results.sqlite, which holds every result as soon as it is "
                          "found."},
    OptionSpec{.name = "resume",
               .help = "go on with the results that are there",
               .details = "Nothing that was found is evaluated again."},
    OptionSpec{.name = "quick", .help = "the study's smaller values"},
    OptionSpec{.name = "shard",
               .value_name = "I/N",
               .help = "only the points whose number is I modulo N",
               .details = "Points count from 0. 'study merge' joins the folders of all N shards."},
    OptionSpec{.name = "yes", .help = "start a study of more than a million points"},
    OptionSpec{.name = "figures",
               .value_name = "FORMATS",
               .default_value = "svg",
               .help = "draw figures as svg, pdf or png, several as in svg,pdf; none",
               .details = "Into the folder 'figures' of the results, at the end; 'ohmloop plot' draws them later."},
    OptionSpec{.name = "slurm", .help = "submit to Slurm: a job array, and a job that merges its shards"},
    OptionSpec{.name = "shards",
               .value_name = "N",
               .minimum = 1,
               .help = "tasks of the job array; 16 if not given, or a task per point",
               .details = "A task has the processors that --jobs says, 1 if not given."},
    OptionSpec{.name = "restarts",
               .value_name = "N",
               .default_value = "3",
               .minimum = 0,
               .help = "how often a failed task is requeued",
               .details = "Failed: its program was killed, or could not read or write a file."},
    OptionSpec{.name = "partition", .value_name = "NAME", .help = "the partition of Slurm's that runs the jobs"},
    OptionSpec{.name = "sbatch",
               .value_name = "OPTION",
               .repeatable = true,
               .help = "a further option of sbatch's, as in --sbatch=--time=2:00:00"},
    OptionSpec{.name = "program", .value_name = "PATH", .help = "ohmloop on the nodes; this one if not given"},
    OptionSpec{.name = "print", .help = "print the script that submits the jobs, and submit nothing"},
    format_option,
    jobs_option,
    progress_option,
    quiet_option};
constexpr std::array<ExampleSpec, 2> study_examples = {
    ExampleSpec{.command = "ohmloop study run my-study.yaml -o out -q; cut -d, -f1-4 out/results.csv",
                .output = "network,architecture,rows,columns\nmodel.onnx,pim,64,64\nmodel.onnx,pim,128,128\n"},
    ExampleSpec{.command = "ohmloop study run my-study.yaml -o a --shard 0/2 -q; "
                           "ohmloop study run my-study.yaml -o b --shard 1/2 -q; "
                           "ohmloop study merge a b -o both -q; ls both",
                .output = "figures\nresults.csv\nresults.json\nresults.sqlite\n"}};

}  // namespace

CommandSpec study_spec() {
  return CommandSpec{
      .name = "study",
      .help = "run a study: a question, the points that answer it, what to show of them",
      .details =
          "'study list' tells the built-in studies; 'study run' evaluates one and keeps what it finds, "
          "so that it can be stopped and resumed; 'study show' prints results; 'study merge' joins "
          "shards; 'study submit' has the shards run on a cluster, and 'study status' tells how far they "
          "are. Study files: docs/studies.md.",
      .arguments = study_arguments,
      .options = study_options,
      .examples = study_examples};
}

}  // namespace ohmloop
