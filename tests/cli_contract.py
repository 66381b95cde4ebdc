#!/usr/bin/env python3
"""Every command of the contract's "Everywhere", "Scenes", "Questions" and "Metrics and benchmarks", on
small synthetic input.

usage: cli_contract.py SPATIUM WORK_FOLDER CHAT_SERVER

Checks keys, shapes and exit codes, that stdout holds nothing but the result, and that failures
say where, what was expected and what was found.
"""
import json
import shlex
import sys

from bench_tools import ChatServer, lines, write_spar_bench
from spine_tools import Spatium, expect, records, run_steps

spatium = Spatium(sys.argv[1], sys.argv[2])
chat_server = sys.argv[3]
work = spatium.work
scene = spatium.room("room", frames=8)


def keys(value, *names, where=""):
    missing = [n for n in names if n not in value]
    expect(not missing, f"{where}: no {', '.join(missing)} in {json.dumps(value)[:300]}")


def numbers(value, n, where=""):
    expect(isinstance(value, list) and len(value) == n and
           all(isinstance(x, (int, float)) for x in value), f"{where}: {value} is not {n} numbers")


def lists():
    for what in ("tasks", "readers", "benchmarks", "models", "backends", "metrics"):
        for row in spatium.json("list", what):
            keys(row, "name", "summary", where=f"list {what}")
            if what == "tasks":
                keys(row, "modalities", "formats", "templates", where="list tasks")
                for fmt in row["formats"]:
                    expect(row["templates"][fmt] >= 12, f"{row['name']} {fmt}: few templates")
    tasks = {row["name"] for row in spatium.json("list", "tasks")}
    expect(len(tasks) >= 9, f"{len(tasks)} tasks")


def doctor():
    for part in spatium.json("doctor")["parts"]:
        keys(part, "name", "present", "version", "needed_for", "how_to_get", where="doctor")


def everywhere():
    spatium.text("--version")
    spatium.text("--help")
    for group in ("scene", "qa"):
        expect(f"  {group} " in spatium.text(group, "--help"), f"{group} --help lists nothing")
    spatium.text("no-such-command", rc=2)
    spatium.text("scene", "info", rc=2)
    spatium.text("scene", "info", "room", "--no-such-flag", rc=2)
    error = spatium.json("scene", "info", "nowhere", rc=1)["error"]
    keys(error, "code", "where", "expected", "found", where="error")
    expect(error["code"] == "not_found", error)


def synth():
    truth = json.loads((work / "room_src/truth" / f"{scene}.json").read_text())
    info_shape(truth, "truth")
    keys(truth, "supports", "visibility", where="truth")
    for row in truth["visibility"]:
        visibility_row(row)
    made = spatium.json("synth", "-o", "posed", "--rooms", 1, "--frames", 4, "--size", "160x120",
                        "--seed", 2, "--format", "posed_rgbd")
    expect(len(made["scenes"]) == 1, made)
    spatium.json("scene", "import", "posed_rgbd", f"posed/{made['scenes'][0]}", "-o", "posed_room")


def scene_import():
    report = spatium.json("scene", "import", "scannet", f"room_src/{scene}", "-o", "imported",
                          "--every", 2)
    keys(report, "scene", "frames", "skipped", "objects", "depth_unit_m", "depth_unit_from",
         "aligned", "mesh_vertices", "store", where="scene import")
    expect(report["frames"] == 4, f"--every 2 kept {report['frames']} of 8")
    expect(report["depth_unit_from"] in ("option", "format", "detected"), report)
    spatium.json("scene", "import", "scannet", "nowhere", "-o", "x", rc=1)
    spatium.text("scene", "import", "no_such_format", "room_src", "-o", "x", rc=2)


def info_shape(info, where):
    keys(info, "scene", "frames", "objects", "outline", where=where)
    for frame in info["frames"]:
        keys(frame, "name", "size", "K", "depth_size", "depth_K", "cam_from_world", where=where)
        numbers(frame["size"], 2, where), numbers(frame["K"], 4, where)
        numbers(frame["cam_from_world"], 16, where)
    for o in info["objects"]:
        keys(o, "id", "label", "category", "aabb", "obb", where=where)
        numbers(o["aabb"], 6, where)
        if o["obb"] is not None:
            numbers(o["obb"]["center"], 3, where), numbers(o["obb"]["half"], 3, where)
            numbers(o["obb"]["axes"], 9, where)


def scene_info():
    info_shape(spatium.json("scene", "info", "room", "--full"), "scene info")


def scene_check():
    process = spatium.popen("scene", "check", "room", "--json")
    out, err = process.communicate()
    problems = json.loads(out)["problems"]
    for p in problems:
        keys(p, "severity", "kind", "where", "message", where="scene check")
    errors = sum(p["severity"] == "error" for p in problems)
    expect(process.returncode == (1 if errors else 0), f"exit code {process.returncode}")


def visibility_row(row):
    keys(row, "frame", "object", "visible_px", "visible_fraction", "box_visible", "box_full",
         "center_px", "center_depth_m", "center_in_view", "center_unoccluded", "method",
         where="visibility")
    expect(row["method"] in ("ids", "depth"), row)


def scene_visibility():
    for method in ("ids", "depth"):
        lines = spatium.text("scene", "visibility", "room", "--method", method).splitlines()
        expect(len(lines) > 20, f"{len(lines)} rows")
        for line in lines:
            visibility_row(json.loads(line))


def scene_pages_and_exports():
    spatium.text("scene", "show", "room", "-o", "room.html")
    expect("<html" in (work / "room.html").read_text().lower()[:500], "no page")
    for fmt in ("scannet", "posed_rgbd"):
        spatium.text("scene", "export", "room", "--format", fmt, "-o", f"export_{fmt}/{scene}")
        spatium.json("scene", "import", fmt, f"export_{fmt}/{scene}", "-o", f"back_{fmt}")
    spatium.text("scene", "cloud", "room", "-o", "cloud.ply", "--voxel", 0.05)
    expect((work / "cloud.ply").read_bytes()[:3] == b"ply", "no PLY")


VALUE_KEYS = {
    "depth_prediction_oc": ["depth_ref_m", "answer_m"],
    "depth_prediction_oo": ["depth_ref_m", "depth_a_m", "depth_b_m", "answer_m"],
    "distance_prediction_oc": ["answer_m"],
    "distance_prediction_oo": ["answer_m"],
    "distance_infer_center_oo": ["ask", "distances_m"],
    "obj_spatial_relation_oo": ["right_m", "up_m", "far_m", "slots"],
    "position_matching": ["box_1000"],
    "view_change_infer": ["right_m", "up_m", "forward_m", "yaw_right_deg", "pitch_up_deg"],
    "obj_count": ["category", "ids"],
}


def qa_make():
    planned = spatium.json("qa", "make", "room", "-o", "planned", "--dry-run")
    expect(isinstance(planned, dict), planned)
    expect(not list((work / "planned").glob("**/*.jsonl")), "--dry-run wrote questions")
    made = spatium.json("qa", "make", "room", "-o", "out", "--seed", 0, "--per-task", 20)
    keys(made, "questions", "by_task", "refused", where="qa make")
    for task, counts in made["by_task"].items():
        keys(counts, "facts", "fill", "select", "sentence", "judge", where=task)
        expect(counts["facts"] <= 20, f"{task}: {counts['facts']} facts, 20 asked for")
    seen = set()
    for task, fmt, r in records(work / "out"):
        seen.add(task)
        keys(r, "id", "conversations", "image", "type", "provenance", where=task)
        p = r["provenance"]
        keys(p, "v", "key", "scene", "frames", "size", "K", "cam_from_world", "objects", "value",
             "options", "correct", "margin", where=f"{task} provenance")
        int(p["key"], 16)
        for o in p["objects"]:
            keys(o, "role", "id", "label", "center_world", "aabb_world", "frame", "pixel",
                 "visible_fraction", where=f"{task} objects")
        keys(p["value"], *VALUE_KEYS[task], where=f"{task} value")
        keys(p["margin"], "name", "value", "threshold", where=f"{task} margin")
        expect((p["options"] is None) == (fmt != "select"), f"{task} {fmt}: options")
        for image in r["image"]:
            expect((work / "out/spar/synth/images" / image).exists(), f"no picture {image}")
    expect(seen == set(VALUE_KEYS), f"tasks made: {sorted(seen)}")


def qa_make_parts():
    spatium.json("qa", "make", "room", "-o", "part", "--seed", 0, "--tasks",
                 "depth_prediction_oc,obj_count", "--formats", "fill", "--per-task", 5)
    expect({(t, f) for t, f, _ in records(work / "part")} <=
           {("depth_prediction_oc", "fill"), ("obj_count", "fill")}, "other tasks or formats")
    for level in ("ids", "none"):
        spatium.json("qa", "make", "room", "-o", f"level_{level}", "--seed", 0, "--per-task", 10,
                     "--provenance", level)
        report = spatium.json("qa", "verify", f"level_{level}", "--scenes", "room")
        expect(report["checked"] > 50, report)
    spatium.text("qa", "make", "room", "-o", "x", "--tasks", "no_such_task", rc=2)


def pictures_can_follow():
    args = ["qa", "make", "room", "-o", "later", "--per-task", 5]
    spatium.json(*args, "--no-pictures")
    expect(not list((work / "later").glob("spar/*/images/**/*.jpg")), "--no-pictures wrote some")
    # Frames of videos too are known by the pictures' names.
    report = spatium.json("qa", "verify", "later", "--scenes", "room")
    expect(report["checked"] == report["without_pictures"] > 100, report)
    expect(any("video_color" in r["image"][0] for _, _, r in records(work / "later")), "no video")
    spatium.json(*args)
    report = spatium.json("qa", "verify", "later", "--scenes", "room")
    expect(report["checked"] > report["without_pictures"] == 0, report)


def qa_verify():
    report = spatium.json("qa", "verify", "out", "--scenes", "room")
    keys(report, "checked", "disagreements", "marker_outside", "options_not_unique", "duplicates",
         "failures", where="qa verify")
    path = next((work / "out").glob("spar/*/qa_jsonl/*/distance_prediction_oc/fill/*.jsonl"))
    good = path.read_text()
    first = json.loads(good.splitlines()[0])
    first["conversations"][1]["value"] = "9.9"
    path.write_text("\n".join([json.dumps(first), *good.splitlines()[1:]]) + "\n")
    report = spatium.json("qa", "verify", "out", "--scenes", "room", rc=1)
    path.write_text(good)
    expect(report["disagreements"] == 1, report)
    keys(report["failures"][0], "file", "line", "id", "kind", "expected", "found", where="failure")


def qa_pages():
    expect(isinstance(spatium.json("qa", "stats", "out"), dict), "qa stats")
    spatium.text("qa", "gallery", "out", "-o", "gallery.html", "--sample", 12)
    expect("<html" in (work / "gallery.html").read_text().lower()[:500], "no page")
    for style in ("clear", "spar"):
        spatium.text("qa", "draw", "out", "--sample", 5, "--style", style, "-o", f"drawn_{style}")
        expect(list((work / f"drawn_{style}").glob("**/*.png")), f"nothing drawn: {style}")
    one = next(r for _, _, r in records(work / "out"))
    spatium.text("qa", "draw", "out", "--id", one["id"], "-o", "drawn_one")


def limits_and_plans():
    planned = spatium.json("qa", "make", "room", "-o", "nothing", "--per-task", 5, "--dry-run")
    keys(planned, "questions", "pictures", "seconds", "megabytes", where="qa make --dry-run")
    expect(not (work / "nothing").exists(), "--dry-run wrote something")
    report = spatium.json("scene", "import", "scannet", f"room_src/{scene}", "-o", "first_frames",
                          "--every", 2, "--limit", 3)
    expect(report["frames"] == 3, f"--limit 3 kept {report['frames']} frames")
    all_records = spatium.json("qa", "verify", "out", "--scenes", "room")["checked"]
    some = spatium.json("qa", "verify", "out", "--scenes", "room", "--limit", 2)["checked"]
    expect(0 < some < all_records, f"--limit 2 checked {some} of {all_records}")


# What stands for a user's own names in the examples of --help.
EXAMPLE_NAMES = {"FOLDER": "example_in/" + scene, "STORE": "room", "OUT": "example_out",
                 "ROOMS": "example_rooms", "CLOUD.ply": "example.ply", "pictures": "example_png",
                 "gallery.html": "example_gallery.html", "room.html": "example_room.html"}


def every_example_runs():
    spatium.text("scene", "export", "room", "--format", "posed_rgbd", "-o", f"example_in/{scene}")
    groups = ("scene ", "qa ", "list", "doctor", "synth")
    usage = spatium.text("--help").splitlines()
    commands = [line[2:20].strip() for line in usage if line.startswith("  ") and line[2] != " "]
    order = ["scene export", *(c for c in commands if c.startswith("scene ")), "qa make", *commands]
    done = set()
    for command in order:
        text = spatium.text(*command.split(), "--help")
        expect("Example:\n" in text, f"{command}: no example")
        example = text.split("Example:\n")[1].strip()
        expect(example.startswith("spatium " + command), f"{command}: another one's: {example}")
        if command in done or not command.startswith(groups):
            continue
        done.add(command)
        words = [EXAMPLE_NAMES.get(word, word) for word in shlex.split(example)[1:]]
        if command == "scene import":
            words[words.index("-o") + 1] = "example_store"
        if command == "scene export":
            words[words.index("-o") + 1] = f"example_export/{scene}"
        spatium.text(*words)
    return f"{len(done)} examples"


BENCHMARKS = """vsi-bench spar-bench spar-bench-tiny spar-bench-rgbd spar-bench-tiny-rgbd
refspatial-bench where2place pointbench robospatial spatialrgpt-bench spatialscore scanrefer nr3d sr3d
multi3drefer scanqa sqa3d scan2cap cv-bench blink embspatial-bench mmsi-bench mmsi-video
viewspatial-bench mindcube site omnispatial sti-bench 3dsrbench sat erqa spatialviz spatial457""".split()
# Rows as the golden files have them, worked out by hand from the official rules.
METRIC_ROWS = [
    {"task": "vsibench_lmmseval/mca", "pred": "a.", "gt": "A", "expected": 1.0},
    {"task": "vsibench_lmmseval/mca", "pred": "(A)", "gt": "A", "expected": 0.0},
    {"task": "vsibench_lmmseval/na", "pred": "twenty-one chairs", "gt": "21", "expected": 1.0},
]


def list_benchmarks():
    names = {row["name"] for row in spatium.json("list", "benchmarks")}
    # Those that are still missing are named, so that this list only ever shrinks.
    missing = [n for n in BENCHMARKS if n not in names]
    expect(not missing, f"missing: {' '.join(missing)}")
    schemes = {row["name"] for row in spatium.json("list", "backends")}
    expect({"openai", "roborefer", "replay", "local", "baseline"} <= schemes, schemes)


def metric_eval_and_check():
    for family in spatium.json("list", "metrics"):
        expect(family["tasks"], f"{family['name']}: no tasks")
    rows = [*METRIC_ROWS, {"task": "nobody/knows", "pred": "x", "gt": "y", "expected": 1}]
    text = "".join(json.dumps(r) + "\n" for r in rows)
    (work / "rows.jsonl").write_text(text)
    values = [json.loads(line) for line in spatium.text("metric", "eval", "rows.jsonl").splitlines()]
    expect([v["row"] for v in values] == [0, 1, 2, 3], values)
    for row, value in zip(METRIC_ROWS, values):
        expect(value["task"] == row["task"] and value["value"] == row["expected"], value)
    expect(values[3]["unsupported"] is True and "value" not in values[3], values[3])
    process = spatium.popen("metric", "eval", "-", stdin=True)
    out, _err = process.communicate(text)
    expect([json.loads(line) for line in out.splitlines()] == values, "standard input: other values")

    report = spatium.json("metric", "check", "rows.jsonl", rc=1)
    keys(report, "files", "first_different", where="metric check")
    counts = report["files"]["rows.jsonl"]
    expect(counts == {"rows": 4, "equal": 3, "different": 0, "unsupported": 1, "random": 0}, counts)
    # 1 and 1.0 are the same value; a wrong one is shown with its place; RANDOM is not compared.
    (work / "good.jsonl").write_text(json.dumps({**METRIC_ROWS[0], "expected": 1}) + "\n" +
                                     json.dumps({**METRIC_ROWS[0], "expected": "RANDOM"}) + "\n")
    counts = spatium.json("metric", "check", "good.jsonl")["files"]["good.jsonl"]
    expect(counts["equal"] == 1 and counts["random"] == 1, counts)
    (work / "bad.jsonl").write_text("\n".join(json.dumps({**r, "expected": 0.5}) for r in METRIC_ROWS))
    report = spatium.json("metric", "check", "good.jsonl", "bad.jsonl", rc=1)
    expect(report["files"]["bad.jsonl"]["different"] == 3, report)
    keys(report["first_different"][0], "file", "row", "task", "expected", "value", where="difference")
    spatium.json("metric", "check", "nowhere.jsonl", rc=1)


def score_shape(report, profiles, where):
    keys(report, "benchmark", "n", "profiles", "chance", "published", where=where)
    expect(set(profiles) <= set(report["profiles"]), f"{where}: profiles {list(report['profiles'])}")
    for profile, result in report["profiles"].items():
        keys(result, "score", "unit", "interval95", "outcomes", "by", where=f"{where} {profile}")
        expect(result["unit"] in ("percent", "fraction"), result["unit"])
        numbers(result["interval95"], 2, where)
        expect(result["interval95"][0] <= result["score"] <= result["interval95"][1],
               f"{where} {profile}: {result['score']} outside of {result['interval95']}")
        keys(result["outcomes"], "scored", "skipped", "unparsable", "failed", where=where)
        expect(sum(result["outcomes"].values()) == report["n"], f"{where}: {result['outcomes']}")
        for grouping, groups in result["by"].items():
            for key, score in groups.items():
                keys(score, "score", "n", where=f"{where} {grouping} {key}")
    for row in report["published"]:
        keys(row, "model", "score", "source", where=where)


def item_rows(path, n, profiles):
    rows = lines(path)
    expect(len(rows) == n * len(profiles), f"{path}: {len(rows)} rows")
    for row in rows:
        keys(row, "id", "task", "profile", "outcome", "parsed", "score", where=str(path))
        expect(row["outcome"] in ("scored", "skipped", "unparsable", "failed"), row)
    expect({r["profile"] for r in rows} == set(profiles), f"{path}: profiles")


# Four kinds of reply in each format: right, wrong, unparsable, failed.
def bench_score():
    rows = [{"id": "a", "prediction": "3", "answer": "3", "task": "object_counting"},
            {"id": "b", "prediction": "B", "answer": "A", "task": "route_planning", "options":
             ["A. x", "B. y"], "meta": {"question": "Where?"}},
            {"id": "c", "prediction": "no idea", "answer": "2", "task": "object_counting"},
            {"id": "d", "prediction": None, "answer": "2", "task": "object_counting"}]
    text = "".join(json.dumps(r) + "\n" for r in rows)
    (work / "predictions.jsonl").write_text(text)
    args = ["bench", "score", "vsi-bench", "--predictions"]
    report = spatium.json(*args, "predictions.jsonl", "--per-item", "per_item.jsonl", "--report", "rep")
    score_shape(report, ["official", "strict"], "bench score")
    item_rows(work / "per_item.jsonl", 4, ["official", "strict"])
    outcomes = report["profiles"]["strict"]["outcomes"]
    expect(outcomes == {"scored": 2, "skipped": 0, "unparsable": 1, "failed": 1}, outcomes)
    for name in ("report.json", "report.md", "report.html"):
        expect((work / "rep" / name).stat().st_size > 300, f"no {name}")
    expect(json.loads((work / "rep/report.json").read_text()) == report, "report.json is another")
    every = spatium.json(*args, "predictions.jsonl", "--profile", "all")
    expect(set(every["profiles"]) == {"official", "lmms-eval", "easi", "strict"}, every["profiles"])
    process = spatium.popen(*args, "-", "--json", stdin=True)
    out, _err = process.communicate(text)
    expect(json.loads(out)["profiles"] == report["profiles"], "standard input gives another report")
    spatium.text(*args, "predictions.jsonl", "--profile", "strickt", rc=2)
    spatium.text("bench", "score", "vsi-bnech", "--predictions", "predictions.jsonl", rc=2)
    error = spatium.json(*args, "nowhere.jsonl", rc=1)["error"]
    keys(error, "code", "where", "expected", "found", where="error")
    (work / "broken.jsonl").write_text(text + '{"id": "e"\n')
    error = spatium.json(*args, "broken.jsonl", rc=1)["error"]
    expect("broken.jsonl:5" in error["where"], error)


def bench_score_formats():
    lmms = [{"doc_id": i, "target": "3", "filtered_resps": reply, "doc": {
        "id": i, "question_type": "object_counting"}} for i, reply in enumerate(["3", ["4"], [["5"]]])]
    (work / "lmms.jsonl").write_text("".join(json.dumps(r) + "\n" for r in lmms))
    report = spatium.json("bench", "score", "vsi-bench", "--predictions", "lmms.jsonl", "--format",
                          "lmms-eval")
    score_shape(report, ["official", "strict"], "lmms-eval")
    box = [0, 0, 0, 1, 1, 1]
    spazer = [{"pred_bbox": box, "gt_bbox": box, "gt_id": 3, "predicted_id": 3, "is_easy": True,
               "is_vd": False}]
    (work / "spazer.json").write_text(json.dumps(spazer))
    report = spatium.json("bench", "score", "nr3d", "--predictions", "spazer.json", "--format", "spazer")
    score_shape(report, ["official"], "spazer")
    expect(report["n"] == 1, report)
    report = spatium.json("bench", "score", "nr3d", "--predictions", "spazer.json", "--format", "tab")
    score_shape(report, ["official"], "tab")


def bench_run():
    write_spar_bench(spatium, "spar", 40)
    with ChatServer(chat_server) as server:
        args = ["bench", "run", "spar-bench", "--data", "spar", "--model", server.uri, "-o", "runs_a"]
        planned = spatium.json(*args, "--dry-run")
        expect(planned["n"] == 40 and not (work / "runs_a").exists(), planned)
        report = spatium.json(*args)
        score_shape(report, ["official", "strict"], "bench run")
        folder = work / "runs_a/spar-bench"
        run = json.loads((folder / "run.json").read_text())
        keys(run, "benchmark", "model", "n", "options", "commit", "hashes", where="run.json")
        for row in lines(folder / "replies.jsonl"):
            keys(row, "id", "key", "reply", "outcome", "attempts", "ms", "tokens", where="replies.jsonl")
            keys(row["tokens"], "in", "out", where="replies.jsonl")
        for name in ("report.json", "report.md", "report.html", "items.jsonl"):
            expect((folder / name).exists(), f"no {name}")
        expect(json.loads((folder / "report.json").read_text()) == report, "report.json is another")
        part = spatium.json("bench", "run", "spar-bench", "--data", "spar", "--model", server.uri, "-o",
                            "part", "--tasks", "position_matching", "--limit", 5, "--profile", "strict")
        expect(part["n"] == 5 and set(part["profiles"]["strict"]["by"]["task"]) == {"position_matching"},
               part)
        halves = [spatium.json(*args[:-1], f"half_{i}", "--shard", f"{i}/2")["n"] for i in (0, 1)]
        expect(halves == [20, 20], halves)
        recorded = [*args[:-1], "recorded", "--record", "recording.jsonl"]
        spatium.json(*recorded)
    again = spatium.json(*args[:6], "replay:recording.jsonl", "-o", "replayed")
    expect(again["profiles"] == report["profiles"], "a replay scores otherwise")
    for kind in ("random", "frequency", "oracle"):
        report = spatium.json(*args[:6], f"baseline:{kind}", "-o", f"runs_{kind}")
        expect(report["n"] == 40, report)
    expect(report["profiles"]["strict"]["score"] == 100, report["profiles"]["strict"])
    spatium.json(*args[:6], "local:nowhere", "-o", "x", rc=1)
    spatium.text(*args[:6], "opnai:x", "-o", "x", rc=2)
    # Two benchmarks in one go: DATA/NAME each, one JSON line each.
    (work / "both").mkdir()
    for name in ("spar-bench", "spar-bench-tiny"):
        (work / "both" / name).symlink_to(work / "spar")
    out = spatium.text("bench", "run", "spar-bench,spar-bench-tiny", "--data", "both", "--model",
                       "baseline:oracle", "-o", "both_out", "--json")
    expect([json.loads(line)["benchmark"] for line in out.splitlines()] ==
           ["spar-bench", "spar-bench-tiny"], out[:300])


def bench_roborefer_and_blind():
    with ChatServer(chat_server, "--bodies", work / "bodies.txt") as server:
        for uri in (f"roborefer:{server.base}", f"baseline:blind:{server.uri}"):
            (work / "bodies.txt").write_text("")
            spatium.json("bench", "run", "spar-bench", "--data", "spar", "--model", uri, "-o",
                         f"out_{uri[:8]}", "--limit", 4)
            bodies = lines(work / "bodies.txt")
            expect(len(bodies) == 4, f"{uri}: {len(bodies)} requests")
            pictures = sum(body.count("base64") + body.count("/9j/") for body in map(json.dumps, bodies))
            expect((pictures == 0) == uri.startswith("baseline"), f"{uri}: {pictures} pictures")
        # The same model blind beside itself: asked once, continued like the other replies.
        for asked in (8, 0):
            (work / "bodies.txt").write_text("")
            report = spatium.json("bench", "run", "spar-bench", "--data", "spar", "--model", server.uri, "-o",
                                  "with_blind", "--limit", 4, "--blind")
            bodies = list(map(json.dumps, lines(work / "bodies.txt")))
            expect(len(bodies) == asked, f"{len(bodies)} requests, not {asked}")
            expect(sum("base64" in body for body in bodies) == asked / 2, "pictures where there should be none")
            keys(report["baselines"]["blind"], "profile", "score", "interval95", "outcomes", where="--blind")
        expect(len(lines(work / "with_blind/spar-bench/blind.jsonl")) == 4, "no blind.jsonl")
        for name in ("report.md", "report.html"):
            expect("blind" in (work / "with_blind/spar-bench" / name).read_text(), f"{name} does not show it")


def bench_max_cost():
    with ChatServer(chat_server, "--delay-ms", 5) as server:
        args = ["bench", "run", "spar-bench", "--data", "spar", "--model", server.uri, "-o", "cost",
                "--price-in", 1000, "--price-out", 1000, "--max-cost", 0.2, "--concurrency", 1]
        report = spatium.json(*args, rc=1)
        failed = report["profiles"]["official"]["outcomes"]["failed"]
        expect(0 < failed < 40, f"{failed} of 40 left out")
        cost = sum(r["cost"] for r in lines(work / "cost/spar-bench/replies.jsonl"))
        expect(0.2 <= cost < 0.25, f"cost {cost}")
        again = spatium.json(*args, rc=1)["profiles"]["official"]["outcomes"]["failed"]
        expect(again == failed, "a second run spent more")


def bench_prompt():
    prompt = spatium.json("bench", "prompt", "spar-bench", "--data", "spar", "--id", "1", "--profile",
                          "official")
    keys(prompt, "messages", "sampling", where="bench prompt")
    parts = [part for message in prompt["messages"] for part in message["content"]]
    for message in prompt["messages"]:
        expect(message["role"] in ("system", "user", "assistant"), message)
    expect([p["type"] for p in parts] == ["image", "image", "text"], parts)
    for part in parts[:2]:
        keys(part, "sha256", "size", "source", "frame", where="bench prompt")
        expect(len(part["sha256"]) == 64, part)
        numbers(part["size"], 2, "size")
    spatium.json("bench", "prompt", "spar-bench", "--data", "spar", "--id", "no-such", rc=1)
    error = spatium.json("bench", "prompt", "spar-bench", "--data", "spar", "--id", "1", "--prompt", "json",
                         rc=2)["error"]
    expect(error["where"] == "--prompt", error)


def bench_compare():
    out = spatium.json("bench", "compare", "runs_random", "runs_oracle")
    keys(out, "benchmark", "differences", where="bench compare")
    for row in out["differences"]:
        keys(row, "task", "n", "difference", "interval95", "p", where="bench compare")
        numbers(row["interval95"], 2, "interval95")
    expect({"overall", "position_matching"} <= {row["task"] for row in out["differences"]}, out)
    expect(out["differences"][0]["difference"] > 0, out["differences"][0])
    spatium.text("bench", "compare", "runs_random", "runs_oracle", "-o", "compare.html")
    expect("<html" in (work / "compare.html").read_text().lower()[:500], "no page")
    spatium.json("bench", "compare", "runs_random", "nowhere", rc=1)


def bench_fetch():
    for row in spatium.json("list", "benchmarks"):
        fetched = spatium.json("bench", "fetch", row["name"])
        keys(fetched, "benchmark", "hub", where="bench fetch")
        text = spatium.text("bench", "fetch", row["name"])
        expect("FOLDER" in text and f"spatium bench run {row['name']} --data FOLDER" in text, text)
    expect("nyu-visionx/VSI-Bench" in spatium.text("bench", "fetch", "vsi-bench"), "no repository named")


run_steps([lists, doctor, everywhere, synth, scene_import, scene_info, scene_check,
           scene_visibility, scene_pages_and_exports, qa_make, qa_make_parts, pictures_can_follow,
           qa_verify, qa_pages,
           list_benchmarks, metric_eval_and_check, bench_score, bench_score_formats, bench_run,
           bench_roborefer_and_blind, bench_max_cost, bench_prompt, bench_compare, bench_fetch,
           limits_and_plans, every_example_runs])
