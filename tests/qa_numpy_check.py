#!/usr/bin/env python3
"""Derives the answers of a tree of questions again from provenance alone, with numpy.

usage: qa_numpy_check.py OUT        (the folder that holds spar/)

A second derivation beside `spatium qa verify`: it never opens a scene, and so checks that what a
record carries is enough to follow its answer. Prints one line per disagreement; exit code 1 if
there is any, 77 if numpy is missing.
"""
import json
import pathlib
import re
import sys

try:
    import numpy as np
except ImportError:
    print("numpy is not installed: skipped")
    sys.exit(77)

TIE = 1e-3  # provenance is rounded: a value this near to a border may be told either way


class Wrong(Exception):
    pass


def need(condition, text):
    if not condition:
        raise Wrong(text)


def close(found, truth, slack=1e-3):
    need(abs(found - truth) <= slack, f"{found} where {truth:.4f} follows")


class Record:
    def __init__(self, line):
        self.json = json.loads(line)
        p = self.p = self.json["provenance"]
        self.question, self.answer = (turn["value"] for turn in self.json["conversations"])
        self.world_to_cam = [np.array(m).reshape(4, 4) for m in p["cam_from_world"]]
        self.objects = {o["role"]: o for o in p["objects"]}
        self.value = p["value"]

    def center(self, role):
        o = self.objects[role]
        center = np.array(o["center_world"])
        box = np.array(o["aabb_world"])
        need(np.allclose(center, (box[:3] + box[3:]) / 2, atol=2e-3), f"centre of {role}")
        return center

    def in_camera(self, role):
        o = self.objects[role]
        point = (self.world_to_cam[o["frame"]] @ np.append(self.center(role), 1))[:3]
        fx, fy, cx, cy = self.p["K"][o["frame"]]
        pixel = [fx * point[0] / point[2] + cx, fy * point[1] / point[2] + cy]
        need(np.allclose(pixel, o["pixel"], atol=0.3), f"pixel of {role}: {o['pixel']} {pixel}")
        return point

    def camera(self, frame):
        m = self.world_to_cam[frame]
        return -m[:3, :3].T @ m[:3, 3]

    def box_1000(self, role):
        """The projected 3D box, clipped to the picture, per axis 0..1000."""
        o = self.objects[role]
        low, high = np.array(o["aabb_world"]).reshape(2, 3)
        corners = np.array([[(low, high)[i >> k & 1][k] for k in range(3)] for i in range(8)])
        m = self.world_to_cam[o["frame"]]
        points = corners @ m[:3, :3].T + m[:3, 3]
        need((points[:, 2] > 0).all(), "a box behind the camera")
        fx, fy, cx, cy = self.p["K"][o["frame"]]
        width, height = self.p["size"][o["frame"]]
        u = np.clip((fx * points[:, 0] / points[:, 2] + cx) / width * 1000, 0, 1000)
        v = np.clip((fy * points[:, 1] / points[:, 2] + cy) / height * 1000, 0, 1000)
        return [u.min(), v.min(), u.max(), v.max()]


def told(fmt, record, right, sentence):
    """Checks an answer in its format; `right` judges a short text, `sentence` a free one."""
    if fmt == "select":
        options = record.p["options"]
        verdicts = [right(o["text"]) for o in options]
        need(verdicts.count(True) == 1, f"{verdicts.count(True)} right options")
        need(verdicts.index(True) == record.p["correct"], "another option is right")
        need(record.answer == "ABCDEF"[record.p["correct"]], "the letter")
    elif fmt == "fill":
        need(right(record.answer), f"answer {record.answer}")
    else:
        need(sentence(record.answer), f"sentence {record.answer}")


def tenth(text, truth):
    number = re.fullmatch(r"(\d+\.\d)( meters?)?", text.strip())
    return bool(number) and abs(float(number[1]) - truth) <= 0.05 + TIE


def states(text, truth):
    return any(tenth(n, truth) for n in re.findall(r"\d+\.\d\b", text))


def length(fmt, record, truth):
    close(record.value["answer_m"], truth)
    told(fmt, record, lambda t: tenth(t, truth), lambda t: states(t, truth))


def depth_prediction_oc(fmt, r):
    reference = r.in_camera("red")[2]
    close(r.value["depth_ref_m"], reference)
    need(states(r.question, reference), "the reference depth of the question")
    length(fmt, r, r.in_camera("blue")[2])


def depth_prediction_oo(fmt, r):
    reference = r.in_camera("red")[2]
    close(r.value["depth_ref_m"], reference)
    need(states(r.question, reference), "the reference depth of the question")
    length(fmt, r, abs(r.in_camera("green")[2] - r.in_camera("blue")[2]))


def distance_prediction_oc(fmt, r):
    r.in_camera("red")
    length(fmt, r, np.linalg.norm(r.center("red") - r.camera(r.objects["red"]["frame"])))


def distance_prediction_oo(fmt, r):
    r.in_camera("red"), r.in_camera("blue")
    length(fmt, r, np.linalg.norm(r.center("red") - r.center("blue")))


def distance_infer_center_oo(fmt, r):
    away = {c: np.linalg.norm(r.center(c) - r.center("red")) for c in ("green", "blue")}
    close(r.value["distances_m"][0], away["green"])
    close(r.value["distances_m"][1], away["blue"])
    pick = min if r.value["ask"] == "closer" else max
    winner = pick(away, key=away.get)
    told(fmt, r, lambda t: f"({winner} point)" in t, lambda t: f"({winner} point)" in t)


WORDS = (("left", "right"), ("below", "above"), ("closer", "farther"))
DEAD_ZONE = 0.10


def obj_spatial_relation_oo(fmt, r):
    d = r.in_camera("red") - r.in_camera("blue")
    d[1] = -d[1]
    for key, truth in zip(("right_m", "up_m", "far_m"), d):
        close(r.value[key], truth)
    slots = [pair[int(x > 0)] if abs(x) > DEAD_ZONE else "" for pair, x in zip(WORDS, d)]
    need(r.value["slots"] == slots, f"slots {r.value['slots']} where {slots} follow")
    if fmt == "judge":
        asked = r.value["asked"]
        need(asked in r.question, "the asked word")
        need((r.answer == "Yes") == (asked in slots), f"{r.answer} to {asked}")
        return
    told(fmt, r, lambda t: [w.strip() for w in t.split(",")] == slots,
         lambda t: all((w in t) == (w in slots) for pair in WORDS for w in pair))


def position_matching(fmt, r):
    truth = r.box_1000("target")
    need(np.abs(np.array(r.value["box_1000"]) - truth).max() <= 0.51, f"box, {truth} follows")
    right = lambda t: [int(n) for n in re.findall(r"\d+", t)] == r.value["box_1000"]
    told(fmt, r, right, lambda t: right(t[t.index("["):t.index("]")]))


def view_change_infer(fmt, r):
    first, second = r.world_to_cam
    step = (first @ np.append(r.camera(1), 1))[:3]
    axis = [m[2, :3] for m in (first, second)]
    heading = [np.degrees(np.arctan2(a[1], a[0])) for a in axis]
    yaw = (heading[0] - heading[1] + 180) % 360 - 180
    pitch = np.degrees(np.arcsin(axis[1][2]) - np.arcsin(axis[0][2]))
    truth = dict(right_m=step[0], up_m=-step[1], forward_m=step[2], yaw_right_deg=yaw,
                 pitch_up_deg=pitch)
    for key, x in truth.items():
        close(r.value[key], x, 0.05 if key.endswith("deg") else 2e-3)
    if fmt != "fill":
        return
    sign = dict(right=1, left=-1, up=1, down=-1, forward=1, backward=-1)
    keys = ("right_m", "up_m", "forward_m", "pitch_up_deg", "yaw_right_deg")
    for part, key in zip(r.answer.split(","), keys):
        word, number = part.split(":")
        step_size = 5 if key.endswith("deg") else 0.1
        need(abs(sign[word.split("_")[1]] * float(number) - truth[key]) <= step_size / 2 + 0.01,
             f"{part} where {key} {truth[key]:.3f} follows")


def obj_count(fmt, r):
    ids = [o["id"] for o in r.p["objects"] if o["role"] == "counted"]
    need(sorted(ids) == sorted(r.value["ids"]) and len(set(ids)) == len(ids), "counted ids")
    numbers = re.findall(r"\b\d+\b", r.answer)
    need(numbers == [str(len(ids))], f"{r.answer} where {len(ids)} follows")


def main():
    checkers = {f.__name__: f for f in (
        depth_prediction_oc, depth_prediction_oo, distance_prediction_oc, distance_prediction_oo,
        distance_infer_center_oo, obj_spatial_relation_oo, position_matching, view_change_infer,
        obj_count)}
    checked = bad = 0
    for path in sorted(pathlib.Path(sys.argv[1]).glob("spar/*/qa_jsonl/*/*/*/*.jsonl")):
        task, fmt = path.parts[-3], path.parts[-2]
        with open(path, encoding="utf-8") as lines:
            for n, line in enumerate(lines, 1):
                checked += 1
                try:
                    need(task in checkers, f"unknown task {task}")
                    checkers[task](fmt, Record(line))
                except (Wrong, KeyError, ValueError, IndexError, TypeError) as e:
                    bad += 1
                    if bad <= 20:
                        print(f"{path}:{n}: {type(e).__name__} {e}")
    print(f"{checked} checked, {bad} disagreements")
    sys.exit(1 if bad or not checked else 0)


if __name__ == "__main__":
    main()
