#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ohmloop {

/// A study as jobs of Slurm.
struct SlurmJobs {
  std::string program;  ///< as a node of the cluster finds it
  std::string study;    ///< as the user wrote it; jobs run in the folder that they are submitted from
  std::string name;     ///< the study's
  std::string folder;   ///< results; shard I in FOLDER/shard-I
  std::uint64_t points = 0;
  std::uint64_t shards = 1;
  std::uint64_t processors_per_task = 1;
  std::uint64_t restarts = 3;  ///< of a task
  bool quick = false;
  bool many_points = false;                 ///< --yes
  std::vector<std::string> sbatch_options;  ///< of all jobs, a word each
};

/// The word for a POSIX shell: in single quotes, whatever is in it but zero bytes.
std::string shell_word(const std::string& text);

/// A script for a POSIX shell, which submits itself with sbatch (options: Slurm's manual, sbatch(1)): as a job array, a
/// task per shard, and as a job that merges the shards once all tasks have ended well. A task whose program fails in a
/// way that another attempt may mend (killed, or a file that can't be read or written) is requeued, which starts it
/// again on any node; Slurm counts the restarts. Every step can be repeated: what was found is kept.
std::string slurm_script(const SlurmJobs& jobs);

}  // namespace ohmloop
