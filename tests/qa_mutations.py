#!/usr/bin/env python3
"""Changes true questions in one place each; the verifier has to catch every one.

usage: qa_mutations.py SPATIUM WORK_FOLDER [OUT STORE [RECORDS_PER_FILE]]

Without OUT and STORE it makes a synthetic room and its questions. Each mutation changes many
records of a copy of the tree, in all the tasks and formats that it fits.
"""
import copy
import json
import os
import pathlib
import random
import re
import shutil
import sys

from spine_tools import Failed, Spatium, expect, run_steps

spatium = Spatium(sys.argv[1], sys.argv[2])
work = spatium.work
out, store = (pathlib.Path(p).resolve() for p in sys.argv[3:5]) if len(sys.argv) > 4 else (
    work / "out", work / "room")
per_file = int(sys.argv[5]) if len(sys.argv) > 5 else 12
LETTERS = "ABCDEF"


class Question:
    """A record with short names for what the mutations change."""

    def __init__(self, task, fmt, line):
        self.task, self.fmt, self.record = task, fmt, json.loads(line)
        self.p = self.record["provenance"]
        self.value, self.options = self.p["value"], self.p["options"]
        self.labels = [o["label"].lower() for o in self.p["objects"]]

    @property
    def question(self):
        return self.record["conversations"][0]["value"]

    @question.setter
    def question(self, text):
        self.record["conversations"][0]["value"] = text

    @property
    def answer(self):
        return self.record["conversations"][1]["value"]

    @answer.setter
    def answer(self, text):
        self.record["conversations"][1]["value"] = text


def step_number(text, truth, step):
    """The last number of a text that is the truth, one step off; None if there is none."""
    for match in reversed(list(re.finditer(r"\d+\.\d", text))):
        number = float(match[0])
        if abs(number - truth) < 0.051 and number + step > 0:
            return text[:match.start()] + f"{number + step:.1f}" + text[match.end():]
    return None


def answer_step(step):
    def change(q):
        if "answer_m" not in q.value or q.fmt == "select":
            return False
        text = step_number(q.answer, q.value["answer_m"], step)
        if text:
            q.answer = text
        return bool(text)
    return change


def reference_in_question(q):
    text = step_number(q.question, q.value.get("depth_ref_m", -1), 0.1)
    if text:
        q.question = text
    return bool(text)


def reference_in_answer(q):
    numbers = re.findall(r"\d+\.\d", q.answer)
    if q.fmt != "sentence" or "depth_ref_m" not in q.value or len(numbers) < 2:
        return False
    q.answer = q.answer.replace(numbers[0], f"{float(numbers[0]) + 0.1:.1f}", 1)
    return True


def other_letter(q, correct_too=False):
    if q.fmt != "select":
        return False
    index = (LETTERS.index(q.answer) + 1) % len(q.options)
    q.answer = LETTERS[index]
    if correct_too:
        q.p["correct"] = index
    return True


def other_letter_and_correct(q):
    return other_letter(q, True)


def option_becomes(q, index, source):
    old = f"\n{LETTERS[index]}. {q.options[index]['text']}\n"
    expect(old in q.question, "an option is not in the question")
    q.question = q.question.replace(old, f"\n{LETTERS[index]}. {q.options[source]['text']}\n")
    q.options[index] = copy.deepcopy(q.options[source])


def two_right_options(q):
    if q.fmt != "select":
        return False
    option_becomes(q, (q.p["correct"] + 1) % len(q.options), q.p["correct"])
    return True


def no_right_option(q):
    if q.fmt != "select" or len(q.options) < 4:
        return False
    option_becomes(q, q.p["correct"], (q.p["correct"] + 1) % len(q.options))
    return True


def word_for(word, other):
    def change(q):
        if q.task not in ("obj_spatial_relation_oo", "view_change_infer") or q.fmt == "select":
            return False
        # Zero needs no direction; a label may hold the word.
        if any(word in label for label in q.labels) or re.search(rf"_{word}:0(,|$)", q.answer):
            return False
        text = re.sub(rf"(?<![a-z]){word}(?![a-z])", other, q.answer)
        changed, q.answer = text != q.answer, text
        return changed
    return change


def yes_for_no(q):
    if q.fmt != "judge":
        return False
    q.answer = "No" if q.answer == "Yes" else "Yes"
    return True


def exchanged_markers(kind):
    def change(q):
        red, blue = f"red_{kind}", f"blue_{kind}"
        if red not in q.record or blue not in q.record:
            return False
        q.record[red], q.record[blue] = q.record[blue], q.record[red]
        return True
    return change


def moved_point(q, pixel_too=False):
    if "red_point" not in q.record:
        return False
    mark = q.record["red_point"][0]
    mark[0] += 80 if mark[0] < 900 else -80
    if pixel_too:
        red = next(o for o in q.p["objects"] if o["role"] == "red")
        red["pixel"][0] = mark[0] * q.p["size"][red["frame"]][0] / 1000
    return True


def moved_point_and_pixel(q):
    return moved_point(q, True)


def moved_box(q):
    if "red_bbox" not in q.record:
        return False
    box = q.record["red_bbox"][0]
    step = 40 if box[2] + 40 <= 1000 else -40
    box[0], box[2] = max(0, box[0] + step), box[2] + step
    return True


def exchanged_images(q):
    images = q.record["image"]
    if len(images) < 2:
        return False
    images[0], images[1] = images[1], images[0]
    return True


def views_exchanged_everywhere(q):
    if q.task != "view_change_infer":
        return False
    q.record["image"].reverse()
    for key in ("frames", "size", "K", "cam_from_world"):
        q.p[key].reverse()
    return True


def moved_camera(q):
    q.p["cam_from_world"][0][3] += 0.01
    return True


def turned_camera(q):
    q.p["cam_from_world"][0][0] += 1e-3
    return True


def other_focal_length(q):
    q.p["K"][0][0] *= 1.001
    return True


def moved_center(q):
    if not q.p["objects"]:
        return False
    q.p["objects"][0]["center_world"][2] += 0.01
    return True


def seen_less(q):
    objects = [o for o in q.p["objects"] if o["visible_fraction"] > 0.9]
    for o in objects:
        o["visible_fraction"] = 0.05
    return bool(objects)


def other_name(q):
    if q.task == "obj_count" or not q.labels:
        return False
    text = re.sub(re.escape(q.labels[0]) + r" \(", "zebra (", q.question, flags=re.I)
    changed, q.question = text != q.question, text
    return changed


def other_winner(q):
    if q.task != "distance_infer_center_oo" or q.fmt == "select":
        return False
    if q.fmt == "fill":
        loser = "blue" if "(green" in q.answer else "green"
        label = next(o["label"] for o in q.p["objects"] if o["role"] == loser)
        q.answer = f"{label} ({loser} point)"
    else:
        q.answer = (q.answer.replace("(green", "(@").replace("(blue", "(green")
                    .replace("(@", "(blue"))
    return True


def one_more(q):
    if q.task != "obj_count":
        return False
    n = len(q.value["ids"])
    text = re.sub(rf"\b{n}\b", str(n + 1), q.answer)
    changed, q.answer = text != q.answer, text
    return changed


def one_id_less(q):
    if q.task != "obj_count":
        return False
    q.value["ids"].pop()
    return True


def smaller_box(q):
    if q.task != "position_matching" or q.fmt == "select":
        return False
    box = q.value["box_1000"]
    old = ", ".join(map(str, box))
    box[2] -= 4
    q.answer = q.answer.replace(old, ", ".join(map(str, box)))
    return True


def other_turn(q):
    match = re.search(r"(\d+) degrees", q.answer)
    if not match:
        return False
    q.answer = q.answer[:match.start(1)] + str(int(match[1]) + 5) + q.answer[match.end(1):]
    return True


def other_value(q):
    key = next((k for k in q.value if k.endswith("_m") and isinstance(q.value[k], float)), None)
    if key:
        q.value[key] += 0.01
    return bool(key)


def margin_below_threshold(q):
    q.p["margin"]["value"] = q.p["margin"]["threshold"] - 0.001
    return True


def in_text(pattern, replacement, field="question", tasks=None):
    def change(q):
        if tasks and q.task not in tasks or any(re.search(pattern, label) for label in q.labels):
            return False
        old = getattr(q, field)
        setattr(q, field, re.sub(pattern, replacement, old))
        return getattr(q, field) != old
    return change


def side_of_answer_box(q):
    if q.task != "position_matching" or q.fmt == "select":
        return False
    box = q.value["box_1000"]
    step = 3 if box[1] < 500 else -3
    q.answer = q.answer.replace(", ".join(map(str, box)),
                                ", ".join(map(str, [box[0], box[1] + step, *box[2:]])))
    return True


def exchanged_depth_maps(q):
    depth = q.record.get("depth", [])
    if len(depth) < 2:
        return False
    depth[0], depth[1] = depth[1], depth[0]
    return True


def other_key(q):
    old = q.p["key"]
    q.p["key"] = old[::-1]
    return q.p["key"] != old


NAMED = {
    "unit_of_question": in_text(r"\bmeters?\b", "centimeters"),
    "unit_of_answer": in_text(r"\bmeters?\b", "feet", "answer"),
    "unit_of_turn": in_text(r"\bdegrees\b", "radians"),
    "scale_of_boxes": in_text(r"\b1000\b", "100", tasks=["position_matching"]),
    "order_of_corners": in_text(r"\[x1, y1, x2, y2\]", "[y1, x1, y2, x2]"),
    "depth_for_distance": in_text(r"\b(depths?|deep|deeper|z)\b", "distance",
                                  tasks=["depth_prediction_oc"]),
    "distance_for_depth": in_text(r"\b(distance|distant|far)\b", "depth",
                                  tasks=["distance_prediction_oc"]),
    "picture_asked": in_text(r"\b(second|two)\b", "first", tasks=["position_matching"]),
    "view_started_from": in_text(r"\bfirst\b", "second", tasks=["view_change_infer"]),
    "number_up": answer_step(0.1), "number_down": answer_step(-0.1),
    "left_to_right": word_for("left", "right"), "right_to_left": word_for("right", "left"),
    "above_to_below": word_for("above", "below"), "below_to_above": word_for("below", "above"),
    "closer_to_farther": word_for("closer", "farther"), "up_to_down": word_for("up", "down"),
    "forward_to_backward": word_for("forward", "backward"),
    "points_exchanged": exchanged_markers("point"), "boxes_exchanged": exchanged_markers("bbox"),
}
PLAIN = [reference_in_question, reference_in_answer, other_letter, other_letter_and_correct,
         two_right_options, no_right_option, yes_for_no, moved_point, moved_point_and_pixel,
         moved_box, exchanged_images, views_exchanged_everywhere, moved_camera, turned_camera,
         other_focal_length, moved_center, seen_less, other_name, other_winner, one_more, one_id_less,
         smaller_box, side_of_answer_box, other_turn, other_value, margin_below_threshold,
         exchanged_depth_maps, other_key]
MUTATIONS = {**NAMED, **{f.__name__: f for f in PLAIN}}


def files():
    for path in sorted(out.glob("spar/*/qa_jsonl/*/*/*/*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        random.Random(1).shuffle(lines)
        yield path, lines


def mutated(name, change):
    tree = work / "mutated"
    shutil.rmtree(tree, ignore_errors=True)
    changed = {}
    for path, lines in files():
        task, fmt = path.parts[-3], path.parts[-2]
        new = []
        for line in lines:
            q = Question(task, fmt, line)
            if change(q):
                new.append(json.dumps(q.record))
            if len(new) == per_file:
                break
        if not new:
            continue
        folder = path.parent.relative_to(out)
        (tree / folder).mkdir(parents=True)
        images = tree / folder.parts[0] / folder.parts[1] / "images"
        if not images.exists():
            os.symlink(out / folder.parts[0] / folder.parts[1] / "images", images)
        file = folder / f"{fmt}_{len(new)}.jsonl"
        (tree / file).write_text("\n".join(new) + "\n")
        changed[str(file)] = len(new)
    expect(changed, f"{name} fits no question")
    report = spatium.json("qa", "verify", tree, "--scenes", store, "--max-failures", 10**6, rc=1)
    caught = {(f["file"], f["line"]) for f in report["failures"]}
    missed = [(file, line) for file, n in changed.items() for line in range(1, n + 1)
              if (file, line) not in caught]
    expect(not missed, f"{name}: {len(missed)} of {sum(changed.values())} passed, the first at "
                       f"{tree}/{missed[0][0] if missed else ''}:{missed[0][1] if missed else ''}")
    return sum(changed.values())


def every_mutation_is_caught():
    if len(sys.argv) <= 4:
        spatium.room("room")
        spatium.json("qa", "make", "room", "-o", "out", "--seed", 1, "--per-task", 60)
    total, failures = 0, []
    for name, change in MUTATIONS.items():
        try:
            total += mutated(name, change)
        except Failed as e:
            failures.append(str(e))
    expect(not failures, "\n        ".join(failures))
    return f"{total} changed questions, {len(MUTATIONS)} ways"


run_steps([every_mutation_is_caught])
