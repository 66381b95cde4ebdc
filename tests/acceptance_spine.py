#!/usr/bin/env python3
"""From a room to verified questions, end to end, on synthetic rooms.

usage: acceptance_spine.py SPATIUM WORK_FOLDER [KILLS]

Round trip through .sens, verification, the same room without its mesh, the same bytes on any
number of threads, instruction set and after kills, and what the verifier makes of a mirrored tree.
"""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

from spine_tools import Failed, Spatium, expect, records, run_steps, tree_hashes

spatium = Spatium(sys.argv[1], sys.argv[2])
kills = int(sys.argv[3]) if len(sys.argv) > 3 else 20
work = spatium.work
state = {}


def make(store, out, *args, seed=3, per_task="all", env=None):
    return spatium.json("qa", "make", store, "-o", out, "--seed", seed, "--per-task", per_task,
                        *args, env=env)


def verify(out, store, rc=0):
    return spatium.json("qa", "verify", out, "--scenes", store, rc=rc)


def fresh_store(name):
    """The room's store without what was computed about it."""
    shutil.rmtree(work / name, ignore_errors=True)
    shutil.copytree(work / "room", work / name, ignore=shutil.ignore_patterns("cache"))
    return name


def a_sens_file_gives_the_room_back():
    scene = state["scene"] = spatium.room("room")
    truth = json.loads((work / "room_src" / "truth" / f"{scene}.json").read_text())
    info = spatium.json("scene", "info", "room", "--full")
    expect(len(info["frames"]) == len(truth["frames"]), "another number of frames")
    for a, b in zip(info["frames"], truth["frames"]):
        off = max(abs(x - y) for x, y in zip(a["cam_from_world"], b["cam_from_world"]))
        expect(off < 1e-5, f"pose of {a['name']} off by {off}")
    boxes = {o["id"]: o["aabb"] for o in truth["objects"]}
    for o in info["objects"]:
        off = max(abs(x - y) for x, y in zip(o["aabb"], boxes[o["id"]]))
        expect(off < 1e-3, f"box of {o['id']} off by {off} m")
    return f"{len(info['frames'])} frames, {len(info['objects'])} objects"


def the_verifier_agrees():
    made = make("room", "with_mesh")
    report = verify("with_mesh", "room")
    expect(report["checked"] == made["questions"] > 1000, f"{report['checked']} checked")
    check = subprocess.run([sys.executable, pathlib.Path(__file__).parent / "qa_numpy_check.py",
                            work / "with_mesh"], capture_output=True, text=True)
    expect(check.returncode in (0, 77), check.stdout[-800:] + check.stderr[-800:])
    return f"{report['checked']} questions; numpy: {check.stdout.strip().splitlines()[-1]}"


def facts(out):
    """What is asked, by task, frames and objects (ids and centres are the same in both rooms)."""
    found = {}
    for task, fmt, r in records(work / out):
        p = r["provenance"]
        red = [o["id"] for o in p["objects"] if o["role"] == "red" and len(p["objects"]) == 3]
        key = (task, tuple(p["frames"]), p["value"].get("category"), tuple(red),
               tuple(sorted(o["id"] for o in p["objects"])))
        found.setdefault(key, {})[fmt] = (r, p["value"])
    return found


def numbers(value):
    if isinstance(value, dict):
        return [x for v in value.values() for x in numbers(v)]
    if isinstance(value, list):
        return [x for v in value for x in numbers(v)]
    return [value] if isinstance(value, (int, float)) else []


def without_its_mesh_the_room_gives_the_same():
    spatium.text("scene", "export", "room", "--format", "posed_rgbd", "-o", f"bare/{state['scene']}")
    source = work / "bare" / state["scene"]
    manifest = json.loads((source / "posed_rgbd.json").read_text())
    manifest.pop("mesh", None)
    (source / "posed_rgbd.json").write_text(json.dumps(manifest))
    for surface in source.glob("*.ply"):
        surface.unlink()
    spatium.json("scene", "import", "posed_rgbd", source, "-o", "bare_room", "--scene-id",
                 state["scene"], *bare_options(source))
    info = spatium.json("scene", "info", "bare_room", "--full")
    expect(info["objects"], "the exported room has no objects")
    expect(not list((work / "bare_room").glob("*.ply")), "the bare room has a surface")
    make("bare_room", "without_mesh")
    verify("without_mesh", "bare_room")
    a, b = facts("with_mesh"), facts("without_mesh")
    shared = a.keys() & b.keys()
    by_task, compared = {}, 0
    for key in a.keys() | b.keys():
        n = by_task.setdefault(key[0], [0, 0])
        n[0] += key in shared
        n[1] += 1
    for key in shared:
        for fmt in a[key].keys() & b[key].keys():
            if fmt == "judge":
                continue
            (ra, va), (rb, vb) = a[key][fmt], b[key][fmt]
            parts = [[(o["role"], o["id"]) for o in r["provenance"]["objects"]] for r in (ra, rb)]
            if numbers(va) and parts[0] == parts[1]:
                compared += 1
                off = max(abs(x - y) for x, y in zip(numbers(va), numbers(vb)))
                expect(off <= (1 if "box_1000" in va else 0.02), f"{key}: {va} and {vb}")
    expect(compared > len(shared) / 2, f"only {compared} answers compared")
    share = len(shared) / len(a.keys() | b.keys())
    detail = ", ".join(f"{t} {n}/{m}" for t, (n, m) in sorted(by_task.items()))
    expect(share >= 0.9, f"only {share:.3f} of the facts are shared: {detail}")
    return f"{share:.3f} of the facts shared: {detail}"


def bare_options(source):
    objects = source / "objects.json"
    return ["--objects", objects] if objects.exists() else []


def the_bytes_are_the_same_everywhere():
    make("room", "some", per_task=200)
    reference = tree_hashes(work / "some")
    expect(reference, "no questions")
    variants = {
        "one thread": (["--threads", 1], {}),
        "two threads": (["--threads", 2], {}),
        "no AVX2, no FMA": ([], {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA"}),
        "Embree with SSE2": ([], {"SPATIUM_EMBREE_CONFIG": "isa=sse2"}),
    }
    for name, (args, env) in variants.items():
        shutil.rmtree(work / "again", ignore_errors=True)
        make(fresh_store("room_again"), "again", *args, per_task=200, env=env)
        expect(tree_hashes(work / "again") == reference, f"other bytes: {name}")
    shutil.rmtree(work / "again")
    make("room", "again", seed=4, per_task=200)
    expect(tree_hashes(work / "again") != reference, "another seed, the same questions")
    return ", ".join(variants)


def killed_until_done(reset, args, seconds, times):
    """Runs a command again and again, killing it at random moments, then lets it end."""
    rng = random.Random(5)
    reset()
    killed = 0
    for _ in range(times):
        process = spatium.popen(*args)
        time.sleep(rng.uniform(0.005, seconds / 4))
        killed += process.poll() is None
        process.kill()
        process.communicate()
    spatium.text(*args)
    return killed


def kills_lose_nothing():
    reference = tree_hashes(work / "some")
    args = ["qa", "make", "room_killed", "-o", "killed", "--seed", 3, "--per-task", 200, "--json"]

    def reset():
        fresh_store("room_killed")
        shutil.rmtree(work / "killed", ignore_errors=True)

    start = time.time()
    reset()
    spatium.text(*args)
    seconds = time.time() - start
    killed = killed_until_done(reset, args, seconds, kills)
    expect(tree_hashes(work / "killed") == reference, "other bytes after kills")
    expect(killed > 0, "no run was killed before its end")
    verify("killed", "room_killed")

    source = f"room_src/{state['scene']}"
    args = ["scene", "import", "scannet", source, "-o", "imported"]
    start = time.time()
    spatium.text(*args)
    imported = killed_until_done(lambda: shutil.rmtree(work / "imported"), args,
                                 time.time() - start, kills // 2)
    same = subprocess.run(["diff", "-r", "-x", "cache", "room", "imported"], cwd=work,
                          capture_output=True, text=True)
    expect(same.returncode == 0, same.stdout[-500:])
    return f"{killed} of {kills} kills during qa make, {imported} during scene import"


def of_two_makers_of_one_tree_one_is_refused():
    args = ["qa", "make", "room", "--seed", 3, "--per-task", 200, "--json", "-o", "two"]
    first = spatium.popen(*args)
    while not (work / "two/.work").exists():
        time.sleep(0.001)
    first.send_signal(signal.SIGSTOP)
    before = sorted((work / "two").rglob("*"))
    error = json.loads(spatium.text(*args, rc=1))["error"]
    expect(error["where"] == "two" and error["found"] == f"process {first.pid}", error)
    expect(sorted((work / "two").rglob("*")) == before, "the refused run changed the tree")
    first.send_signal(signal.SIGCONT)
    first.communicate()
    # Shards work side by side, and together they make the whole.
    shards = [spatium.popen(*args[:-1], "shards", "--shard", f"{i}/3") for i in range(3)]
    for process in shards:
        _out, err = process.communicate()
        expect(process.returncode == 0, err[-500:])
    expect(tree_hashes(work / "two") == tree_hashes(work / "shards") == tree_hashes(work / "some"),
           "other bytes")
    expect(not list(work.glob("*/.lock")), "a lock file stayed")


def mirror(text):
    return text.replace("left", "\0").replace("right", "left").replace("\0", "right")


def a_mirrored_generator_is_caught():
    """Left and right exchanged in every word and value alike: only the scene tells."""
    shutil.rmtree(work / "mirrored", ignore_errors=True)
    shutil.copytree(work / "with_mesh", work / "mirrored")
    expected = 0
    for task in ("obj_spatial_relation_oo", "view_change_infer"):
        for path in (work / "mirrored").glob(f"spar/*/qa_jsonl/*/{task}/*/*.jsonl"):
            lines = []
            for line in path.read_text().splitlines():
                record = json.loads(line)
                sideways = record["provenance"]["value"]["right_m"]
                record["conversations"] = json.loads(mirror(json.dumps(record["conversations"])))
                p = record["provenance"]
                p["value"] = {k: (-v if k in ("right_m", "yaw_right_deg") else
                                  json.loads(mirror(json.dumps(v)))) for k, v in p["value"].items()}
                p["options"] = json.loads(mirror(json.dumps(p["options"])))
                expected += abs(sideways) > 0.11
                lines.append(json.dumps(record))
            path.write_text("\n".join(lines) + "\n")
    report = verify("mirrored", "room", rc=1)
    expect(report["disagreements"] >= expected > 0,
           f"{report['disagreements']} of {expected} mirrored answers found")
    return f"{report['disagreements']} found"


run_steps([a_sens_file_gives_the_room_back,
           the_verifier_agrees,
           without_its_mesh_the_room_gives_the_same,
           the_bytes_are_the_same_everywhere,
           kills_lose_nothing,
           of_two_makers_of_one_tree_one_is_refused,
           a_mirrored_generator_is_caught])
