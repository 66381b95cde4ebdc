#!/usr/bin/env python3
"""Questions of `qa make` as a SPAR-Bench: the oracle is right under the strict rule and the official one.

usage: bench_of_questions.py SPATIUM WORK_FOLDER

The tree is read as it is; numbers and view changes in their fill form, choices by letter.
"""
import collections
import hashlib
import json
import sys

from spine_tools import Spatium, expect, records, run_steps

spatium = Spatium(sys.argv[1], sys.argv[2])
work = spatium.work
NUMBERS = ("depth_prediction", "distance_prediction")
CHOICES = ("distance_infer", "obj_spatial", "spatial_imagination", "position_matching", "camera_motion")


def in_the_bench(task, fmt):
    return (fmt == "fill" and (task.startswith(NUMBERS) or task == "view_change_infer") or
            fmt == "select" and task.startswith(CHOICES))


def make():
    spatium.room("room", frames=10)
    spatium.json("qa", "make", "room", "-o", "qa", "--seed", 4, "--per-task", 60)


def oracle_is_right_under_both_rules():
    counts = collections.Counter(task for task, fmt, _ in records(work / "qa") if in_the_bench(task, fmt))
    expect(len(counts) >= 7, f"tasks of the bench: {dict(counts)}")
    report = spatium.json("bench", "run", "spar-bench", "--data", "qa", "--model", "baseline:oracle", "-o",
                          "oracle")
    expect(report["n"] == sum(counts.values()), f"{report['n']} items, {sum(counts.values())} questions")
    for profile in ("official", "strict"):
        result = report["profiles"][profile]
        got = {task: score["n"] for task, score in result["by"]["task"].items()}
        expect(got == dict(counts), f"{profile}: {got}, {dict(counts)}")
        lost = {task: score["score"] for task, score in result["by"]["task"].items()
                if abs(score["score"] - 100) > 1e-9}
        expect(not lost, f"{profile} loses points: {lost}")
        expect(abs(result["score"] - 100) < 1e-9, f"{profile}: {result['score']}")
    # The official middle level leaves view_change_infer out; the strict one counts it.
    levels = {p: report["profiles"][p]["by"]["level"]["medium"]["n"] for p in ("official", "strict")}
    expect(levels["strict"] - levels["official"] == counts["view_change_infer"], levels)
    return f"{report['n']} questions of {len(counts)} tasks, 100 under official and strict"


def markers_are_in_the_pictures():
    seen = set()
    for task, fmt, record in records(work / "qa"):
        if task in seen or not in_the_bench(task, fmt):
            continue
        seen.add(task)
        prompt = spatium.json("bench", "prompt", "spar-bench", "--data", "qa", "--id", record["id"],
                              "--profile", "official")
        parts = prompt["messages"][-1]["content"]
        images = [p for p in parts if p["type"] == "image"]
        expect(len(images) == len(record["image"]), f"{task}: {len(images)} pictures")
        marked = any(k.endswith(("_point", "_bbox")) for k in record)
        plain = [hashlib.sha256((work / "qa/spar/synth/images" / name).read_bytes()).hexdigest()
                 for name in record["image"]]
        changed = [image["sha256"] != raw for image, raw in zip(images, plain)]
        expect(any(changed) == marked, f"{task}: markers drawn: {changed}, record has some: {marked}")
        question = record["conversations"][0]["value"].replace("<image>", "").strip()
        expect(question in parts[-1]["text"], f"{task}: the prompt is {parts[-1]['text']!r}")


def a_broken_record_is_named():
    path = next((work / "qa").glob("spar/*/qa_jsonl/*/distance_prediction_oc/fill/*.jsonl"))
    good = path.read_text()
    first = json.loads(good.splitlines()[0])
    first["image"] = ["../../../../etc/passwd"]
    path.write_text(json.dumps(first) + "\n" + good)
    error = spatium.json("bench", "run", "spar-bench", "--data", "qa", "--model", "baseline:oracle", "-o", "x",
                         rc=1)["error"]
    path.write_text(good)
    expect(f"{path.name}:1" in error["where"], error)


run_steps([make, oracle_is_right_under_both_rules, markers_are_in_the_pictures, a_broken_record_is_named])
