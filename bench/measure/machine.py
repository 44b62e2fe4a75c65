"""What the machine is, and what its processors did."""

import os
import platform
import subprocess

TICK = os.sysconf("SC_CLK_TCK")


def _ask(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.strip() or "?"
    except OSError:
        return "?"


def describe(postgres_version):
    """The head of every results file."""
    model = next((x.split(": ", 1)[1].strip() for x in open("/proc/cpuinfo") if x.startswith("model name")), "?")
    memory = int(open("/proc/meminfo").readline().split()[1]) // 1024 // 1024
    commit = _ask("git", "rev-parse", "--short", "HEAD")
    if _ask("git", "status", "--porcelain", "--", "src") != "?":
        commit += " with changes"
    return "\n".join(
        (
            f"- Machine: {platform.system()} {platform.release()}, {os.cpu_count()} cores, {model}, {memory} GB.",
            f"- .NET {_ask('dotnet', '--version')}, PostgreSQL {postgres_version}, {_ask('wrk', '-v').splitlines()[0].split(' [')[0]}.",
            f"- Commit {commit}. Load average when it began: {load()}.",
        )
    )


def load():
    return open("/proc/loadavg").read().split()[0]


def commit():
    return _ask("git", "rev-parse", "--short", "HEAD")


def processor_seconds(pid):
    """What a process has used since it began."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def busy_seconds():
    """What all processors together have worked."""
    fields = [int(x) for x in open("/proc/stat").readline().split()[1:]]
    return (sum(fields) - fields[3] - fields[4]) / TICK


def postgres_seconds():
    """What PostgreSQL's processes, and those of them that ended, have used."""
    total = 0
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        try:
            head, tail = open(f"/proc/{entry.name}/stat").read().rsplit(")", 1)
        except OSError:
            continue
        if head.endswith("(postgres"):
            total += sum(int(x) for x in tail.split()[11:15])
    return total / TICK


def resident_megabytes(pid):
    """All of it, and what of it is not pages of program files, which the kernel shares and may drop."""
    status = dict(x.split(":", 1) for x in open(f"/proc/{pid}/status"))
    kilobytes = {x: int(status[x].split()[0]) for x in ("VmRSS", "RssFile")}
    return kilobytes["VmRSS"] / 1024, (kilobytes["VmRSS"] - kilobytes["RssFile"]) / 1024
