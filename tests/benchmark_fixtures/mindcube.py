"""MLL-Lab/MindCube: data.zip with data/raw/MindCube_tinybench.jsonl and the pictures."""
import json

from .common import LETTERS, Fixture, Question, count, jpeg, long_prompt, things

SETTINGS = {"around": "around_group{}_q0", "among": "among_group{}_q3", "rotation": "rotation_mirror{}_q1"}


def write(folder, n, rng):
    rows, questions, prompts, members = [], [], {}, {}
    for i in range(n):
        setting = rng.choice(sorted(SETTINGS))
        options, id_ = things(rng, rng.randint(2, 4)), SETTINGS[setting].format(i)
        answer, pictures = rng.randrange(len(options)), rng.randint(2, 4)
        question = f"These pictures (pictures 1 and 2) show a room ({i}). What is behind you? " + " ".join(
            f"{LETTERS[k]}. {o.capitalize()}" for k, o in enumerate(options))
        names = [f"other_all_image/{setting}/{i % 5}/{k}.jpg" for k in range(pictures)]
        members.update({"data/" + name: jpeg(rng) for name in names})
        rows.append({"id": id_, "category": ["perpendicular"], "type": "x", "meta_info": [], "question": question,
                     "images": names, "gt_answer": LETTERS[answer]})
        prompts[id_, "official"] = "<image>" * pictures + long_prompt("mindcube_raw_qa.txt") + "\n[Question]\n" + question
        questions.append(Question(id_, setting, LETTERS[answer], list(LETTERS[:len(options)]), {"task": setting}, pictures))
    drop = folder.without
    folder.dropped = drop is not None and drop in rows[0]
    members["data/raw/MindCube_tinybench.jsonl"] = "".join(
        json.dumps({k: v for k, v in row.items() if k != drop}) + "\n" for row in rows).encode()
    folder.zip("data.zip", members)
    return Fixture(questions, prompts=prompts, needs=["id", "question", "gt_answer"],
                   groupings={"task": count(questions, "task")})
