"""A Slurm of two nodes on this host, in a folder of its own: no configuration, key, port or user of the system's."""

import ctypes
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol", "sinfo"]
SEARCH_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
SECONDS_UNTIL_READY = 30

CONFIGURATION = """
ClusterName=ohmloop
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
# A requeued job waits for as long as a credential lasts.
AuthInfo=socket={folder}/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,bf_interval=1
NodeName=node1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=1
NodeName=node2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=1
PartitionName=both Nodes=node1,node2 Default=YES MaxTime=INFINITE State=UP
"""


def missing_programs():
    return [name for name in PROGRAMS if shutil.which(name, path=SEARCH_PATH) is None]


def wait_until(condition, what, seconds=SECONDS_UNTIL_READY):
    """The first value of `condition` that is true."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.05)


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def set_of_process(attribute, value):
    ctypes.CDLL(None).prctl(attribute, value)


def die_with_parent():
    """However this test ends, its daemons end, too."""
    pr_set_pdeathsig = 1
    set_of_process(pr_set_pdeathsig, signal.SIGKILL)


def adopt_orphans():
    """Daemons' children become ours once their parents have ended."""
    pr_set_child_subreaper = 36
    set_of_process(pr_set_child_subreaper, 1)


def wait_for_orphans():
    try:
        while os.waitpid(-1, 0):
            pass
    except ChildProcessError:
        pass


def environment_of(process):
    try:
        return pathlib.Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def processes():
    return [int(entry.name) for entry in pathlib.Path("/proc").iterdir() if entry.name.isdigit()]


class PrivateSlurm:
    """Runs while the `with` block does. `environment` makes Slurm's commands talk to it."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ohmloop-slurm-"))
        self.configuration = self.folder / "slurm.conf"
        self.environment = {**os.environ, "PATH": SEARCH_PATH, "SLURM_CONF": str(self.configuration)}
        self.daemons = []

    def __enter__(self):
        adopt_orphans()
        try:
            self._write_files()
            self._start_daemons()
        except BaseException as error:
            self._tell_logs()
            self.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            self._tell_logs()
        for daemon in self.daemons:
            daemon.kill()
        for daemon in self.daemons:
            daemon.wait()
        # Steps of jobs are no children of the daemons that started them.
        for process in self.own_processes():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        wait_for_orphans()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *words):
        """What one of Slurm's commands prints."""
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=30, check=False)
        return done.stdout + done.stderr

    def own_processes(self):
        """Daemons' and jobs': all that were started with this configuration."""
        mark = b"SLURM_CONF=" + os.fsencode(self.configuration)
        return [process for process in processes() if mark in environment_of(process)]

    def _write_files(self):
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o600)
        (self.folder / "state").mkdir()
        host = socket.gethostname().split(".")[0]
        text = CONFIGURATION.format(host=host, ports=free_ports(3), user=pwd.getpwuid(os.getuid()).pw_name, folder=self.folder)
        self.configuration.write_text(text)

    def _start(self, *words):
        with open(self.folder / "daemons.log", "ab") as log:
            self.daemons.append(
                subprocess.Popen(words, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                 start_new_session=True, preexec_fn=die_with_parent))

    def _start_daemons(self):
        of = lambda name: f"{self.folder}/munge.{name}"
        self._start("munged", "--foreground", "--force", f"--key-file={of('key')}", f"--socket={of('socket')}",
                    f"--pid-file={of('pid')}", f"--log-file={of('log')}", f"--seed-file={of('seed')}")
        wait_until((self.folder / "munge.socket").exists, "munged")
        self._start("slurmctld", "-D", "-f", str(self.configuration))
        for node in ["node1", "node2"]:
            self._start("slurmd", "-D", "-N", node, "-f", str(self.configuration))
        wait_until(lambda: self.command("sinfo", "--noheader", "-N", "-o", "%N %t").split() ==
                   ["node1", "idle", "node2", "idle"], "two idle nodes")

    def _tell_logs(self):
        for log in sorted(self.folder.glob("*.log")):
            lines = log.read_text(errors="replace").splitlines()[-15:]
            print(f"--- {log.name}", *lines, sep="\n", flush=True)
