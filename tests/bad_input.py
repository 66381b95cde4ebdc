#!/usr/bin/env python3
"""Bad input to the commands of metrics and benchmarks: exit 1 (2 for wrong usage) and one error
that says where, what was expected and what was found; never a crash, never a score.

usage: bad_input.py SPATIUM WORK_FOLDER
"""
import json
import os
import resource
import sys

from bench_tools import lines, write_spar_bench
from spine_tools import Spatium, expect, run_steps

ITEMS = 12
spatium = Spatium(sys.argv[1], sys.argv[2])
work = spatium.work
write_spar_bench(spatium, "bench", ITEMS)
ROW = {"id": "0", "prediction": "A", "answer": "A", "task": "position_matching"}
FILES = {
    "empty": b"",
    "blank": b"\n \n",
    "binary": bytes(range(256)),
    "wrong_utf8": json.dumps(ROW).encode().replace(b'"A"', b'"\xff\xfe"', 1),
    "cut": json.dumps(ROW).encode()[:-5],
    "numbers": b"[1, 2]",
    "text": b'"A"',
    "no_id": b'{"prediction": "A"}',
    "no_prediction": b'{"id": "0"}',
    "nan": b'{"id": "0", "prediction": NaN}',
    "twice": (json.dumps(ROW) + "\n").encode() * 2,
    "deep": b"[" * 100_000,
}
for name, content in FILES.items():
    (work / name).write_bytes(content)
(work / "folder").mkdir()
(work / "good").write_text(json.dumps(ROW) + "\n")
(work / "half").write_text("".join(json.dumps({"id": str(i), "prediction": "A"}) + "\n"
                                   for i in range(ITEMS // 2)))
(work / "unknown").write_text('{"id": "no such id", "prediction": "A"}\n')
EVERY = [*FILES, "folder", "no/such/file"]


def refused(*args, rc=1):
    """The error of a command that must fail."""
    process = spatium.popen(*args, "--json")
    out, err = process.communicate(timeout=120)
    call = " ".join(map(str, args))
    expect(process.returncode == rc, f"{call}: exit code {process.returncode}: {out[:300]} {err[-300:]}")
    try:
        error = json.loads(out)["error"]
    except (ValueError, KeyError):
        expect(False, f"{call}: no error on stdout: {out[:300]!r}")
    expect(set(error) >= {"code", "where", "expected", "found"}, f"{call}: {error}")
    expect(error["expected"] and len(json.dumps(error)) < 2000, f"{call}: {error}")
    return error


def score(predictions, *more, rc=1):
    return refused("bench", "score", "spar-bench", "--predictions", predictions, *more, rc=rc)


def prediction_files():
    for name in EVERY:
        for data in ([], ["--data", "bench"]):
            error = score(name, *data)
            expect(name in error["where"], f"{name}: {error}")
        for form in ("lmms-eval", "spazer", "tab", "blink"):
            if (form, name) not in {("spazer", "no_id"), ("spazer", "no_prediction"), ("spazer", "nan"),
                                    ("spazer", "twice"), ("tab", "no_id"), ("tab", "no_prediction"),
                                    ("tab", "nan"), ("tab", "twice"), ("blink", "no_id"),
                                    ("blink", "no_prediction"), ("blink", "nan")}:
                score(name, "--format", form)


def data_and_options():
    expect("no such id" in score("unknown", "--data", "bench")["expected"], "the id is not named")
    for name in (*FILES, "no/such/file"):
        score("half", "--data", name)
    score("good", "--format", "other", rc=2)
    score("good", "--profile", "other", rc=2)
    score("good", "--judge", "other:x", rc=2)
    score("good", "--report", "good")
    score("half", "--data", "bench", "--per-item", "folder")
    refused("bench", "score", "other", "--predictions", "good", rc=2)
    refused("bench", "score", rc=2)
    refused("bench", "score", "spar-bench", "--predictions", "good", "--beside", "no/such/folder")


def half_of_the_predictions():
    report = json.loads(spatium.text("bench", "score", "spar-bench", "--predictions", "half", "--data",
                                     "bench", "--report", "report", "--json"))
    expect(report["n"] == ITEMS // 2 and report["missing"] == ITEMS - ITEMS // 2, str(report)[:200])
    for profile in report["profiles"].values():
        expect("have no prediction" in profile["notes"][0], profile["notes"])
    for name in ("report.md", "report.html"):
        expect("have no prediction" in (work / "report" / name).read_text(), f"{name} does not say so")


def golden_rows():
    for name in EVERY:
        if name in {"empty", "blank"}:  # no rows are no values; but nothing was checked
            spatium.text("metric", "eval", name)
            refused("metric", "check", name)
        elif name in {"numbers", "text", "no_id", "no_prediction", "nan", "twice"}:
            out = spatium.text("metric", "eval", name)
            expect(all(json.loads(line)["unsupported"] for line in out.splitlines()), out)
        else:
            refused("metric", "eval", name)
            refused("metric", "check", name)
        refused("metric", "eval", "good", "--masks", name)
    refused("metric", "check", rc=2)


def runs():
    def run(*args, rc=1):
        return refused("bench", "run", *args, "-o", "out", rc=rc)
    oracle = ["--model", "baseline:oracle"]
    for name in (*FILES, "no/such/file"):
        run("spar-bench", "--data", name, *oracle)
    for name in EVERY:
        run("spar-bench", "--data", "bench", "--model", f"replay:{name}")
    run("spar-bench", "--data", "bench", *oracle, "--tasks", "other")
    error = run("spar-bench", "--data", "bench", *oracle, "--tasks", "position_matching,positon_matching")
    expect("positon_matching" in error["expected"] and "position_matching" in error["found"], error)
    run("spar-bench", "--data", "bench", *oracle, "--concurrency", 1_000_000, rc=2)
    run("spar-bench", "--data", "bench", *oracle, "--timeout", 1e300, rc=2)
    run("spar-bench", "--data", "bench", *oracle, "--beside", "no/such/folder")
    run("spar-bench", "--data", "bench", *oracle, "--shard", "3/2", rc=2)
    run("spar-bench", "--data", "bench", "--model", "other:x", rc=2)
    run("spar-bench", "--data", "bench", "--model", "openai:ftp://x#m", rc=2)
    run("spar-bench,other", "--data", "bench", *oracle, rc=2)
    run("spar-bench", "--data", "bench", *oracle, "--judge", "other:x", rc=2)
    expect(not (work / "out").exists() or not list((work / "out").glob("*/report.json")), "a report of nothing")
    refused("bench", "run", "spar-bench", "--data", "bench", *oracle, "-o", "good")
    refused("bench", "prompt", "spar-bench", "--data", "bench", "--id", "other")
    for name in ("no/such/folder", "good", "folder"):
        refused("bench", "compare", name, name)


def pictures_outside_of_the_folder():
    """A record that names a file elsewhere must not send it to a server."""
    (work / "secret.jpg").write_bytes((work / "bench/0.jpg").read_bytes())
    row = json.loads((work / "bench/test.jsonl").read_text().splitlines()[0])
    for name in ("../secret.jpg", str((work / "secret.jpg").absolute())):
        (work / "outside").mkdir(exist_ok=True)
        (work / "outside/test.jsonl").write_text(json.dumps({**row, "image": [name]}) + "\n")
        error = refused("bench", "run", "spar-bench", "--data", "outside", "--model", "baseline:oracle", "-o", "out")
        expect(name in error["found"], error)


def results_that_cannot_be_compared():
    for name, data in (("spar-bench", "a"), ("spar-bench-tiny", "b")):
        spatium.text("bench", "run", name, "--data", "bench", "--model", "baseline:random", "-o", data)
    error = refused("bench", "compare", "a/spar-bench", "b/spar-bench-tiny")
    expect("spar-bench-tiny" in error["found"], error)
    error = refused("bench", "compare", "a/spar-bench", "a/spar-bench", "--profile", "easi")
    expect("easi" in error["expected"], error)
    refused("bench", "run", "spar-bench", "--data", "bench", "--model", "baseline:random", "-o", "c",
            "--beside", "b/spar-bench-tiny")


def why_calls_failed():
    """It is said on standard error, not only in the journal."""
    process = spatium.popen("bench", "run", "spar-bench", "--data", "bench", "--model",
                            "openai:http://127.0.0.1:9/v1#m", "--attempts", 1, "-o", "down")
    _out, err = process.communicate(timeout=120)
    expect(process.returncode == 1 and "127.0.0.1:9" in err and f"{ITEMS} of {ITEMS}" in err, err)


def a_folder_with_files_of_others():
    (work / "taken/spar-bench").mkdir(parents=True)
    mine = '{"id": 1, "mine": true}\n{"id": 2}\n'
    (work / "taken/spar-bench/replies.jsonl").write_text(mine)
    refused("bench", "run", "spar-bench", "--data", "bench", "--model", "baseline:oracle", "-o", "taken")
    expect((work / "taken/spar-bench/replies.jsonl").read_text() == mine, "a file was emptied")


def no_room():
    """A limit on the size of files stands for a full disk: what was recorded before stays good."""
    sizes = (600, 3000, 6000, 200_000)
    for size in sizes:
        out = f"full_{size}"
        pid = os.fork()
        if pid == 0:
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            os.chdir(work)
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(os.open("stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
            os.execv(spatium.binary, [spatium.binary, "bench", "run", "spar-bench", "--data", "bench",
                                      "--model", "baseline:oracle", "-o", out, "--quiet"])
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        said = (work / "stderr").read_text()
        expect(code == 1 or size == sizes[-1], f"{size} bytes: exit code {code}: {said}")
        expect(code == 0 or "expected room for" in said, f"{size} bytes: {said}")
        spatium.text("bench", "run", "spar-bench", "--data", "bench", "--model", "baseline:oracle", "-o", out)
        ids = [r["id"] for r in lines(work / out / "spar-bench/replies.jsonl")]
        expect(sorted(ids, key=int) == [str(i) for i in range(ITEMS)], f"{size} bytes: {ids}")


run_steps([prediction_files, data_and_options, half_of_the_predictions, golden_rows, runs,
           pictures_outside_of_the_folder, results_that_cannot_be_compared, why_calls_failed,
           a_folder_with_files_of_others, no_room])
