"""FlagEval/ERQA: data/test-*.parquet; pictures stand at character positions of the question."""
from .common import LETTERS, Fixture, Question, count, picture, things

TYPES = ["Action Reasoning", "Multi-view Reasoning", "Pointing", "Trajectory Reasoning"]


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    for i in range(n):
        kind, options, answer, pictures = rng.choice(TYPES), things(rng, 4), rng.randrange(4), rng.randint(1, 3)
        text = f"Which arm — left or right — holds {i}? Choices: " + " ".join(
            f"{LETTERS[k]}. {o}." for k, o in enumerate(options))
        text += " Please answer directly with only the letter of the correct option and nothing else."
        places = sorted(rng.choice([0, 10, 20]) for _ in range(pictures))
        id_ = f"ERQA_{i}"
        rows.append({"question_id": id_, "question": text, "question_type": kind, "answer": LETTERS[answer],
                     "visual_indices": places, "images": [picture(rng, f"{k}.png") for k in range(pictures)]})
        shown = "".join("<image>" * places.count(k) + c for k, c in enumerate(text))
        prompts[id_, "official"] = shown
        prompts[id_, "lmms-eval"] = "<image>" * pictures + text
        questions.append(Question(id_, kind, LETTERS[answer], list("ABCD"), {"task": kind}, pictures))
    folder.parquet("data/test-00000-of-00001.parquet", rows)
    return Fixture(questions, prompts=prompts, needs=["question_id", "question_type", "question", "answer"],
                   groupings={"task": count(questions, "task")})
