"""chanhee-luke/RoboSpatial-Home: a Parquet split for each of three categories."""
import re

from .common import Fixture, Question, count, picture
from .points import EASI, Mask

POINTS = ("Your answer should be formatted as a list of tuples, i.e. [(x1, y1), ...], where each tuple contains the x "
          "and y coordinates of a point satisfying the conditions above. The coordinates should be between 0 and 1, "
          "indicating the normalized pixel locations of the points.")


def score(reply, question):
    if question.choices:
        return float(reply == question.answer)
    (x, y), (x0, y0, x1, y1) = map(float, re.findall(r"[\d.]+", reply)), question.group["cell"]
    return float(x0 < x < x1 and y0 < y < y1)


def write(folder, n, rng):
    tables, questions, prompts = {"context": [], "compatibility": [], "configuration": []}, [], {}
    for task, rows in tables.items():
        for k in range(n // 3):
            i, choices, cell = len(questions), None, None
            if task == "context":
                text = f"In the image, there is thing {i}. Pinpoint several points. "
                # One of four cells, not equally often.
                column, row = [(0, 0), (0, 0), (0, 0), (1, 0), (1, 0), (0, 1)][k % 6]
                cell = (x0, y0, x1, y1) = (.1 + .5 * column, .2 + .4 * row, .4 + .5 * column, .5 + .4 * row)
                gold = str([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
                answer = f"({(x0 + x1) / 2:.12f}, {(y0 + y1) / 2:.12f})"
                question, mask = text + POINTS, {"bytes": Mask(rng).file(), "path": None}
            else:
                text = f"Is thing {i} left of the other one? "
                answer = gold = rng.choice(["Yes", "No"])
                choices, mask, question = ["Yes", "No"], None, text + "Answer yes or no."
            rows.append({"category": task, "question": question, "answer": gold, "img": picture(rng),
                         "depth_image": picture(rng), "mask": mask})
            prompts[str(i), "official"] = "<image>" + question
            prompts[str(i), "easi"] = "<image>" + (f"{text.strip()}\n\n{EASI}" if task == "context" else question)
            questions.append(Question(str(i), task, answer, choices, {"cell": cell, "task": task}, 1))
        folder.parquet(f"data/{task}-00000-of-00001.parquet", rows)
    return Fixture(questions, score, prompts=prompts, needs=["category", "question", "answer"],
                   groupings={"task": count(questions, "task")})
