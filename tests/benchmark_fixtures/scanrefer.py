"""The authors' ScanRefer_filtered_val.json."""
from .common import Fixture, Question


def write(folder, n, rng):
    rows, questions = [], []
    for i in range(n):
        scene, target = f"scene{i % 8:04d}_00", str(rng.randrange(20))
        rows.append({"scene_id": scene, "object_id": target, "object_name": "chair", "ann_id": str(i % 5),
                     "description": f"this is chair number {i} by the wall.", "token": ["this", "is"]})
        questions.append(Question(str(i), scene, target))
    folder.json("ScanRefer_filtered_val.json", rows)
    prompts = {(q.id, "official"): "Identify the object according to the following description.\n"
               f"This is chair number {q.id} by the wall." for q in questions}
    return Fixture(questions, prompts=prompts, needs=["description"])
