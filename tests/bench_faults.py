#!/usr/bin/env python3
"""A benchmark run against a server with faults, killed twenty times, beside an undisturbed one.

usage: bench_faults.py SPATIUM WORK_FOLDER CHAT_SERVER

The same report comes out; no reply that was recorded is asked for again (the server counts), and
no failed call is scored as text.
"""
import ctypes
import json
import platform
import random
import signal
import struct
import subprocess
import sys
import time

from bench_tools import ChatServer, KilledRun, bodies, lines, write_spar_bench
from spine_tools import Spatium, expect, run_steps

ITEMS = 500
KILLS = 20
spatium = Spatium(sys.argv[1], sys.argv[2])
server_program = sys.argv[3]
work = spatium.work
write_spar_bench(spatium, "bench", ITEMS)


def run_args(uri, out, *more):
    return ["bench", "run", "spar-bench", "--data", "bench", "--model", uri, "-o", out, "--json",
            *more]


def replies(out):
    return [r for r in lines(work / out / "spar-bench/replies.jsonl") if r["reply"] is not None]


def undisturbed():
    with ChatServer(server_program, "--log", work / "calm.log") as server:
        spatium.text(*run_args(server.uri, "calm", "--concurrency", 1, "--threads", 1))
    expect(len(replies("calm")) == ITEMS, f"{len(replies('calm'))} replies")
    expect(len(lines(work / "calm.log")) == ITEMS, "a request was asked twice")


def killed_twenty_times():
    rng = random.Random(1)
    with ChatServer(server_program, "--faults", 0.05, "--delay-ms", 15, "--log",
                    work / "faults.log", "--kinds", "429,500,hangup,slow,malformed,type") as server:
        args = run_args(server.uri, "killed", "--concurrency", 8)
        run = KilledRun(lambda: spatium.popen(*args), work / "killed/spar-bench/replies.jsonl",
                        work / "faults.log",
                        bodies(work / "calm/spar-bench/replies.jsonl", work / "calm.log"))
        # 8 in flight at about 15 ms each: a process is killed after some 20 of its requests.
        for _ in range(KILLS):
            run.kill(rng.randint(8, 22))
        expect(run.kills == KILLS, f"{run.kills} runs were killed, the others had ended")
        left = ITEMS - len(run.recorded)
        expect(left > 0, "nothing was left for the last run")
        out = spatium.text(*args)
        run.note()
        spatium.text(*args)
        log = lines(work / "faults.log")
        expect(len(log) == run.seen, "a finished run asked again")
    expect(not run.asked_again, f"{len(run.asked_again)} recorded replies were asked for again")
    expect(json.loads(out)["n"] == ITEMS, out[:300])
    faults = [r["fault"] for r in log if r["fault"]]
    expect({"429", "500", "hangup", "slow", "malformed", "type"} == set(faults),
           f"faults that were met: {sorted(set(faults))}")
    return f"{run.kills} kills, {len(faults)} faults, {left} items left for the last run"


def same_results():
    for name in ("report.json", "report.md", "items.jsonl"):
        calm, killed = ((work / out / "spar-bench" / name).read_bytes() for out in ("calm", "killed"))
        expect(calm == killed, f"{name} differs")
    good = {r["id"]: r["reply"] for r in replies("calm")}
    for r in replies("killed"):
        expect(r["reply"] == good[r["id"]], f"{r['id']} was answered by a fault: {r['reply']!r}")
    report = json.loads((work / "killed/spar-bench/report.json").read_text())
    for profile, result in report["profiles"].items():
        expect(result["outcomes"]["failed"] == 0, f"{profile}: {result['outcomes']}")


def failed_calls_are_asked_again_and_never_scored():
    with ChatServer(server_program, "--faults", 0.3, "--kinds", "500,malformed", "--seed", 5) as server:
        args = run_args(server.uri, "failing", "--attempts", 1, "--limit", 60)
        first = json.loads(spatium.text(*args, rc=1))
        outcomes = first["profiles"]["official"]["outcomes"]
        expect(5 < outcomes["failed"] < 40, outcomes)
        expect(outcomes["scored"] + outcomes["failed"] == 60, outcomes)
        for _ in range(12):
            process = spatium.popen(*args)
            last, _err = process.communicate()
            if process.returncode == 0:
                break
        expect(process.returncode == 0, "failed items stayed failed")
    outcomes = json.loads(last)["profiles"]["official"]["outcomes"]
    expect(outcomes["failed"] == 0, outcomes)
    ids = [r["id"] for r in replies("failing")]
    expect(len(ids) == len(set(ids)) == 60, f"{len(ids)} replies of {len(set(ids))} items")


def a_signal_stops_cleanly():
    for number in (signal.SIGINT, signal.SIGTERM):
        out = f"stopped_{number}"
        with ChatServer(server_program, "--delay-ms", 30) as server:
            process = spatium.popen(*run_args(server.uri, out, "--concurrency", 4))
            while len(replies(out)) < 20:
                time.sleep(0.005)
            process.send_signal(number)
            text, _err = process.communicate(timeout=20)
            expect(process.returncode == 1, f"exit code {process.returncode}")
            expect(json.loads(text)["error"]["code"] == "cancelled", text[:300])
            expect(not (work / out / "spar-bench/report.json").exists(), "a report of a part")
            before = len(replies(out))
            expect(before < ITEMS, "it ran to its end")
            spatium.text(*run_args(server.uri, out))
        for name in ("report.json", "items.jsonl"):
            expect((work / "calm/spar-bench" / name).read_bytes() ==
                   (work / out / "spar-bench" / name).read_bytes(), f"{name} differs")


def two_processes_share_a_folder():
    with ChatServer(server_program, "--delay-ms", 10, "--log", work / "shards.log") as server:
        both = [spatium.popen(*run_args(server.uri, "shards", "--shard", f"{i}/2")) for i in (0, 1)]
        for process in both:
            _out, err = process.communicate()
            expect(process.returncode == 0, err[-500:])
        spatium.text(*run_args(server.uri, "shards"))
    expect(len(lines(work / "shards.log")) == ITEMS, "an item was asked twice")
    expect((work / "calm/spar-bench/items.jsonl").read_bytes() ==
           (work / "shards/spar-bench/items.jsonl").read_bytes(), "items.jsonl differs")


def tree(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.glob("**/*") if p.is_file()}


def of_two_at_once_one_is_refused():
    """Also of two that were not told apart by the same number of shards; the killed one blocks nobody."""
    folder = work / "twice/spar-bench"
    with ChatServer(server_program, "--delay-ms", 20, "--log", work / "twice.log") as server:
        first = spatium.popen(*run_args(server.uri, "twice", "--shard", "0/2", "--concurrency", 1))
        while len(replies("twice")) < 3:
            time.sleep(0.005)
        first.send_signal(signal.SIGSTOP)  # so that only a second one could change the folder
        before, asked = tree(folder), len(lines(work / "twice.log"))
        (work / "two").mkdir()
        for name in ("spar-bench", "spar-bench-tiny"):
            (work / "two" / name).symlink_to(work / "bench")
        # Of two benchmarks the second is refused before anything of the first is asked.
        both = ["bench", "run", "spar-bench-tiny,spar-bench", "--data", "two", "--model", server.uri,
                "-o", "twice", "--json"]
        one = run_args(server.uri, "twice")
        for args in ([*one, "--shard", "0/2"], one, [*one, "--shard", "1/3"], both):
            second = spatium.popen(*args)
            out, err = second.communicate(timeout=20)
            error = json.loads(out)["error"]
            expect(second.returncode == 1, f"{args}: exit code {second.returncode}")
            expect(error["where"].endswith("twice/spar-bench"), error)
            expect(error["found"] == f"process {first.pid} with shard 0/2", error)
            expect(err.count("\n") <= 1, err)
        expect(tree(folder) == before, "a refused run changed the folder")
        time.sleep(0.1)  # what the first one had asked for may reach the log late
        expect(len(lines(work / "twice.log")) <= asked + 1, "a refused run asked")
        first.kill()
        first.communicate()
        expect((folder / ".lock").exists(), "a killed process cannot have tidied up")
        spatium.text(*run_args(server.uri, "twice"))
    expect(len(lines(work / "twice.log")) <= ITEMS + 1, "more was asked again than was in flight")
    expect(len(replies("twice")) == ITEMS, f"{len(replies('twice'))} replies")
    expect(not (folder / ".lock").exists(), "the lock file stayed")


def without_locks():
    """For subprocess: the kernel says of locks what it says on a file system that has none."""
    class Filter(ctypes.Structure):
        _fields_ = [("n", ctypes.c_ushort), ("code", ctypes.c_char_p)]
    load, equal, give = 0x20, 0x15, 0x06  # BPF: a word of what was called; jump if equal; return
    fcntl_number, set_lock, set_lock_wait, allow, no_locks = 72, 37, 38, 0x7fff0000, 0x50000 + 37
    code = b"".join(struct.pack("HBBI", *line) for line in (
        (load, 0, 0, 0), (equal, 0, 4, fcntl_number), (load, 0, 0, 24), (equal, 1, 0, set_lock),
        (equal, 0, 1, set_lock_wait), (give, 0, 0, no_locks), (give, 0, 0, allow)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, ctypes.byref(Filter(7, code)), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no filter of system calls")


def a_file_system_without_locks_is_no_obstacle():
    if platform.machine() != "x86_64":
        return "skipped: not on x86-64"
    with ChatServer(server_program, "--log", work / "lockless.log") as server:
        for i in (0, 1):
            args = [spatium.binary, *run_args(server.uri, "lockless", "--shard", f"{i}/2")]
            process = subprocess.run([*map(str, args)], cwd=work, capture_output=True, text=True,
                                     check=False, preexec_fn=without_locks)
            expect(process.returncode == 0, process.stderr[-500:])
            expect("no locks on this file system" in process.stderr, process.stderr)
        spatium.text(*run_args(server.uri, "lockless"))
    expect(len(lines(work / "lockless.log")) == ITEMS, "an item was asked twice")


def no_key_anywhere():
    key = "sk-secret-of-the-test-1234567890"
    with ChatServer(server_program, "--faults", 1, "--kinds", "echo") as server:
        process = subprocess.run(
            [spatium.binary, *map(str, run_args(server.uri, "keyed", "--limit", 3, "--attempts", 1))],
            cwd=work, env={"OPENAI_API_KEY": key}, capture_output=True, text=True, check=False)
        expect(process.returncode == 1, f"exit code {process.returncode}")
    texts = {"stdout": process.stdout, "stderr": process.stderr}
    for path in (work / "keyed").glob("**/*"):
        if path.is_file():
            texts[path.name] = path.read_text()
    for name, text in texts.items():
        expect(key not in text, f"the key is in {name}")
    expect("401" in texts["replies.jsonl"], texts["replies.jsonl"])


run_steps([undisturbed, killed_twenty_times, same_results,
           failed_calls_are_asked_again_and_never_scored, a_signal_stops_cleanly,
           two_processes_share_a_folder, of_two_at_once_one_is_refused,
           a_file_system_without_locks_is_no_obstacle, no_key_anywhere])
