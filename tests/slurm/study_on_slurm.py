"""Studies on a real Slurm: a task that is killed runs again, and the shards merge to the bytes of one machine.

Usage: study_on_slurm.py OHMLOOP. Exit code 77: Slurm is not installed.
"""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from private_slurm import PrivateSlurm, environment_of, missing_programs, wait_until

SKIPPED = 77
PROGRAM = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ""

# Shells, sbatch and Slurm's names of log files would all find something of their own in these.
STUDY_FILE = "it's a \"study\" of $HOME `date`; #1.yaml"
FOLDER = "results' %a %%\n$(date) \"of\" it"

STUDY = """ohmloop-study: 1
name: "slow; one's"
question: What?
networks: [resnet50, googlenet]
architecture: pim
axes:
  rows: 64..143
  columns: [64, 100, 128]
metrics: [energy_pj, latency_s, area_um2]
"""
SHARDS = 4
KILLED_SHARD = 1
SECONDS_FOR_JOBS = 120


class StudyOnSlurm(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.slurm = cls.enterClassContext(PrivateSlurm())

    def setUp(self):
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="ohmloop-slurm-study-"))
        self.addCleanup(shutil.rmtree, self.work)
        (self.work / STUDY_FILE).write_text(STUDY)

    def ohmloop(self, *words, code=0):
        done = subprocess.run([PROGRAM, *words], cwd=self.work, env=self.slurm.environment, capture_output=True,
                              text=True, timeout=SECONDS_FOR_JOBS, check=False)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout

    def submit(self, *words):
        """Numbers of the job array and of the job that merges."""
        said = self.ohmloop("study", "submit", STUDY_FILE, "--slurm", f"--shards={SHARDS}", f"--out={FOLDER}", *words)
        return re.fullmatch(r"job (\d+): 4 tasks; job (\d+) merges what they find\n", said).groups()

    def progress(self, shard):
        """Points and those of them that are done, once the shard has begun."""
        done = subprocess.run([PROGRAM, "study", "status", FOLDER], cwd=self.work, capture_output=True, text=True,
                              check=False)
        row = re.search(rf"^{shard}/{SHARDS} +(\d+) +(\d+)", done.stdout, re.MULTILINE)
        return (int(row[1]), int(row[2])) if row else (0, 0)

    def process_of_shard(self, shard):
        """The ohmloop that evaluates it."""
        for process in self.slurm.own_processes():
            try:
                is_ohmloop = os.readlink(f"/proc/{process}/exe") == os.path.realpath(PROGRAM)
            except OSError:
                continue
            if is_ohmloop and f"SLURM_ARRAY_TASK_ID={shard}".encode() in environment_of(process):
                return process
        return None

    def stop_amid(self, process, shard):
        """Stops it once it has found something; looks while it stands still, however fast it is."""
        for _ in range(1000):
            os.kill(process, signal.SIGSTOP)
            points, done = self.progress(shard)
            if done > 0:
                return points, done
            os.kill(process, signal.SIGCONT)
            time.sleep(0.01)
        return self.fail("the task finds nothing")

    def wait_for_queue(self):
        wait_until(lambda: not self.slurm.command("squeue", "--noheader"), "the end of all jobs", SECONDS_FOR_JOBS)

    def job(self, number):
        return self.slurm.command("scontrol", "show", "job", number)

    def test_a_killed_task_runs_again_and_the_results_are_those_of_one_machine(self):
        self.ohmloop("study", "run", STUDY_FILE, "-o", "whole", "-q")
        array, merge = self.submit()
        process = wait_until(lambda: self.process_of_shard(KILLED_SHARD), "the task of a shard")
        points, done = self.stop_amid(process, KILLED_SHARD)
        self.assertTrue(0 < done < points, f"{done} of {points} points are done")
        os.kill(process, signal.SIGKILL)

        self.wait_for_queue()
        killed = self.job(f"{array}_{KILLED_SHARD}")
        self.assertIn(" Restarts=1 ", killed)
        self.assertIn(" JobState=COMPLETED ", " " + killed.replace("\n", " "))
        log = (self.work / FOLDER / f"shard-{KILLED_SHARD}.log").read_text()
        self.assertIn(f"shard {KILLED_SHARD}/{SHARDS} ended with exit code 137 after 0 of 3 restarts", log)
        self.assertIn("JobState=COMPLETED", self.job(merge))
        for name in ["results.csv", "results.json"]:
            self.assertEqual((self.work / "whole" / name).read_bytes(), (self.work / FOLDER / name).read_bytes())
        self.assertRegex(self.ohmloop("study", "status", FOLDER), r"slow; one's +480 +480 +0 +merged\n")
        self.ohmloop("study", "submit", STUDY_FILE, "--slurm", f"--out={FOLDER}", code=2)

    def test_a_task_that_always_fails_is_given_up_and_can_be_submitted_again(self):
        attempts = self.work / "attempts"
        program = self.work / "always fails"
        program.write_text(f"#!/bin/sh\necho $SLURM_ARRAY_TASK_ID >> '{attempts}'\nexit 3\n")
        program.chmod(0o755)
        array, merge = self.submit("--program", str(program), "--restarts=1")
        self.wait_for_queue()
        self.assertEqual(sorted(attempts.read_text().split()), sorted(2 * [str(i) for i in range(SHARDS)]))
        self.assertIn("JobState=FAILED", self.job(array))
        self.assertIn("JobState=CANCELLED", self.job(merge))
        self.assertFalse((self.work / FOLDER / "results.json").exists())

        (self.work / STUDY_FILE).write_text(STUDY.replace("64..143", "[64, 100]").replace("resnet50, ", ""))
        self.submit("--jobs=1", "--partition=both", "--sbatch=--comment=it's \"me\"")
        self.wait_for_queue()
        self.assertTrue((self.work / FOLDER / "results.json").exists())


if __name__ == "__main__":
    absent = missing_programs()
    if absent:
        print(f"skipped: no {', '.join(absent)} here; dev/install-deps test installs Slurm")
        sys.exit(SKIPPED)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    unittest.main(argv=[sys.argv[0]] + sys.argv[2:], verbosity=2)
