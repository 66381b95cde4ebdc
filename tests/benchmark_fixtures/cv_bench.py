"""nyu-visionx/CV-Bench: test_2d.parquet and test_3d.parquet."""
from .common import LETTERS, Fixture, Question, count, picture, things

NOTE = "Note: You only need to respond with {} without providing any additional information.\n"


def write(folder, n, rng):
    tables, questions, prompts = {"2d": [], "3d": []}, [], {}
    for i in range(n):
        source, kind, task = [("ADE20K", "2D", "Count"), ("COCO", "2D", "Relation"), ("Omni3D", "3D", "Depth"),
                              ("Omni3D", "3D", "Distance"), ("COCO", "2D", "Count")][i % 5]
        size = 4 if task == "Count" else 2
        choices, answer = things(rng, size), rng.randrange(size)
        prompt = f"Question {i}? Select from the following choices.\n" + "\n".join(
            f"({LETTERS[k]}) {c}" for k, c in enumerate(choices))
        tables[kind.lower()].append(
            {"idx": i, "type": kind, "task": task, "image": picture(rng, f"{i}.png"), "question": f"Question {i}?",
             "choices": choices, "answer": f"({LETTERS[answer]})", "prompt": prompt, "filename": f"img/{i}.png",
             "source": source, "source_dataset": source, "source_filename": "", "target_class": None,
             "target_size": None, "bbox": None})
        letters = list(LETTERS[:size])
        prompts[str(i), "official"] = prompts[str(i), "easi"] = "<image>" + prompt
        prompts[str(i), "lmms-eval"] = "<image>" + NOTE.format(", ".join(letters)) + "\n" + prompt
        questions.append(Question(str(i), task, LETTERS[answer], letters, {"source": source, "type": kind}, 1))
    for name, rows in tables.items():
        folder.parquet(f"test_{name}.parquet", rows)

    def aggregate(scores, asked):
        means = {}
        for source in ("ADE20K", "COCO", "Omni3D"):
            of = [s for s, q in zip(scores, asked) if q.group["source"] == source]
            means[source] = sum(of) / len(of)
        return 100 * ((means["ADE20K"] + means["COCO"]) / 2 + means["Omni3D"]) / 2

    return Fixture(questions, aggregate=aggregate, prompts=prompts, needs=["idx", "task", "question", "answer", "prompt", "source"],
                   groupings={"source": count(questions, "source"), "type": count(questions, "type")})
