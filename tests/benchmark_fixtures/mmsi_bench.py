"""RunsenXu/MMSI-Bench: MMSI_Bench.parquet, pictures as a list of bytes."""
from .common import LETTERS, Fixture, Question, count, jpeg, things

TYPES = ["Positional Relationship (Cam.-Obj.)", "Positional Relationship (Obj.–Obj.)", "Attribute (Meas.)",
         "Motion (Obj.)", "MSR"]
POST = "\nAnswer with the option's letter from the given choices directly. Enclose the option's letter within ``."


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    for i in range(n):
        kind, options, answer, pictures = rng.choice(TYPES), things(rng, 4), rng.randrange(4), rng.randint(2, 4)
        text = f"The pictures were taken one after the other ({i}). Where is a lamp?\nOptions: " + ", ".join(
            f"{LETTERS[k]}: {o}" for k, o in enumerate(options))
        rows.append({"id": i, "images": [jpeg(rng) for _ in range(pictures)], "question_type": kind,
                     "question": text + ("\n" if i % 2 else ""), "answer": LETTERS[answer], "thought": "..."})
        prompts[str(i), "official"] = "<image>" * pictures + rows[-1]["question"] + POST
        prompts[str(i), "lmms-eval"] = "<image>" * pictures + text + POST
        # One name for a category whose dash is written in two ways.
        task = kind.replace("Cam.-Obj.", "Cam.–Obj.")
        questions.append(Question(str(i), task, LETTERS[answer], list("ABCD"), {"task": task}, pictures))
    folder.parquet("MMSI_Bench.parquet", rows)
    return Fixture(questions, prompts=prompts, needs=["id", "question_type", "question", "answer"],
                   groupings={"task": count(questions, "task")})
