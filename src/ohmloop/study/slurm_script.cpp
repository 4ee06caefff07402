#include "ohmloop/study/slurm_script.hpp"

#include <fmt/format.h>

namespace ohmloop {

namespace {

/// A job's name is for people's eyes: squeue prints it as it is.
std::string job_name(const std::string& study) {
  std::string name = "ohmloop-";
  for (const char c : study) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    name += plain ? c : '_';
  }
  return name;
}

/// Slurm puts numbers in place of %a and its like in the names of files.
std::string file_name_for_slurm(const std::string& path) {
  std::string name;
  for (const char c : path) {
    name += c;
    if (c == '%') name += '%';
  }
  return name;
}

std::string head(const SlurmJobs& jobs) {
  return fmt::format(
      "#!/bin/sh\n"
      "# {} points in {} shards on Slurm. 'sh' with this file submits a task per shard and a job that merges them.\n"
      "# It is to be run where the study's files are found; again after a failure: what was found is kept.\n"
      "set -eu\n"
      "program={}\n"
      "study={}\n"
      "folder={}\n"
      "logs={}\n"
      "shards={}\n"
      "restarts={}  # of a task\n\n",
      jobs.points, jobs.shards, shell_word(jobs.program), shell_word(jobs.study), shell_word(jobs.folder),
      shell_word(file_name_for_slurm(jobs.folder)), jobs.shards, jobs.restarts);
}

std::string submit_step(const SlurmJobs& jobs) {
  std::string sbatch;
  for (const std::string& option : jobs.sbatch_options) sbatch += " " + shell_word(option);
  return fmt::format(
      "submit() {{\n"
      "  mkdir -p -- \"$folder\"\n"
      "  array=$(sbatch{0} --parsable --job-name={1} --requeue --open-mode=append --cpus-per-task={2} \\\n"
      "    --array=\"0-$((shards - 1))\" --output=\"$logs/shard-%a.log\" -- \"$1\" shard)\n"
      "  array=${{array%%;*}}\n"
      "  merge=$(sbatch{0} --parsable --job-name={1}-merge --requeue --open-mode=append \\\n"
      "    --dependency=\"afterok:$array\" --kill-on-invalid-dep=yes --output=\"$logs/merge.log\" -- \"$1\" merge) ||\n"
      "    {{ scancel \"$array\"; exit 1; }}\n"
      "  echo \"job $array: $shards tasks; job ${{merge%%;*}} merges what they find\"\n"
      "}}\n\n",
      sbatch, job_name(jobs.name), jobs.processors_per_task);
}

std::string shard_step(const SlurmJobs& jobs) {
  return fmt::format(
      "shard() {{\n"
      "  task=$SLURM_ARRAY_TASK_ID\n"
      "  code=0\n"
      "  \"$program\" study run --shard=\"$task/$shards\" --resume --out=\"$folder/shard-$task\" --jobs={}{}{} --quiet "
      "\\\n"
      "    --figures=none -- \"$study\" || code=$?\n"
      "  case $code in\n"
      "    0 | 1) exit 0 ;;             # 1: no point of this shard has a result, and the results say why\n"
      "    2 | 70) exit \"$code\" ;;      # wrong input, an error in the program: no attempt mends these\n"
      "  esac\n"
      "  restart=${{SLURM_RESTART_COUNT:-0}}\n"
      "  echo \"shard $task/$shards ended with exit code $code after $restart of $restarts restarts\" >&2\n"
      "  [ \"$restart\" -lt \"$restarts\" ] || exit \"$code\"\n"
      "  scontrol requeue \"${{SLURM_ARRAY_JOB_ID}}_$task\" || exit \"$code\"\n"
      "  sleep 600  # Slurm ends this attempt before\n"
      "  exit \"$code\"\n"
      "}}\n\n",
      jobs.processors_per_task, jobs.quick ? " --quick" : "", jobs.many_points ? " --yes" : "");
}

/// The merged files take their names at the end, so that the job can be stopped and started again.
std::string merge_step() {
  return "merge() {\n"
         "  task=0\n"
         "  while [ \"$task\" -lt \"$shards\" ]; do\n"
         "    set -- \"$@\" \"$folder/shard-$task\"\n"
         "    task=$((task + 1))\n"
         "  done\n"
         "  rm -rf -- \"$folder/merging\"\n"
         "  code=0\n"
         "  \"$program\" study merge --out=\"$folder/merging\" --figures=none -- \"$@\" || code=$?\n"
         "  [ \"$code\" -le 1 ] && [ -f \"$folder/merging/results.json\" ] || exit \"$code\"\n"
         "  mv -f -- \"$folder/merging/results.sqlite\" \"$folder/merging/results.csv\" "
         "\"$folder/merging/results.json\" \\\n"
         "    \"$folder/\"\n"
         "  rmdir -- \"$folder/merging\"\n"
         "  \"$program\" plot --quiet -- \"$folder\" || echo 'the figures could not be drawn' >&2\n"
         "  exit \"$code\"\n"
         "}\n\n";
}

}  // namespace

std::string shell_word(const std::string& text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += "'\\''";
    } else {
      word += c;
    }
  }
  return word + "'";
}

std::string slurm_script(const SlurmJobs& jobs) {
  return head(jobs) + submit_step(jobs) + shard_step(jobs) + merge_step() +
         "case \"${1:-submit}\" in\n"
         "  submit) submit \"$0\" ;;\n"
         "  shard) shard ;;\n"
         "  merge) merge ;;\n"
         "esac\n";
}

}  // namespace ohmloop
