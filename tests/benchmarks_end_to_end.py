#!/usr/bin/env python3
"""Every benchmark, from files in its official schema to a score.

usage: benchmarks_end_to_end.py SPATIUM WORK_FOLDER [NAME...]

For each name of `spatium list benchmarks` its fixture (benchmark_fixtures/) is written and then
  - `bench prompt` shows the official prompt, with its pictures where they belong
  - `bench run` with the random, frequency and oracle baselines scores what is computed here by hand
  - `bench score --data` of a mixed prediction file scores what the fixture's own rule says
  - a missing file and a missing field are one error with where, expected and found
"""
import concurrent.futures
import json
import os
import pathlib
import random
import subprocess
import sys
import traceback

from spine_tools import Failed, Spatium, expect

try:
    import pyarrow  # noqa: F401
    import cv2  # noqa: F401
except ImportError as e:
    print(f"skipped: {e}; scripts/requirements-test.txt names the versions")
    sys.exit(77)

import benchmark_fixtures
from benchmark_fixtures.common import Folder, close

ITEMS = 120
spatium = Spatium(sys.argv[1], sys.argv[2])
ROWS = {row["name"]: row for row in spatium.json("list", "benchmarks")}


class Judge:
    """The test server as --judge, with a fixture's answers."""

    def __init__(self, name, answers):
        self.name, self.answers, self.server = name, answers, None

    def __enter__(self):
        if not self.answers:
            return []
        file = spatium.work / f"{self.name}_judge.jsonl"
        file.write_text("".join(json.dumps(row) + "\n" for row in self.answers))
        program = pathlib.Path(spatium.binary).parent / "tests/chat_server/chat_server"
        self.server = subprocess.Popen([program, "--faults", "0.05", "--answers", file], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True)
        port = self.server.stdout.readline().split()[1]
        return ["--judge", f"openai:http://127.0.0.1:{port}/v1#judge"]

    def __exit__(self, *_):
        if self.server:
            self.server.communicate("")


def prompt_text(prompt):
    """The messages as one text, <image> for each picture (once for frames of one video)."""
    out, last = "", None
    if prompt["messages"][0]["role"] == "system":
        out = f"<system>{prompt['messages'][0]['content'][0]['text']}</system>"
    for part in prompt["messages"][-1]["content"]:
        if part["type"] == "text":
            out, last = out + part["text"], None
            continue
        frame = part.get("frame")
        if frame is None or last != part["source"]:
            out += "<image>"
        last = part["source"] if frame is not None else None
    return out


def check_prompts(name, fixture, data, rng):
    """Every profile and form has a prompt; of each that the fixture writes out the first, where it
    puts what is rare, and one more are compared."""
    row = ROWS[name]
    for profile, form in [(p, "") for p in row["profiles"]] + [("official", f) for f in row["prompts"]]:
        prompt = spatium.json("bench", "prompt", name, "--data", data, "--id", rng.choice(fixture.questions).id,
                              "--profile", profile, "--prompt", form)
        expect(prompt["messages"] and prompt["sampling"], f"prompt under {profile} {form}: {prompt}")
    small = spatium.json("bench", "prompt", name, "--data", data, "--id", rng.choice(fixture.questions).id,
                         "--frames", 2, "--max-side", 6)
    pictures = [p for m in small["messages"] for p in m["content"] if p["type"] == "image"]
    expect(all(max(p["size"]) <= 6 for p in pictures), f"--max-side 6: {pictures}")
    frames = [p["source"] for p in pictures if p.get("frame") is not None]
    expect(all(frames.count(source) <= 2 for source in frames), f"--frames 2: {pictures}")
    wanted = {}
    for key, text in fixture.prompts.items():
        wanted.setdefault(key[1:], []).append((key, text))
    picks = [pick for of_kind in wanted.values()
             for pick in of_kind[:1] + rng.sample(of_kind[1:], min(1, len(of_kind) - 1))]
    by_id = {q.id: q for q in fixture.questions}
    for (id_, profile, *form), text in picks:
        prompt = spatium.json("bench", "prompt", name, "--data", data, "--id", id_, "--profile", profile,
                              "--prompt", *(form or [""]))
        got = prompt_text(prompt)
        expect(got == text, f"prompt of {id_} under {profile}:\n{got!r}\nis not\n{text!r}")
        pictures = sum(p["type"] == "image" for p in prompt["messages"][-1]["content"])
        wants = by_id[id_].pictures
        expect(wants in (None, pictures), f"prompt of {id_}: {pictures} pictures, not {wants}")


def strict_of(report):
    return report["profiles"]["strict"]


def check_baselines(name, fixture, data, rng):
    questions = fixture.scored()
    mean, deviation = fixture.random_interval(rng)
    frequency = fixture.aggregate([fixture.frequency_score(q) for q in questions], questions)
    lines = []
    for baseline in ("random", "frequency", "oracle"):
        out = f"{name}_{baseline}"
        spatium.text("bench", "run", name, "--data", data, "--model", f"baseline:{baseline}",
                     "--concurrency", 4, "-o", out, *fixture.arguments)
        report = json.loads((spatium.work / out / name / "report.json").read_text())
        expect(set(report["profiles"]) >= {"official", "strict"}, f"profiles {list(report['profiles'])}")
        for profile in report["profiles"].values():
            counted = profile["outcomes"]
            expect(sum(counted.values()) == len(fixture.questions), f"{baseline}: {counted}")
            expect(counted["failed"] == 0, f"{baseline}: {counted}")
        beside = report.get("baselines", {})
        for kind in ("random", "frequency"):
            expect("score" in beside.get(kind, {}), f"the report has no {kind} row: {list(beside)}")
        expect("score" in report["chance"], report["chance"])
        strict = strict_of(report)
        expect(strict["outcomes"]["skipped"] == len(fixture.questions) - len(questions),
               f"{baseline}: {strict['outcomes']}")
        score = strict["score"]
        low, high = strict["interval95"]
        expect(low <= score <= high or close(low, score) or close(high, score), f"{score} outside {low, high}")
        if baseline == "random":
            expect(abs(score - mean) <= 4 * deviation + 1e-9,
                   f"random scores {score}, by hand {mean} +- {deviation}")
        elif baseline == "frequency":
            expect(close(score, frequency), f"frequency scores {score}, by hand {frequency}")
        else:
            expect(close(score, fixture.oracle), f"oracle scores {score}, not {fixture.oracle}")
            for grouping, keys in fixture.groupings.items():
                got = {k: v["n"] for k, v in strict["by"].get(grouping, {}).items()}
                expect(got == keys, f"by {grouping}: {got}, not {keys}")
        lines.append(f"{baseline} {score:.2f}")
    return ", ".join(lines) + f" (by hand {mean:.2f}, {frequency:.2f})"


def check_predictions(name, fixture, data, rng):
    rows, scores = [], []
    for q in fixture.questions:
        pool = q.choices or fixture.answers(q.task)
        reply = q.answer if rng.random() < 0.5 else rng.choice(pool)
        rows.append(json.dumps({"id": q.id, "prediction": reply}))
        if not q.judged:
            scores.append(fixture.score(reply, q))
    file = f"{name}.jsonl"
    (spatium.work / file).write_text("\n".join(rows) + "\n")
    report = spatium.json("bench", "score", name, "--predictions", file, "--data", data,
                          "--profile", "all", *fixture.arguments)
    by_hand = fixture.aggregate(scores, fixture.scored())
    got = strict_of(report)["score"]
    expect(close(got, by_hand), f"predictions score {got}, by hand {by_hand}")
    expect("published" in report and "chance" in report and report.get("schema"), list(report))


def check_judge(name, fixture, data):
    """Without a judge its items are skipped; verdicts that a recording lacks are failed calls."""
    rows = [json.dumps({"id": q.id, "prediction": f"something else than {q.id}"})
            for q in fixture.questions]
    file = f"{name}_unjudged.jsonl"
    (spatium.work / file).write_text("\n".join(rows) + "\n")
    command = ["bench", "score", name, "--predictions", file, "--data", data]
    counted = spatium.json(*command)["profiles"]["official"]
    expect(counted["outcomes"]["skipped"] > 0 and counted["outcomes"]["failed"] == 0, counted)
    judged = counted["outcomes"]["skipped"]
    (spatium.work / file).write_text(rows[0] + "\n")
    spatium.json(*command, *fixture.arguments, "--record-judge", f"{name}_verdict.jsonl")
    (spatium.work / file).write_text("\n".join(rows) + "\n")
    counted = spatium.json(*command, "--judge", f"replay:{name}_verdict.jsonl", rc=1)["profiles"]["official"]
    expect(counted["outcomes"]["failed"] == judged - 1, counted)
    expect(counted["outcomes"]["skipped"] == 0, counted)


def check_errors(name, fixture, module):
    (spatium.work / f"{name}_empty").mkdir()
    wanted = [(f"{name}_empty", None)]
    for field in fixture.needs:
        folder = Folder(spatium.work / f"{name}_without_{field}", without=field)
        module.write(folder, 12, random.Random(name))
        expect(folder.dropped, f"the fixture has no field {field}")
        wanted.append((str(pathlib.Path(folder.path.name) / fixture.data), field))
    for data, field in wanted:
        error = spatium.json("bench", "run", name, "--data", data, "--model", "baseline:oracle",
                             "-o", f"{name}_error", rc=1)["error"]
        expect(error["where"] and error["expected"] and error["found"], error)
        expect(field is None or field in error["where"] + error["expected"], f"without {field}: {error}")


def check(name):
    try:
        module = benchmark_fixtures.module_of(name)
    except ModuleNotFoundError:
        raise Failed("no fixture: add tests/benchmark_fixtures/" + name.replace("-", "_") + ".py")
    rng = random.Random(name)
    fixture = module.write(Folder(spatium.work / name), ITEMS, rng)
    data = str(pathlib.Path(name) / fixture.data)
    ids = [q.id for q in fixture.questions]
    expect(len(set(ids)) == len(ids), "the fixture's ids are not unique")
    with Judge(name, fixture.judge) as arguments:
        fixture.arguments += arguments
        return check_all(name, fixture, data, rng, module)


def check_all(name, fixture, data, rng, module):
    check_prompts(name, fixture, data, rng)
    note = check_baselines(name, fixture, data, rng)
    check_predictions(name, fixture, data, rng)
    if fixture.judge:
        check_judge(name, fixture, data)
    check_errors(name, fixture, module)
    return note


def attempt(name):
    try:
        return True, check(name)
    except Failed as e:
        return False, str(e)
    except Exception:
        return False, traceback.format_exc()


def without_the_video_plugin():
    """A benchmark of pictures and videos from files that need no other plug-in."""
    fixture = benchmark_fixtures.module_of("site").write(Folder(spatium.work / "no_plugin"), ITEMS, random.Random(1))
    by_kind = {q.id.split("_")[0]: q.id for q in fixture.questions}
    data = str(pathlib.Path("no_plugin") / fixture.data)

    def prompt(id_, rc):
        return spatium.json("bench", "prompt", "site", "--data", data, "--id", id_, rc=rc,
                            env={"SPATIUM_PLUGINS": "/nonexistent"})
    prompt(by_kind["image"], 0)
    error = prompt(by_kind["video"], 1)["error"]
    expect(error["code"] == "unsupported" and "apt install libavformat-dev" in error["expected"], error)


def main():
    parts = {part["name"]: part["present"] for part in spatium.json("doctor")["parts"]}
    for part in ("parquet-plugin", "ffmpeg"):
        if not parts.get(part):
            print(f"skipped: built without {part}")
            sys.exit(77)
    names = sys.argv[3:] or list(ROWS)
    failed = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, (good, note) in zip(names, pool.map(attempt, names)):
            print(f"{'ok    ' if good else 'FAILED'}  {name}: {note}", flush=True)
            if not good:
                failed.append(name)
    print(f"{len(names) - len(failed)} of {len(names)} benchmarks")
    without_the_video_plugin()
    sys.exit(1 if failed else 0)


main()
