#include "ohmloop/cli/study_submit.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/base/file.hpp"
#include "ohmloop/base/number_format.hpp"
#include "ohmloop/cli/checked_study.hpp"
#include "ohmloop/cli/interrupt.hpp"
#include "ohmloop/cli/run_program.hpp"
#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/slurm_script.hpp"
#include "ohmloop/study/study_folder.hpp"

namespace ohmloop {

namespace {

namespace fs = std::filesystem;

constexpr double usual_shards = 16;
/// As many as --shard takes.
constexpr double most_shards = 1e6;

[[noreturn]] void refuse(const std::string& message, const SourceSpan& where, const std::string& label,
                         std::vector<std::string> notes = {}) {
  throw InputError(Diagnostic{Severity::error, message, where, label, std::move(notes)});
}

/// What can be said before any file is touched.
void check_words(const ParsedArguments& arguments) {
  Diagnostics diagnostics;
  if (!arguments.has("slurm")) {
    diagnostics.error("'ohmloop study submit' needs --slurm", arguments.positional.front().where,
                      "no other scheduler is known");
  }
  const ArgumentText& word = arguments.positional[1];
  if (word.text == "all") diagnostics.error("'all' can't be submitted", word.where, "one study at a time");
  for (const ArgumentText& option : arguments.values("sbatch")) {
    if (option.text.starts_with('-')) continue;
    diagnostics.error(fmt::format("'{}' is no option of sbatch's", option.text), option.where,
                      "expected one that begins with a dash, as in --sbatch=--time=2:00:00");
  }
  for (const ArgumentText& out : arguments.values("out")) {
    if (out.text.empty()) diagnostics.error("'--out' names no folder", out.where);
    if (out.text.find('\\') != std::string::npos) {
      diagnostics.error("Slurm writes no logs to a folder with a backslash in its name", out.where,
                        "another folder is needed");
    }
  }
  diagnostics.throw_if_errors();
}

void check_sbatch(const ParsedArguments& arguments) {
  if (can_start({"sbatch", "--version"})) return;
  refuse("there is no sbatch here, Slurm's program that takes jobs", arguments.values("slurm").back().where,
         "--print writes the script that submits the study, to be run elsewhere");
}

std::uint64_t shards_of(const ParsedArguments& arguments, const Study& study) {
  const double points = count_points(study);
  const std::optional<std::int64_t> shards = arguments.number("shards");
  if (!shards) return static_cast<std::uint64_t>(std::min(usual_shards, points));
  const double most = std::min(most_shards, points);
  if (static_cast<double>(*shards) <= most) return static_cast<std::uint64_t>(*shards);
  refuse(fmt::format("{} shards of {} {}", format_count(*shards), format_count(static_cast<std::int64_t>(points)),
                     points == 1 ? "point" : "points"),
         arguments.values("shards").back().where,
         fmt::format("at most {}", format_count(static_cast<std::int64_t>(most))));
}

/// The path that this program was started by.
std::string own_program() {
  std::error_code error;
  const fs::path path = fs::read_symlink("/proc/self/exe", error);
  return error ? "ohmloop" : path.string();
}

SlurmJobs jobs_of(const ParsedArguments& arguments, const Study& study) {
  SlurmJobs jobs;
  jobs.program = arguments.value("program").value_or(own_program());
  jobs.study = arguments.positional[1].text;
  jobs.name = study.name;
  jobs.folder = study_folder_of(arguments, study.name);
  jobs.points = static_cast<std::uint64_t>(count_points(study));
  jobs.shards = shards_of(arguments, study);
  jobs.processors_per_task = static_cast<std::uint64_t>(arguments.number("jobs").value_or(1));
  jobs.restarts = static_cast<std::uint64_t>(*arguments.number("restarts"));
  jobs.quick = arguments.has("quick");
  jobs.many_points = arguments.has("yes");
  if (const auto partition = arguments.value("partition")) jobs.sbatch_options.push_back("--partition=" + *partition);
  for (const ArgumentText& option : arguments.values("sbatch")) jobs.sbatch_options.push_back(option.text);
  return jobs;
}

/// Tasks would find out only when it is their turn.
void check_folder(const SlurmJobs& jobs, const Study& study) {
  for (const char* name : {"results.sqlite", "results.json"}) {
    std::error_code ignored;
    if (!fs::exists(fs::path(jobs.folder) / name, ignored)) continue;
    refuse(fmt::format("'{}' holds results already", jobs.folder), {}, {},
           {"give another folder with -o, or remove this one"});
  }
  StudyOptions options;
  options.shards = jobs.shards;
  for (; options.shard < jobs.shards; ++options.shard) {
    const fs::path shard = fs::path(jobs.folder) / fmt::format("shard-{}", options.shard);
    check_resumable(shard.string(), store_label_of(study, options));
  }
}

std::string write_script(const SlurmJobs& jobs) {
  std::error_code error;
  fs::create_directories(jobs.folder, error);
  if (error) throw IoError(fmt::format("cannot make the folder '{}': {}", jobs.folder, error.message()));
  std::string path = (fs::path(jobs.folder) / "submit.sh").string();
  if (path.starts_with('-')) path.insert(0, "./");
  write_file_atomically(path, slurm_script(jobs));
  return path;
}

}  // namespace

int submit_study(const ParsedArguments& arguments, Terminal& terminal) {
  check_words(arguments);
  const bool only_print = arguments.has("print");
  if (!only_print) check_sbatch(arguments);
  StudyOptions options;
  options.stop = [] { return interrupt_requested(); };
  const CheckedStudy checked = open_checked_study(arguments.positional[1], arguments, options);
  const SlurmJobs jobs = jobs_of(arguments, checked.study);
  if (only_print) {
    terminal.print(slurm_script(jobs));
    return 0;
  }
  check_folder(jobs, checked.study);
  const std::string script = write_script(jobs);
  if (run_program({"sh", script}) == 0) return 0;
  terminal.complain("Slurm did not take the jobs", {fmt::format("to try once more: sh {}", shell_word(script))});
  return 1;
}

}  // namespace ohmloop
