"""Whole processes beside their peers: both sides in turn, medians and ranges, results compared first."""
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("SPATIUM_BENCH_ROUNDS", "3"))


def need(modules, how):
    """Says "skipped" and ends where the peers are not installed."""
    import importlib.util
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        print(f"skipped: no {', '.join(missing)} in {sys.executable} ({how})")
        sys.exit(0)


def timed_run(command, env=None):
    """(CPU seconds of the process and its children, wall seconds, peak MB of the largest, stdout)."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        if process.returncode != 0:
            sys.exit(f"{command}: exit code {process.returncode}")
        return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, out.read()


def header():
    print(f"{os.cpu_count()} cores; CPU / wall seconds: median of {ROUNDS} (smallest–largest), peak memory; ratio of "
          "neighbours, peer / ours\n\n| work | Spatium | peer | ratio CPU | ratio wall |\n|---|---|---|---|---|",
          flush=True)


def spread(values, digits):
    return (f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})")


def compare(name, ours, peer, check, env=None):
    """A row of the table. `check` gets both outputs and returns what to say of them, or exits."""
    said = check(timed_run(ours, env)[3], timed_run(peer)[3])
    a, b = [], []
    for _ in range(ROUNDS):
        a.append(timed_run(ours, env))
        b.append(timed_run(peer))

    def side(runs):
        return (f"{spread([r[0] for r in runs], 2)} / {spread([r[1] for r in runs], 2)} s, "
                f"{max(r[2] for r in runs):.0f} MB")

    def ratio(k):
        return spread([y[k] / x[k] for x, y in zip(a, b)], 0 if b[0][k] > 20 * a[0][k] else 1)
    print(f"| {name}; {said} | {side(a)} | {side(b)} | {ratio(0)} | {ratio(1)} |", flush=True)
