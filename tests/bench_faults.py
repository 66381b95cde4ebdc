#!/usr/bin/env python3
"""A benchmark run against a server with faults, killed twenty times, beside an undisturbed one.

usage: bench_faults.py SPATIUM WORK_FOLDER CHAT_SERVER

The same report comes out; no reply that was recorded is asked for again (the server counts), and
no failed call is scored as text.
"""
import json
import random
import signal
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
           two_processes_share_a_folder, no_key_anywhere])
