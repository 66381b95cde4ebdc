"""a8cheng/SpatialRGPT-Bench: data/val-*.parquet, whose nested columns are str() of what they hold; a language model
judges."""
import json
import re

from .common import Fixture, Question, count, picture

QUALITIES = {"left_predicate": "left of", "tall_predicate": "taller than", "behind_predicate": "behind",
             "above_choice": "above", "big_predicate": "bigger than", "wide_predicate": "wider than"}
QUANTITIES = ["distance_data", "width_data", "direction"]


def verdict(gold, reply, category):
    """What an honest judge says."""
    if category in QUALITIES:
        return {"your_mark": int(gold == reply)}
    said, right = (float(re.findall(r"[\d.]+\d|\d", t)[0]) for t in (reply, gold))
    names = ("direction",) * 2 if category == "direction" else ("in_meters",) * 2
    values = (int(right), int(said)) if category == "direction" else (right, said)
    return {f"answer_{names[0]}": values[0], f"response_{names[1]}": values[1]}


def score(reply, question):
    if reply == question.answer:
        return 1.0
    values = list(verdict(question.answer, reply, question.task).values())
    if question.task in QUALITIES:
        return float(values[0] > 0)
    right, said = values
    if question.task == "direction":
        gap = abs(right - said)
        return float(min(gap, 12 - gap) <= 1)
    return float(.75 * right <= said <= 1.25 * right)


def write(folder, n, rng):
    rows, questions = [], []
    for i in range(n):
        task = (list(QUALITIES) + QUANTITIES)[i % 9]
        kind = "qualitative" if task in QUALITIES else "quantitative"
        if kind == "qualitative":
            text = f"Is Region [0] {QUALITIES[task]} Region [1]?"
            answer = rng.choice([f"Yes, Region [0] is {QUALITIES[task]} it.", "No, it is not at all."])
        elif task == "direction":
            text, answer = "Where will you find it?", f"Around the {rng.randint(1, 12)} o'clock direction, that is."
        else:
            text, answer = "How far or wide is it?", f"About {rng.uniform(.5, 3):.2f} meters, that is."
        path = f"SUNRGBD/{i}.png"
        rows.append({"id": f"{kind}_{i}", "image_info": {"file_path": path, "height": 48, "width": 64},
                     "text_q": text, "bbox": [[4, 4, 20, 30], [30, 10, 60, 44]], "image": picture(rng, path),
                     "conversations": [{"from": "human", "value": "<image>\nIs <mask> it?"},
                                       {"from": "gpt", "value": answer}],
                     "qa_info": {"type": kind, "category": task}})
        questions.append(Question(f"{kind}_{i}", task, answer, None, {"task": task, "type": kind}, 1))
    for row in rows:
        row.update({key: str(row[key]) for key in ("image_info", "bbox", "conversations", "qa_info")})
    folder.parquet("data/val-00000-of-00001.parquet", rows)
    judge = [{"contains": f"Answer: {q.answer}\nResponse: {reply}\n",
              "reply": json.dumps(verdict(q.answer, reply, q.task))}
             for q in questions for reply in sorted({o.answer for o in questions if o.task == q.task})]
    prompts = {(q.id, "official"): "<image>" + row["text_q"] for q, row in zip(questions, rows)}
    return Fixture(questions, score, prompts=prompts, judge=judge, needs=["id", "text_q", "qa_info", "conversations"],
                   groupings={"task": count(questions, "task"), "type": count(questions, "type")})
