"""haoningwu/SpatialScore, version 1: an .ndjson file and an archive of pictures."""
from .common import LETTERS, Fixture, Question, count, mra, png

LETTER = ("**Please select the most appropriate answer from the given options.**\n"
          "**Respond ONLY with the capital letter and its parentheses.**\n\nQuestion: ")


def score(reply, question):
    if question.choices:
        return float(reply == question.answer)
    said, gold = (float(t.split()[0]) for t in (reply, question.answer))
    return mra(said, gold)


def write(folder, n, rng):
    rows, questions, prompts, pictures = [], [], {}, {}
    for i in range(n):
        kind = ["multi-choice", "judgement", "open-ended", "length"][i % 4]
        task = ["Camera", "Object Motion", "Counting", "Object Distance"][i % 4]
        text, options, extra = f"Question {i} about it?", [], {}
        number = rng.randint(1, 2)
        if kind == "multi-choice":
            options = [f"thing {rng.randrange(100)}" for _ in range(4)]
            choices, answer = list(LETTERS[:4]), rng.choice(LETTERS[:4])
            gold = f"({answer})"
            prompts[str(1000 + i), "official"] = "<image>" * number + "\n".join(
                [text] + [f"({LETTERS[k]}) {o}" for k, o in enumerate(options)])
        elif kind == "judgement":
            choices = ["Yes", "No"]
            answer = gold = rng.choice(choices)
        elif kind == "open-ended":
            choices, answer = None, str(rng.randint(1, 9))
            gold = answer
        else:
            choices, answer = None, f"{rng.uniform(.5, 9):.2f} meters"
            gold, extra = answer, {"answer_value": 1, "answer_unit": "meters"}
        paths = [f"./{task}/{i}_{k}.png" for k in range(number)]
        for path in paths:
            pictures["SpatialScore_benchmark/" + path[2:]] = png(rng)
        rows.append({"id": 1000 + i, "source_dataset": "MMIU", "category": task, "task": "Transformation",
                     "sub_task": "Object Counting" if kind == "open-ended" else "Other", "question": text,
                     "options": options, "answer": gold, "extra_info": extra, "image_paths": paths,
                     "question_type": "open-ended" if kind == "length" else kind,
                     "input_modality": "single-image" if number == 1 else "multi-image"})
        questions.append(Question(str(1000 + i), task, answer, choices, {"task": task}, number))
    folder.jsonl("SpatialScore_benchmark.ndjson", rows)
    folder.zip("SpatialScore_benchmark.zip", pictures)
    return Fixture(questions, score, prompts=prompts, needs=["category", "question_type", "question", "answer"],
                   groupings={"category": count(questions, "task")})
