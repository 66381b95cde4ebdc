"""RyanWW/Spatial457: questions/TYPE.json and images/; answers in words, of existence also as true and false."""
from .common import Fixture, Question, count, long_prompt, png

TYPES = ["L1_single", "L2_objects", "L3_2d_spatial", "L4_occ", "L4_pose", "L5_6d_spatial", "L5_collision"]
FIRST = ("You are an intelligent chatbot designed to answer questions based on an image. Your task is to analyze the "
         "images, identify attributes of multiple objects, and then determine the answer to the question.\n")


def write(folder, n, rng):
    rows, questions, prompts = {kind: [] for kind in TYPES}, [], {}
    for i in range(n):
        kind = TYPES[i % 7]
        answer = rng.choice(["red", "red", "suv", "Yes", "No", "left", "large"])
        index = 100000 + len(rows[kind])
        rows[kind].append({"question_index": index, "question": f"What is it, {i}?",
                           "answer": {"Yes": True, "No": False}.get(answer, answer) if i % 2 else answer,
                           "image_filename": f"{i}.png", "program": [{"type": "scene", "inputs": []}]})
        folder.file(f"images/{i}.png", png(rng))
        id_ = f"{kind}_{index}"
        if kind == "L2_objects":
            prompts[id_, "official"] = f"{FIRST}<image>What is it, {i}?{long_prompt('spatial457_vlmevalkit.txt')}"
            prompts[id_, "lmms-eval"] = f"<image>{FIRST}What is it, {i}?\n{long_prompt('spatial457_lmms_eval.txt')}"
        questions.append(Question(id_, kind, answer, None, {"task": kind, "level": kind[:2]}, 1))
    for kind in TYPES:
        name = kind.replace("_2d_", "_2D_")  # as the Hub writes it
        folder.json_questions(f"questions/{name}.json", rows[kind])
    return Fixture(questions, prompts=prompts, needs=["question_index", "question", "answer"],
                   groupings={"task": count(questions, "task"), "level": count(questions, "level")})
