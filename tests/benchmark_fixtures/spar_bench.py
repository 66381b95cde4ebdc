"""jasonzhango/SPAR-Bench: data/test-*.parquet with one to three embedded pictures."""
from .common import Fixture, Question, count, mean_of_groups, picture, spar_mra

NUMBERS = ["depth_prediction_oc", "depth_prediction_oo", "distance_prediction_oc",
           "distance_prediction_oo", "depth_prediction_oc_mv", "depth_prediction_oo_mv",
           "distance_prediction_oo_mv", "distance_prediction_oc_mv"]
CHOICES = ["position_matching", "camera_motion_infer", "obj_spatial_relation_oo",
           "obj_spatial_relation_oc_mv", "obj_spatial_relation_oo_mv", "spatial_imagination_oc",
           "spatial_imagination_oo", "spatial_imagination_oc_mv", "spatial_imagination_oo_mv",
           "distance_infer_center_oo", "distance_infer_center_oo_mv"]
AXES = [("move_right", "move_left"), ("move_up", "move_down"), ("move_forward", "move_backward"),
        ("rotate_right", "rotate_left"), ("rotate_up", "rotate_down")]
BOXES = ("The values represent the bounding box coordinates normalized to a 0-1000 scale, with the "
         "top-left corner as the origin of the image.")


def axes_of(text):
    values = dict(piece.split(":") for piece in text.split(","))
    return [float(values.get(plus, 0)) - float(values.get(minus, 0)) for plus, minus in AXES]


def score(reply, question):
    if question.group["kind"] == "choice":
        return float(reply == question.answer)
    if question.group["kind"] == "number":
        return spar_mra(float(reply), float(question.answer))
    return sum(spar_mra(a, b) for a, b in zip(axes_of(reply), axes_of(question.answer))) / 5


def write(folder, n, rng, rgbd=False):
    rows, questions, prompts = [], [], {}
    for i in range(n):
        task = (NUMBERS + CHOICES + ["view_change_infer"])[i % 20]
        letters = None
        if task in NUMBERS:
            kind, answer = "number", f"{rng.uniform(.5, 6):.1f}"
            text = f"How far is thing {i}?"
            post = "\nPlease answer the question using a single word or phrase."
        elif task in CHOICES:
            kind, letters = "choice", ["A", "B"] if task == "distance_infer_center_oo" else list("ABCD")
            answer = rng.choice(letters)
            text = f"Which one is {i}?\n" + "\n".join(f"{c}. thing {c}" for c in letters)
            boxes = BOXES if task in ("position_matching", "camera_motion_infer") else ""
            post = f"\n{boxes}\nAnswer with the option's letter from the given choices directly."
        else:
            kind, text, post = "motion", f"How did the camera move ({i})?", None
            answer = ",".join(f"{rng.choice(axis)}:{rng.randint(1, 9) / 10}" for axis in AXES)
        pictures = 1 if kind == "number" and not task.endswith("_mv") else rng.randint(1, 3)
        row = {"id": i, "img_type": "multi_view" if pictures > 1 else "single_view",
               "format_type": "select" if letters else "fill", "task": task, "source": "scannet",
               "image": [picture(rng, f"{i}_{k}.png") for k in range(pictures)],
               "question": text, "answer": answer}
        if rgbd:
            row |= {"depth": [picture(rng) for _ in range(pictures)], "pose": [[0.0] * 16] * pictures,
                    "intrinsic_color": [0.0] * 16, "intrinsic_depth": [0.0] * 16}
        rows.append(row)
        if post:
            prompts[str(i), "official"] = "<image>" * pictures + "\n" + text + post
        questions.append(Question(str(i), task, answer, letters, {"task": task, "kind": kind}, pictures))
    half = len(rows) // 2
    folder.parquet("data/test-00000-of-00002.parquet", rows[:half])
    folder.parquet("data/test-00001-of-00002.parquet", rows[half:])
    return Fixture(questions, score, mean_of_groups("task"), prompts=prompts,
                   needs=["id", "task", "question", "answer"],
                   groupings={"task": count(questions, "task")})
