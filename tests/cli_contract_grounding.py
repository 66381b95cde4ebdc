#!/usr/bin/env python3
"""Every command of the contract's "Grounding", on a synthetic room, and odd sentences.

usage: cli_contract_grounding.py SPATIUM WORK_FOLDER

A small server of its own plays the model: it answers from what it is sent and knows nothing else.
"""
import http.server
import json
import math
import random
import re
import shutil
import signal
import sys
import threading
import time

from spine_tools import Spatium, expect, run_steps

spatium = Spatium(sys.argv[1], sys.argv[2])
work = spatium.work
scene = spatium.room("room", frames=12)
info = spatium.json("scene", "info", "room", "--full")
objects = {o["id"]: o for o in info["objects"]}
ROW = ("row", "scan_id", "caption", "outcome", "id", "ranking", "parse", "clauses", "observer",
       "calls", "cost", "ms")


def keys(value, *names, where=""):
    missing = [n for n in names if n not in value]
    expect(not missing, f"{where}: no {', '.join(missing)} in {json.dumps(value)[:300]}")


def row_shape(row, where):
    keys(row, *ROW, where=where)
    expect(row["outcome"] in ("found", "none", "ambiguous", "unknown"), f"{where}: {row}")
    for ranked in row["ranking"]:
        keys(ranked, "id", "label", "box", "p", where=where)
        expect(len(ranked["box"]) == 6, f"{where}: {ranked}")
    for clause in row["clauses"]:
        keys(clause, "text", "relation", "anchors", "scores", where=where)
    if row["observer"] is not None:
        expect(len(row["observer"]["position"]) == 3 and len(row["observer"]["forward"]) == 3, row)
    if row["outcome"] in ("none", "unknown"):
        expect(row["id"] is None, f"{where}: an id without a finding: {row['id']}")
    else:
        expect(row["id"] in objects, f"{where}: id {row['id']}")


def lines(path):
    return [json.loads(line) for line in (work / path).read_text().splitlines()]


# Box files and sentences made from the room.
def box(o):
    a = o["aabb"]
    return [(a[k] + a[k + 3]) / 2 for k in range(3)] + [a[k + 3] - a[k] for k in range(3)]


labels = sorted({o["label"] for o in info["objects"]})
thing = next(o for o in info["objects"] if o["label"] not in ("wall", "floor", "ceiling"))
for name in ("boxes", "labels"):
    (work / name).mkdir()
(work / "boxes" / f"{scene}.json").write_text(json.dumps(
    [{"id": o["id"], "label": o["label"], "box": box(o)} for o in info["objects"]]))
(work / "labels" / f"{scene}.json").write_text(json.dumps(
    [{"id": o["id"], "label": o["label"]} for o in info["objects"]]))
rng = random.Random(5)
sentences = []
for o in info["objects"]:
    if o["label"] in ("wall", "floor", "ceiling"):
        continue
    other = rng.choice(info["objects"])
    word = rng.choice(["next to", "left of", "above", "farthest from", "behind"])
    sentences.append((o["id"], o["label"], f"the {o['label']} {word} the {other['label']}"))
sentences *= 3
(work / "q.jsonl").write_text("".join(
    json.dumps({"scan_id": scene, "caption": c, "target_id": i}) + "\n" for i, _, c in sentences))
(work / "scanrefer.json").write_text(json.dumps(
    [{"scene_id": scene, "object_id": str(i), "object_name": l.replace(" ", "_"), "ann_id": "0",
      "description": c, "token": c.split()} for i, l, c in sentences]))
(work / "nr3d.csv").write_text(
    "assignmentid,stimulus_id,utterance,listener_correct,instance_type,target_id,scan_id\n" +
    "".join(f'1,{scene}-{l}-2-{i}-1,"{c}",True,{l},{i},{scene}\n' for i, l, c in sentences))


def one_sentence():
    row = spatium.json("ground", "room", f"the {thing['label']}", "--weights", "none")
    row_shape(row, "ground")
    expect(objects[row["id"]]["label"] == thing["label"], row)
    row_shape(spatium.json("ground", f"boxes/{scene}.json", f"the {thing['label']}"), "box file")
    expect(len(spatium.json("ground", "room", "the chair", "--top-k", 2)["ranking"]) == 2, "top-k")
    spatium.json("ground", "room", "the chair", "--trace", "trace_text")
    page = (work / "trace_text" / f"{scene}_0.html").read_text()
    expect(page.count("data:image/") >= 2, "the trace has no view and no frame")
    spatium.json("ground", "nowhere", "the chair", rc=1)
    spatium.text("ground", "room", rc=2)
    spatium.text("ground", "room", "the chair", "--mode", "no_such_mode", rc=2)
    spatium.text("ground", "room", "the chair", "--mode", "fused", rc=2)


def odd_sentences():
    expect("fire extinguisher" not in labels and "piano" not in labels, labels)
    odd = {
        "": ("unknown",), "   \n\t . , ;": ("unknown",), "the of and to a": ("unknown",),
        "der Stuhl am Fenster": ("unknown", "none"), "窓の隣の椅子": ("unknown",),
        "😀 🪑 🚪": ("unknown",), "the fire extinguisher": ("none",),
        "the piano": ("none", "ambiguous"),
        " ".join(["chair next to the window of"] * 400): None, "a" * 100000: ("unknown",),
        "the chair that is not a chair and left of the right of it": None,
        "the smallest biggest chair that is near and far from the door": None,
        "second third fourth chair from the left right": None, "1 2 3 4": ("unknown",),
        "{\"a\": [1,2": ("unknown",), "<script>alert(1)</script> the chair": None,
        "it it it of it": ("unknown",), "between between the and the": None,
        "chair chair chair": None, "\u0001\u0002\u001b[31m the chair": None,
        "THE CHAIR!!!": None, "the char next to the wndow": None, "the chair's chair's chair": None,
        "what is two plus two?": ("unknown",), "../../etc/passwd": ("unknown",),
    }
    for text, allowed in odd.items():
        row = spatium.json("ground", "room", text)
        row_shape(row, repr(text[:40]))
        expect(allowed is None or row["outcome"] in allowed,
               f"{text[:40]!r}: {row['outcome']} is not one of {allowed}")
    # Bytes that are no UTF-8: an answer or an error, and a JSON value either way.
    for weights in ("none", "default"):
        process = spatium.popen("ground", "room", b"\xff\xfe chair \xc3".decode(
            "utf-8", "surrogateescape"), "--weights", weights, "--json")
        out, _ = process.communicate()
        expect(process.returncode in (0, 1), process.returncode)
        value = json.loads(out)
        expect("error" in value or "outcome" in value, out[:200])


def without_time(path):
    rows = lines(path)
    for row in rows:
        del row["ms"]
    return rows


def many_sentences():
    for n, source in enumerate(("q.jsonl", "scanrefer.json", "nr3d.csv")):
        spatium.json("ground", "--queries", source, "--boxes", "boxes", "-o", f"out{n}.jsonl")
        rows = lines(f"out{n}.jsonl")
        expect([r["row"] for r in rows] == list(range(len(sentences))), "rows out of order")
        for row in rows:
            row_shape(row, source)
        expect(without_time(f"out{n}.jsonl") == without_time("out0.jsonl"),
               f"{source} gives other answers than q.jsonl")
    spatium.json("ground", "--queries", "q.jsonl", "--boxes", "boxes", "--labels", "labels",
                 "--threads", 1, "-o", "labelled.jsonl")
    expect(without_time("labelled.jsonl") == without_time("out0.jsonl"), "the same labels matter")
    spatium.json("ground", "--queries", "q.jsonl", "--boxes", "boxes", "--limit", 3, "-o", "l.jsonl")
    expect(len(lines("l.jsonl")) == 3, "--limit")
    plan = spatium.json("ground", "--queries", "q.jsonl", "--boxes", "boxes", "-o", "no.jsonl",
                        "--dry-run")
    expect(plan["rows"] == len(sentences) and not (work / "no.jsonl").exists(), plan)
    out = spatium.text("ground", "--queries", "q.jsonl", "--boxes", "boxes", "-o", "-")
    expect(len(out.splitlines()) == len(sentences), "-o - prints no rows")


def targets_are_not_read():
    ids = [o["id"] for o in info["objects"]]
    (work / "permuted.jsonl").write_text("".join(
        json.dumps({"scan_id": scene, "caption": c, "target_id": ids[(k * 7 + 3) % len(ids)],
                    "object_name": "nonsense", "easy": k % 2 == 0}) + "\n"
        for k, (_, _, c) in enumerate(sentences)))
    spatium.json("ground", "--queries", "permuted.jsonl", "--boxes", "boxes", "-o", "perm.jsonl")
    expect(without_time("perm.jsonl") == without_time("out0.jsonl"), "targets change answers")


def killed_and_continued():
    with open(work / "many.jsonl", "w") as f:
        for k in range(300):
            for i, _, c in sentences:
                f.write(json.dumps({"scan_id": scene, "caption": c, "target_id": i}) + "\n")
    args = ("ground", "--queries", "many.jsonl", "--boxes", "boxes", "-o", "killed.jsonl",
            "--weights", "none", "--threads", 1)
    process = spatium.popen(*args)
    partial = work / "killed.jsonl.partial"
    for _ in range(600):
        if partial.exists() and partial.stat().st_size > 200000:
            break
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    if (work / "killed.jsonl").exists():
        print("  the run was over before it could be killed")
        return
    kept = partial.read_bytes().count(b"\n") - 2
    whole = [json.loads(line) for line in partial.read_text().split("\n")[:-1]]
    times = {r["row"]: r["ms"] for r in whole if "row" in r}
    # Another run's rows are not taken over.
    for name, other in (("other", ("--weights", "default")),
                        ("seed", ("--weights", "none", "--seed", 7))):
        shutil.copy(partial, work / f"{name}.jsonl.partial")
        spatium.text("ground", "--queries", "many.jsonl", "--boxes", "boxes", "-o",
                     f"{name}.jsonl", *other)
    spatium.text(*args)
    taken_over = {name: sum(r["ms"] == times.get(r["row"]) for r in lines(work / f"{name}.jsonl"))
                  for name in ("killed", "seed")}
    expect(taken_over["killed"] >= len(times) - 1, f"rows were made again: {taken_over}")
    expect(taken_over["seed"] < len(times) / 2, f"rows of another seed were kept: {taken_over}")
    a, b = without_time("killed.jsonl"), without_time("other.jsonl")
    expect(len(a) == 300 * len(sentences) and kept > 100, f"{len(a)} rows, {kept} kept")
    expect(not partial.exists(), "the journal stays")
    expect(any(x["ranking"] != y["ranking"] for x, y in zip(a[:kept], b[:kept])),
           "rows of a run with other weights were taken over")
    first = without_time("killed.jsonl")[: len(sentences)]
    spatium.json("ground", "--queries", "q.jsonl", "--boxes", "boxes", "--weights", "none",
                 "-o", "none.jsonl")
    expect(first == without_time("none.jsonl"), "rows differ after a kill")


def evaluation():
    report = spatium.json("ground", "eval", "out0.jsonl", "--queries", "q.jsonl", "--boxes-gt",
                          "boxes")
    keys(report, "n", "acc_id", "acc25", "acc50", "interval95", "by", "baselines", "ceiling",
         "errors", where="ground eval")
    keys(report["by"], "easy", "hard", "view_dep", "view_indep", "unique", where="by")
    keys(report["baselines"], "random", "first", where="baselines")
    keys(report["ceiling"], "acc25", "acc50", where="ceiling")
    keys(report["errors"], "detector", "class", "relation", "view", "decision", "abstained",
         where="errors")
    for rule in report["by"]["unique"].values():
        for group in rule.values():
            keys(group, "n", "acc25", "acc50", where="unique rule")
    expect(report["n"] == len(sentences), report["n"])
    rows = lines("out0.jsonl")
    right = sum(r["id"] == i for r, (i, _, _) in zip(rows, sentences))
    expect(abs(report["acc_id"] - right / len(rows)) < 1e-12, (report["acc_id"], right))
    expect(sum(report["errors"].values()) == len(rows) - right, report["errors"])
    expect(report["ceiling"]["acc50"] == 1, report["ceiling"])


def detected_boxes():
    """Other ids and shifted boxes: the evaluation goes by the boxes of the run."""
    (work / "detected").mkdir()
    (work / "detected" / f"{scene}.json").write_text(json.dumps(
        [{"id": 900 - k, "label": o["label"], "box": [box(o)[0] + 0.02 * box(o)[3], *box(o)[1:]]}
         for k, o in enumerate(info["objects"])]))
    spatium.json("ground", "--queries", "q.jsonl", "--boxes", "detected", "-o", "detected.jsonl")
    report = spatium.json("ground", "eval", "detected.jsonl", "--queries", "q.jsonl", "--boxes-gt",
                          "boxes")
    true = spatium.json("ground", "eval", "out0.jsonl", "--queries", "q.jsonl", "--boxes-gt", "boxes")
    expect(abs(report["acc25"] - true["acc25"]) < 0.15 and report["acc25"] > 0.3, report["acc25"])
    expect(report["ceiling"]["acc50"] == 1 and report["baselines"]["first"]["acc25"] > 0.3, report)
    (work / "detected.jsonl.run.json").unlink()
    again = spatium.json("ground", "eval", "detected.jsonl", "--queries", "q.jsonl", "--boxes-gt",
                         "boxes")
    expect(again["acc25"] == report["acc25"], "without the run's record the boxes are lost")


def fitting():
    # A fit is by room: two rooms are enough to see that it runs and repeats.
    second = spatium.room("room2", frames=2, seed=11)
    other = spatium.json("scene", "info", "room2", "--full")["objects"]
    (work / "boxes" / f"{second}.json").write_text(json.dumps(
        [{"id": o["id"], "label": o["label"], "box": box(o)} for o in other]))
    (work / "labels" / f"{second}.json").write_text(json.dumps(
        [{"id": o["id"], "label": o["label"]} for o in other]))
    with open(work / "fit.jsonl", "w") as f:
        f.write((work / "q.jsonl").read_text())
        for o in other:
            f.write(json.dumps({"scan_id": second, "caption": f"the {o['label']} by the door",
                                "target_id": o["id"]}) + "\n")
    args = ("ground", "fit", "--queries", "fit.jsonl", "--boxes", "boxes", "--labels", "labels",
            "--folds", 2, "--seed", 0, "--epochs", 2)
    made = spatium.json(*args, "-o", "w1.json")
    keys(made, "folds", "mean", where="ground fit")
    expect(len(made["folds"]) == 2, made)
    for fold in made["folds"] + [made["mean"]]:
        keys(fold, "n", "acc_id", "acc25", "acc50", where="fold")
    spatium.json(*args, "--threads", 1, "-o", "w2.json")
    expect((work / "w1.json").read_bytes() == (work / "w2.json").read_bytes(),
           "the same fit gives other weights")
    expect((work / "w1.json").stat().st_size <= 65536, "weights above 64 kB")
    joint = spatium.json("ground", "fit", "--queries", "fit.jsonl", "--boxes", "boxes",
                         "--queries", "q.jsonl", "--boxes", "boxes", "--boxes-gt", "-",
                         "--boxes-gt", "boxes", "--folds", 2, "--epochs", 1, "-o", "w3.json")
    expect(len(joint["sets"]) == 2 and joint["mean"]["n"] == sum(
        s["mean"]["n"] for s in joint["sets"]), joint)
    row_shape(spatium.json("ground", "room", "the chair", "--weights", "w1.json"), "fitted")
    (work / "bad.json").write_text('{"labels": 3}')
    spatium.json("ground", "room", "the chair", "--weights", "bad.json", rc=1)


def views():
    made = spatium.json("ground", "views", "room", "-o", "views", "--size", 512)["views"]
    expect([v["name"] for v in made if "_" not in v["name"]] ==
           ["top", "left", "right", "up", "down"], [v["name"] for v in made])
    marked = set()
    for view in made:
        keys(view, "name", "file", "eye", "look_at", "up", "marks", where="view")
        expect((work / view["file"]).read_bytes()[:4] == b"\x89PNG", view["file"])
        # Each mark lies inside its object's box as an own pinhole camera projects it.
        sub = lambda a, b: [x - y for x, y in zip(a, b)]
        dot = lambda a, b: sum(x * y for x, y in zip(a, b))
        cross = lambda a, b: [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                              a[0] * b[1] - a[1] * b[0]]
        unit = lambda a: [x / math.sqrt(dot(a, a)) for x in a]
        z = unit(sub(view["look_at"], view["eye"]))
        x = unit(cross(z, view["up"]))
        y = cross(z, x)
        for mark in view["marks"]:
            a = objects[mark["id"]]["aabb"]
            corners = [[a[0 if i & 1 else 3], a[1 if i & 2 else 4], a[2 if i & 4 else 5]]
                       for i in range(8)]
            pixels = []
            for corner in corners:
                d = sub(corner, view["eye"])
                pixels.append((256 + 512 * dot(d, x) / dot(d, z), 256 + 512 * dot(d, y) / dot(d, z)))
            for axis in (0, 1):
                low, high = min(p[axis] for p in pixels), max(p[axis] for p in pixels)
                expect(low - 1.5 <= mark["px"][axis] <= high + 1.5,
                       f"{view['name']}: mark {mark['id']} at {mark['px']} is off its object")
            marked.add(mark["id"])
    furniture = {o["id"] for o in info["objects"] if o["label"] not in ("wall", "floor", "ceiling")}
    expect(len(marked & furniture) >= 0.7 * len(furniture), f"{len(marked)} of {len(furniture)}")


def frames():
    made = spatium.json("ground", "frames", "room", "--object", thing["id"], "-n", 3)
    expect(1 <= len(made) <= 3, made)
    for frame in made:
        keys(frame, "frame", "score", "visible_px", "box", where="frame")
        expect(len(frame["box"]) == 4, frame)
    expect([f["score"] for f in made] == sorted((f["score"] for f in made), reverse=True), made)
    spatium.json("ground", "frames", "room", "--object", 987654, rc=1)


def crops():
    made = spatium.json("ground", "crops", "room", "-o", "crops.jpg")
    keys(made, "file", "size", "objects", where="crops")
    expect((work / "crops.jpg").read_bytes()[:2] == b"\xff\xd8", "no JPEG")
    expect(thing["id"] in made["objects"] or len(made["objects"]) > 5, made)


class Model(http.server.BaseHTTPRequestHandler):
    """Answers from the request alone; every tenth reply is no JSON and must be repaired."""
    requests = 0
    pictures = 0

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        cls = type(self)
        cls.requests += 1
        parts = body["messages"][0]["content"]
        if isinstance(parts, str):
            parts = [{"type": "text", "text": parts}]
        text = "".join(p.get("text", "") for p in parts if p["type"] == "text")
        cls.pictures += sum(p["type"] == "image_url" for p in parts)
        if len(body["messages"]) == 1 and len(text) % 10 == 3:
            reply = "I think it is the left one."
        elif "target_class" in text:
            words = re.search(r"Description: the (\w+)", text)
            reply = json.dumps({"target_class": words.group(1) if words else "unknown"})
        elif "\"object_ids\"" in text:
            ids = re.search(r"Only these ids count: ([\d, ]+)", text).group(1).split(",")
            reply = json.dumps({"reasoning": "r", "object_ids": [int(i) for i in ids[-3:]]})
        elif "\"object_id\"" in text:
            ids = re.findall(r"(\d+) \(", text.split("The candidates are:")[1])
            reply = "```json\n" + json.dumps({"reasoning": "r", "object_id": int(ids[-1])}) + "\n```"
        else:
            reply = json.dumps({"reasoning": "r", "view": 2})
        data = json.dumps({"id": "1", "object": "chat.completion", "model": "m", "choices": [
            {"index": 0, "finish_reason": "stop",
             "message": {"role": "assistant", "content": reply}}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def with_a_model():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    uri = f"openai:http://127.0.0.1:{server.server_port}/v1#m"
    (work / "stores").mkdir()
    shutil.copytree(work / "room", work / "stores" / scene)
    for mode in ("spazer", "fused"):
        row = spatium.json("ground", "room", f"the {thing['label']}", "--mode", mode, "--model", uri,
                           "--trace", f"trace_{mode}", "--image_size", 512)
        row_shape(row, mode)
        keys(row, "view", "matched", "candidates", where=mode)
        out = f"{mode}.jsonl"
        args = ("ground", "--queries", "q.jsonl", "--boxes", "stores", "--mode", mode, "--limit", 12,
                "--image_size", 512, "--n_topk", 4)
        spatium.json(*args, "--model", uri, "--record", f"{mode}.rec", "-o", out)
        rows = without_time(out)
        expect(len(rows) == 12 and all(r["calls"] >= 1 for r in rows), mode)
        before = Model.requests
        spatium.json(*args, "--model", f"replay:{work}/{mode}.rec", "-o", f"again_{out}")
        expect(Model.requests == before, "a replay asked the server")
        same = lambda r: {k: v for k, v in r.items() if k != "cost"}
        expect(list(map(same, rows)) == list(map(same, without_time(f"again_{out}"))),
               f"{mode}: the replay gives other rows")
        report = spatium.json("ground", "eval", out, "--queries", "q12.jsonl", "--boxes-gt", "boxes",
                              "--spazer", f"spazer_{mode}")
        record = json.loads((work / f"spazer_{mode}/output_jdm.json").read_text())
        keys(record[0], "scene_id", "query", "matched_targets", "is_unique", "is_easy", "is_vd",
             "gt_id", "pred_bbox", "gt_bbox", "view", "predicted_id", "iou", "correct_25",
             "correct_50", where="SPAZER's record")
        first = json.loads((work / f"spazer_{mode}/output_view_candidate.json").read_text())[0]
        keys(first, "n_top_k", "in_top_1", "in_top_k", where="SPAZER's stage 1")
        scored = spatium.json("bench", "score", "nr3d", "--format", "spazer", "--predictions",
                              f"spazer_{mode}/output_jdm.json")
        percent = [p["score"] for p in scored["profiles"].values()]
        expect(any(abs(p / 100 - report["acc25"]) < 1e-6 or abs(p - report["acc25"]) < 1e-6
                   for p in percent), (percent, report["acc25"]))
    expect(Model.pictures > 50, "few pictures were sent")
    page = (work / "trace_fused" / f"{scene}_0.html").read_text()
    for part in ("prompt", "reply", "data:image/png", "data:image/jpeg", "Parse", "Clauses"):
        expect(part in page, f"the trace has no {part}")
    server.shutdown()
    # A model that is gone is an error that says so, and nothing is written.
    error = spatium.json("ground", "room", "the chair", "--mode", "fused", "--model",
                         "replay:nowhere.rec", rc=1)["error"]
    keys(error, "code", "where", "expected", "found", where="error")


(work / "q12.jsonl").write_text("".join((work / "q.jsonl").read_text().splitlines(True)[:12]))


def detections():
    try:
        import numpy as np
    except ImportError:
        print("  no numpy: a detector's file cannot be made here")
        return
    clouds = np.empty(4, dtype=object)
    clouds[0] = np.array([[0, 0, 0], [1, 2, 3]], dtype=np.float32)
    clouds[1] = np.array([[0, 0, 0], [1, 2, 3]], dtype=np.float32)
    clouds[2] = np.array([[5, 5, 0, 9, 9, 9], [6, 6, 1, 9, 9, 9]], dtype=np.float64)
    clouds[3] = np.array([[8, 8, 0], [9, 9, 1]], dtype=np.float32)
    np.savez(work / "scene1.npz", ins_pcds=clouds, ins_labels=np.array(
        ["chair", "armchair", "table", "lamp"]), ins_scores=np.array([.4, .9, .8, .05]))
    made = spatium.json("ground", "detections", "scene1.npz", "-o", "det", "--min-score", .1)
    keys(made["scenes"][0], "scene", "read", "boxes", "duplicates", "below_score", where="detections")
    rows = json.loads((work / "det/scene1.json").read_text())
    expect([(r["label"], r["box"], r["score"]) for r in rows] ==
           [("armchair", [.5, 1, 1.5, 1, 2, 3], .9), ("table", [5.5, 5.5, .5, 1, 1, 1], .8)], rows)
    row = spatium.json("ground", "det/scene1.json", "the table")
    expect(row["id"] == 1, row)
    (work / "torn.npz").write_bytes((work / "scene1.npz").read_bytes()[:200])
    spatium.json("ground", "detections", "torn.npz", "-o", "det", rc=1)


run_steps([one_sentence, odd_sentences, many_sentences, targets_are_not_read, killed_and_continued,
           evaluation, detected_boxes,
           fitting, views, frames, crops, with_a_model, detections])
