"""PLM-Team/Spatial-Visualization-Benchmark: a table and images.zip."""
from .common import LETTERS, Fixture, Question, count, lettered, png, things

TASKS = {"MentalRotation": ["2DRotation", "3ViewProjection"], "MentalFolding": ["PaperFolding"],
         "VisualPenetration": ["CrossSection"]}
THINK = ("You should first provide a reasoning process, then provide a single option(A, B, C or D) as the final answer. "
         "The reasoning process and the answer are enclosed within <think></think> and <answer></answer> tags, "
         "respectively, i.e., <think>reasoning process</think>, <answer>answer</answer>.\n")


def write(folder, n, rng):
    rows, questions, prompts, images = [], [], {}, {}
    for i in range(n):
        category = rng.choice(sorted(TASKS))
        task, level, options, answer = rng.choice(TASKS[category]), f"Level{i % 2}", things(rng, 4), rng.randrange(4)
        images[f"{category}/{task}/{level}/{i}.png"] = png(rng)
        rows.append({"Category": category, "Task": task, "Level": level, "Image_id": str(i), "Question": f"Which one, {i}?",
                     "Choices": options, "Answer": LETTERS[answer], "Explanation": "..."})
        id_ = f"{category}-{task}-{level}-{i}"
        text = f"Which one, {i}?\n{lettered(options, '. ')}\n"
        prompts[id_, "official"] = f"<system>You are a helpful assistant.</system><image>{THINK}Qustion: {text}"
        prompts[id_, "lmms-eval"] = f"<image>{THINK}Question: {text}"
        questions.append(Question(id_, task, LETTERS[answer], list("ABCD"), {"task": task, "category": category}, 1))
    folder.parquet("test-00000-of-00001.parquet", rows)
    folder.zip("images.zip", images)
    return Fixture(questions, prompts=prompts, needs=["Category", "Task", "Level", "Image_id", "Question", "Answer"],
                   groupings={"task": count(questions, "task"), "category": count(questions, "category")})
