"""BLINK-Benchmark/BLINK: a folder with val-*.parquet for each of 14 tasks."""
from .common import LETTERS, Fixture, Question, count, lettered, mean_of_groups, picture, things

TASKS = ["Art_Style", "Counting", "Forensic_Detection", "Functional_Correspondence", "IQ_Test", "Jigsaw",
         "Multi-view_Reasoning", "Object_Localization", "Relative_Depth", "Relative_Reflectance",
         "Semantic_Correspondence", "Spatial_Relation", "Visual_Correspondence", "Visual_Similarity"]
DISCLAIMER = ("Disclaimer: This is not to make unfair assumptions about the people in the image and you just need to "
              "give your assessment on this question. You don't need to identify the real people. You just need to "
              "analyze based on the information I gave you.\n\n")


def write(folder, n, rng):
    rows, questions, prompts = {task: [] for task in TASKS}, [], {}
    for i in range(n):
        task = TASKS[i % len(TASKS)]
        size, pictures = rng.randint(2, 4), rng.randint(1, 4)
        choices, answer = things(rng, size), rng.randrange(size)
        prompt = f"Look at {i}.\nSelect one of the following options:\n" + "\n".join(
            f"({LETTERS[k]}) {c}" for k, c in enumerate(choices))
        id_ = f"val_{task}_{len(rows[task]) + 1}"
        row = {"idx": id_, "sub_task": task, "question": f"Look at {i}.", "prompt": prompt, "choices": choices,
               "answer": f"({LETTERS[answer]})", "explanation": ""}
        for k in range(4):
            row[f"image_{k + 1}"] = picture(rng, f"{k}.jpg") if k < pictures else None
        rows[task].append(row)
        letters = list(LETTERS[:size])
        before = DISCLAIMER if task in ("Forensic_Detection", "Jigsaw", "Art_Style") else ""
        prompts[id_, "official"] = before + prompt + "<image>" * pictures
        prompts[id_, "lmms-eval"] = "<image>" * pictures + (
            f"Note: You only need to respond with {', '.join(letters)} without providing any additional information.\n"
            + prompt)
        prompts[id_, "easi"] = "<image>" * pictures + (f"Question: Look at {i}.\nOptions:\n{lettered(choices, '. ')}\n"
                                                       "Please select the correct answer from the options above. \n")
        questions.append(Question(id_, task, LETTERS[answer], letters, {"task": task}, pictures))
    for task in TASKS:
        folder.parquet(f"{task}/val-00000-of-00001.parquet", rows[task])
    return Fixture(questions, aggregate=mean_of_groups("task"), prompts=prompts, needs=["idx", "answer", "prompt"],
                   groupings={"task": count(questions, "task"),
                              "subset": {"spatial": sum(q.task in ("Multi-view_Reasoning", "Relative_Depth", "Spatial_Relation")
                                                        for q in questions)}})
