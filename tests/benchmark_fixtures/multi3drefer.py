"""multi3drefer_val.json of the authors, and the rooms' boxes."""
import json

from .common import Fixture, Question, count


def write(folder, n, rng):
    # Objects of all rooms stand in the same places, so that another room's answer may hit.
    boxes = {k: [2.0 * k, 0.5, 0.4, 1.0, 1.0, 0.8] for k in range(5)}
    for scene in range(4):
        rows = [{"id": k, "label": "chair", "box": box} for k, box in boxes.items()]
        folder.file(f"boxes/scene{scene:04d}_00.json", json.dumps(rows))
    rows, questions, prompts = [], [], {}
    for i in range(n):
        kind = ["zt_w_d", "zt_wo_d", "st_w_d", "st_wo_d", "mt"][i % 5]
        number = 0 if kind.startswith("zt") else 1 if kind.startswith("st") else rng.randint(2, 3)
        ids = sorted(rng.sample(sorted(boxes), number))
        text = f"the Chair number {i} by the Wall."
        rows.append({"scene_id": f"scene{i % 4:04d}_00", "object_ids": ids, "object_name": "chair", "ann_id": i,
                     "eval_type": kind, "description": text})
        answer = json.dumps([boxes[k] for k in ids], separators=(",", ":"))
        prompts[str(i), "official"] = (
            f"Identify the object according to the following description.\n{text.capitalize()}\n"
            "There may be no corresponding object, or there may be one or more objects.")
        questions.append(Question(str(i), kind, answer, None, {"task": kind}))
    folder.json("multi3drefer_val.json", rows)

    def score(reply, question):
        said, gold = ({tuple(b) for b in json.loads(t)} for t in (reply, question.answer))
        return 1.0 if not said and not gold else 2 * len(said & gold) / (len(said) + len(gold))

    return Fixture(questions, score, prompts=prompts, needs=["scene_id", "object_ids", "eval_type", "description"],
                   groupings={"eval_type": count(questions, "task")})
