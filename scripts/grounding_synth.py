#!/usr/bin/env python3
"""Plain geometric sentences about synthetic rooms, grounded with both weight settings.

usage: grounding_synth.py SPATIUM WORK_FOLDER [ROOMS [SEED]]

Makes rooms, asks for "the X closest to / farthest from the Y" (one Y, a margin of 0.4 m) and "the
biggest X" (1.5 times the next), and prints how often each setting names the right object.
"""
import json
import math
import pathlib
import subprocess
import sys

STRUCTURE = ("wall", "floor", "ceiling")


def box(o):
    a = o["aabb"]
    return [(a[k] + a[k + 3]) / 2 for k in range(3)] + [a[k + 3] - a[k] for k in range(3)]


def sentences(objects):
    by_label = {}
    for o in objects:
        if o["label"] not in STRUCTURE:
            by_label.setdefault(o["label"], []).append((box(o), o["id"]))
    for label, things in by_label.items():
        if len(things) < 2:
            continue
        for other, anchors in by_label.items():
            if len(anchors) != 1 or other == label:
                continue
            d = sorted((math.dist(b[:3], anchors[0][0][:3]), i) for b, i in things)
            if d[1][0] - d[0][0] > 0.4:
                yield f"the {label} closest to the {other}", d[0][1]
            if d[-1][0] - d[-2][0] > 0.4:
                yield f"the {label} farthest from the {other}", d[-1][1]
        volumes = sorted((b[3] * b[4] * b[5], i) for b, i in things)
        if volumes[-1][0] > 1.5 * volumes[-2][0]:
            yield f"the biggest {label}", volumes[-1][1]


def main():
    program, work = sys.argv[1], pathlib.Path(sys.argv[2])
    rooms, seed = (sys.argv[3:5] + ["6", "77"][len(sys.argv[3:5]):])
    subprocess.run([program, "synth", "-o", work / "rooms", "--rooms", rooms, "--frames", "1",
                    "--size", "64x48", "--seed", seed, "--format", "scannet", "--json"],
                   check=True, stdout=subprocess.DEVNULL)
    (work / "boxes").mkdir(exist_ok=True)
    queries = []
    for truth in sorted((work / "rooms/truth").glob("*.json")):
        objects = json.loads(truth.read_text())["objects"]
        (work / "boxes" / truth.name).write_text(json.dumps(
            [{"id": o["id"], "label": o["label"], "box": box(o)} for o in objects]))
        queries += [{"scan_id": truth.stem, "caption": c, "target_id": i}
                    for c, i in sentences(objects)]
    (work / "queries.jsonl").write_text("".join(json.dumps(q) + "\n" for q in queries))
    for weights in ("none", "default"):
        out = work / f"{weights}.jsonl"
        subprocess.run([program, "ground", "--queries", work / "queries.jsonl", "--boxes",
                        work / "boxes", "--weights", weights, "-o", out], check=True)
        rows = [json.loads(line) for line in out.read_text().splitlines()]
        right = sum(r["id"] == q["target_id"] for r, q in zip(rows, queries))
        print(f"{weights}: {right} of {len(rows)}, {right / len(rows):.3f}")


main()
