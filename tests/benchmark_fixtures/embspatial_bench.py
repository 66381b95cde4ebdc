"""Phineas476/EmbSpatial-Bench: one JSON file, pictures in base64."""
import base64

from .common import LETTERS, Fixture, Question, count, jpeg, lettered, things

NOTE = "Note: You only need to respond with A, B, C, D without providing any additional information.\n"


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    for i in range(n):
        source, relation = rng.choice(["mp3d", "ai2thor", "scannet"]), rng.choice(["close", "far", "under", "above"])
        options, answer, id_ = things(rng, 4), rng.randrange(4), f"{source}_{i}"
        rows.append({"data_source": source, "scene_id": "room", "question_id": id_, "question": f"Which one, {i}?",
                     "relation": relation, "image": base64.b64encode(jpeg(rng)).decode(), "answer_options": options,
                     "answer": answer, "objects": [{"name": options[0], "bbox": [1, 2, 3, 4]}]})
        prompts[id_, "official"] = prompts[id_, "lmms-eval"] = f"<image>{NOTE}Which one, {i}?\n" + lettered(options, ") ")
        prompts[id_, "easi"] = (f"<image>Question: Which one, {i}?\nOptions:\n" + lettered(options, ": ") +
                                "\nGive me the answer letter directly. The best answer is:")
        questions.append(Question(id_, relation, LETTERS[answer], list("ABCD"), {"source": source, "relation": relation}, 1))
    folder.json("embspatial_bench.json", rows)
    return Fixture(questions, prompts=prompts, needs=["question_id", "relation", "question", "answer"],
                   groupings={"task": count(questions, "relation"), "data_source": count(questions, "source")})
