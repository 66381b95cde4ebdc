"""SQA3D's two files of its test split, in sqa_task/balanced."""
from .common import Fixture, Question, count

STARTS = {"What": "what", "Is": "is", "How many": "how", "Can": "can", "Which": "which", "Should": "others"}
WORDS = ["brown", "left", "two", "yes", "no", "forward"]


def write(folder, n, rng):
    asked, answered, questions, prompts = [], [], [], {}
    for i in range(n):
        start, kind = list(STARTS.items())[i % len(STARTS)]
        number, answer = 220602000000 + i, rng.choice(WORDS)
        situation, text = f"I am facing thing {i}.", f"{start} thing is it?"
        asked.append({"scene_id": "scene0380_00", "question_id": number, "situation": situation,
                      "alternative_situation": ["I stand."], "question": text})
        answered.append({"scene_id": "scene0380_00", "question_id": number, "answer_type": "other",
                         "question_type": "N/A", "answers": [{"answer": answer, "answer_confidence": "yes",
                                                              "answer_id": 1}]})
        prompts[str(number), "official"] = (
            f" {situation} {text} Answer the question using a single word or phrase.")
        questions.append(Question(str(number), kind, answer, None, {"task": kind}))
    base = "sqa_task/balanced/v1_balanced_{}_test_scannetv2.json"
    folder.json(base.format("questions"), {"info": {}, "questions": folder._rows(asked)})
    folder.json(base.format("sqa_annotations"), {"annotations": folder._rows(answered)})
    return Fixture(questions, prompts=prompts, needs=["question_id", "situation", "question", "answers"],
                   groupings={"task": count(questions, "task")})
