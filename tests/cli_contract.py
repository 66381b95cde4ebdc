#!/usr/bin/env python3
"""Every command of the contract's "Everywhere", "Scenes" and "Questions", on small synthetic input.

usage: cli_contract.py SPATIUM WORK_FOLDER

Checks keys, shapes and exit codes, that stdout holds nothing but the result, and that failures
say where, what was expected and what was found.
"""
import json
import shlex
import sys

from spine_tools import Spatium, expect, records, run_steps

spatium = Spatium(sys.argv[1], sys.argv[2])
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
    args = ["qa", "make", "room", "-o", "later", "--tasks", "obj_count", "--per-task", 2]
    spatium.json(*args, "--no-pictures")
    expect(not list((work / "later").glob("spar/*/images/**/*.jpg")), "--no-pictures wrote some")
    spatium.json(*args)
    expect(spatium.json("qa", "verify", "later", "--scenes", "room")["checked"] > 0, "nothing")


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


run_steps([lists, doctor, everywhere, synth, scene_import, scene_info, scene_check,
           scene_visibility, scene_pages_and_exports, qa_make, qa_make_parts,
           pictures_can_follow, qa_verify, qa_pages, limits_and_plans, every_example_runs])
