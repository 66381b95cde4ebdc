"""nyu-visionx/VSI-Bench: test.jsonl and a zip of videos per data set."""
from .common import LETTERS, Fixture, Question, count, mean_of_groups, mp4, mra

NUMBERS = ["object_counting", "object_abs_distance", "object_size_estimation", "room_size_estimation"]
CHOICES = ["object_rel_distance", "object_rel_direction_easy", "object_rel_direction_medium",
           "object_rel_direction_hard", "route_planning", "obj_appearance_order"]
SENTENCE = "Answer with the option's letter from the given choices directly."
WORD = "Please answer the question using a single word or phrase."


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    sources = ["scannet", "scannetpp", "arkitscenes"]
    for i in range(n):
        task = (NUMBERS + CHOICES)[i % 10]
        letters = None
        text = f"Question {i} about the room?"
        if task in NUMBERS:
            answer = str(rng.randint(1, 9)) if task == "object_counting" else f"{rng.uniform(.5, 9):.1f}"
            options = None
            prompts[str(i), "official"] = f"<image>These are frames of a video.\n{text}\n{WORD}"
        else:
            size = 2 if task.endswith("easy") else 3 if task.endswith("medium") else 4
            letters = list(LETTERS[:size])
            answer = rng.choice(letters)
            options = [f"{letter}. thing {rng.randrange(100)}" for letter in letters]
            prompts[str(i), "official"] = "<image>These are frames of a video.\n" + "\n".join(
                [text, "Options:", *options, SENTENCE])
        rows.append({"id": i, "dataset": sources[i % 3], "scene_name": f"room{i % 2}",
                     "question_type": task, "question": text, "options": options,
                     "ground_truth": answer})
        eight = "object_rel_direction" if task.startswith("object_rel_direction") else task
        questions.append(Question(str(i), task, answer, letters, {"task": eight, "type": task}, 6))
    folder.jsonl("test.jsonl", rows)
    for source in sources:
        folder.zip(f"{source}.zip", {f"{source}/room{k}.mp4": mp4(rng) for k in range(2)})

    def score(reply, question):
        return float(reply == question.answer) if question.choices else mra(float(reply), float(question.answer))

    return Fixture(questions, score, mean_of_groups("task", "type"), prompts=prompts,
                   needs=["question_type", "question", "ground_truth", "dataset", "scene_name"],
                   groupings={"task": count(questions, "task"), "question_type": count(questions, "type")})
