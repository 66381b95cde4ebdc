"""ScanQA_v1.0_val.json of the authors, and posed frames of its rooms."""
from .common import Fixture, Question, count, jpeg

KINDS = {"Where is": "Place", "How many": "Number", "What color is": "Color", "What shape is": "Object nature",
         "What is": "Object", "Is there": "Other"}
WORDS = ["brown", "left side of bed", "two", "round", "chair", "yes"]


def write(folder, n, rng):
    for scene in range(2):
        for frame in range(3):
            folder.file(f"posed_images/scene{scene:04d}_00/{frame:05d}.jpg", jpeg(rng))
    rows, questions, prompts = [], [], {}
    for i in range(n):
        start, kind = list(KINDS.items())[i % len(KINDS)]
        answers = rng.sample(WORDS, rng.randint(1, 3))
        text = f"{start} thing {i}?"
        id_ = f"val-scene{i % 2:04d}-{i}"
        rows.append({"scene_id": f"scene{i % 2:04d}_00", "question_id": id_, "question": text, "answers": answers,
                     "object_ids": [i], "object_names": ["chair"]})
        prompts[id_, "official"] = f"<image><image><image> {text} Answer the question simply."
        questions.append(Question(id_, kind, answers[0], None, {"answers": answers, "task": kind}, 3))
    folder.json("ScanQA_v1.0_val.json", rows)
    return Fixture(questions, lambda reply, q: float(reply in q.group["answers"]), prompts=prompts,
                   needs=["question_id", "question", "answers", "scene_id"],
                   groupings={"task": count(questions, "task")})
