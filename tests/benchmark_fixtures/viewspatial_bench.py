"""lidingm/ViewSpatial-Bench: ViewSpatial-Bench.json, pictures in zip archives."""
from .common import LETTERS, Fixture, Question, count, jpeg, lettered, things

TYPES = ["Camera perspective - Relative Direction", "Camera perspective - Object View Orientation",
         "Person perspective - Object View Orientation", "Person perspective - Relative Direction",
         "Person perspective - Scene Simulation Relative Direction"]
POST = "\nReply only to the corresponding option.\nAnswer:"


def write(folder, n, rng):
    rows, questions, prompts, rooms, coco = [], [], {}, {}, {}
    for i in range(n):
        kind, options, answer = TYPES[i % 5], things(rng, rng.choice([3, 4, 4])), 0
        answer = rng.randrange(len(options))
        if i % 2:
            names = [f"val2017/{i % 7}.jpg"]
            coco[names[0]] = jpeg(rng)
        else:
            names = [f"scannetv2_val/room{i % 3}/original_images/{k}.jpg" for k in range(rng.randint(1, 2))]
            rooms.update({name: jpeg(rng) for name in names})
        choices = lettered(options, ". ")
        rows.append({"question_type": kind, "image_path": ["ViewSpatial-Bench/" + name for name in names],
                     "question": f"Where is thing {i}?", "answer": f"{LETTERS[answer]}. {options[answer]}",
                     "choices": choices})
        prompts[str(i), "official"] = f"Where is thing {i}?{choices}{POST}" + "<image>" * len(names)
        prompts[str(i), "lmms-eval"] = "<image>" * len(names) + f"Question: Where is thing {i}?\nChoices: {choices}{POST}"
        questions.append(Question(str(i), kind, LETTERS[answer], list(LETTERS[:len(options)]), {"task": kind}, len(names)))
    folder.json("ViewSpatial-Bench.json", rows)
    folder.zip("scannetv2_val.zip", rooms)
    folder.zip("val2017.zip", coco)
    return Fixture(questions, prompts=prompts, needs=["question_type", "question", "answer", "choices"],
                   groupings={"task": count(questions, "task")})
