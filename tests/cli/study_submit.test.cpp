// Submission of studies with a stand-in for Slurm's sbatch, which runs every job at once. tests/slurm has the real one.
#include <cstdlib>
#include <filesystem>

#include "fixtures.hpp"
#include <gtest/gtest.h>

namespace ohmloop::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

const char* const sbatch = R"(#!/bin/sh
[ "$1" != --version ] || exit 0
for word; do
  printf '<%s>' "$word" >> sbatch.txt
  case $word in --array=0-*) last=${word#--array=0-} ;; esac
  [ "$word" != -- ] || after=
  case ${after+set}$word in set--) ;; set*) [ -n "${script-}" ] && step=$word || script=$word ;; esac
done
echo >> sbatch.txt
echo '17;cluster'
task=0
while [ "$task" -le "${last-0}" ]; do
  SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_JOB_ID=17 SLURM_RESTART_COUNT=${restarts-0} sh -- "$script" "$step" >> "$step.txt" 2>&1 || :
  task=$((task + 1))
done
)";

/// Five quick points with a name that shells take apart.
const std::string study_file = "it's a \"study\" of $HOME `date`; #1\n.yaml";
const std::string study = R"(ohmloop-study: 1
name: five
networks: [alexnet, vgg11, resnet18, googlenet, tiny.onnx]
metrics: [macs]
)";

class StudySubmission : public ::testing::Test {
 protected:
  StudySubmission() : path_(std::getenv("PATH")) {
    write_text(study_file, study);
    fs::create_directory("bin");
    put_program("sbatch", sbatch);
    put_program("scontrol", "#!/bin/sh\necho \"$@\" >> scontrol.txt\nexit 1\n");
    ::setenv("PATH", (fs::absolute("bin").string() + ":" + path_).c_str(), 1);
  }
  ~StudySubmission() override { ::setenv("PATH", path_.c_str(), 1); }

  static void put_program(const std::string& name, const std::string& text) {
    write_text(fs::path("bin") / name, text);
    fs::permissions(fs::path("bin") / name, fs::perms::owner_all);
  }

  static Outcome submit(Words words) {
    words.insert(words.begin(), {"study", "submit", study_file, "--slurm"});
    return ohmloop(words);
  }

  const Playground playground_;
  std::string path_;
};

TEST_F(StudySubmission, RunsShardsAndMergesThem) {
  EXPECT_EQ(ohmloop({"study", "run", study_file, "-o", "whole", "-q"}).exit_code, 0);
  const std::string folder = "-out of '%a' %%\n$(date)";
  const Outcome outcome =
      submit({"--shards=3", "--out=" + folder, "--program", OHMLOOP_PROGRAM, "--sbatch=-A it's", "--partition", "a b"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err << read_text("shard.txt");
  for (const char* name : {"results.csv", "results.json"}) {
    EXPECT_EQ(read_text(fs::path("whole") / name), read_text(fs::path(folder) / name)) << read_text("merge.txt");
  }
  const std::string asked = read_text("sbatch.txt");
  for (const char* word : {"<--array=0-2>", "<--dependency=afterok:17>", "<-A it's>", "<--partition=a b>",
                           "<--cpus-per-task=1>", "<--output=-out of '%%a' %%%%\n$(date)/shard-%a.log>"}) {
    EXPECT_NE(asked.find(word), std::string::npos) << word << " in\n" << asked;
  }
  EXPECT_FALSE(fs::exists(fs::path(folder) / "merging"));
  EXPECT_EQ(submit({"--shards=3", "--out=" + folder}).exit_code, 2) << "its results are there";
}

TEST_F(StudySubmission, RequeuesWhatAnotherAttemptMayMend) {
  put_program("three", "#!/bin/sh\nexit 3\n");
  put_program("two", "#!/bin/sh\nexit 2\n");
  EXPECT_EQ(submit({"--shards=2", "-o", "a", "--program", "three"}).exit_code, 0);
  EXPECT_EQ(read_text("scontrol.txt"), "requeue 17_0\nrequeue 17_1\n");
  fs::remove("scontrol.txt");
  EXPECT_EQ(submit({"--shards=2", "-o", "b", "--program", "two"}).exit_code, 0);
  EXPECT_EQ(submit({"--shards=2", "-o", "c", "--program", "three", "--restarts=0"}).exit_code, 0);
  EXPECT_FALSE(fs::exists("scontrol.txt"));
}

TEST_F(StudySubmission, SaysWhenThereIsNoSlurm) {
  ::setenv("PATH", "/nowhere", 1);
  const Outcome outcome = submit({});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("there is no sbatch here"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("--print writes the script"), std::string::npos) << outcome.err;
  EXPECT_FALSE(fs::exists("out"));
}

TEST_F(StudySubmission, SaysWhenSlurmRefuses) {
  put_program("sbatch", "#!/bin/sh\n[ \"$1\" = --version ]\n");
  const Outcome outcome = submit({"-o", "a"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.err.find("Slurm did not take the jobs"), std::string::npos) << outcome.err;
}

TEST_F(StudySubmission, RefusesShardsOfOthers) {
  EXPECT_EQ(ohmloop({"study", "run", study_file, "-o", "a/shard-0", "--shard", "0/2", "-q"}).exit_code, 0);
  const Outcome outcome = submit({"--shards=3", "-o", "a", "--program", OHMLOOP_PROGRAM});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("'a/shard-0' holds results of shard 0/2"), std::string::npos) << outcome.err;
  EXPECT_EQ(submit({"--shards=2", "-o", "a", "--program", OHMLOOP_PROGRAM}).exit_code, 0);
  EXPECT_TRUE(fs::exists("a/results.json"));
}

}  // namespace
}  // namespace ohmloop::test
