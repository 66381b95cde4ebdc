"""qizekun/OmniSpatial: OmniSpatial-test.zip with data.json and a folder of pictures per task type."""
import json

from .common import LETTERS, Fixture, Question, count, lettered, long_prompt, png, things

TYPES = {"Dynamic_Reasoning": ["Manipulation", "Motion_Analysis"], "Complex_Logic": ["Pattern_Recognition"],
         "Perspective_Taking": ["Egocentric", "Allocentric"]}


def write(folder, n, rng):
    rows, questions, prompts, members = [], [], {}, {}
    system = long_prompt("omnispatial_manual_cot.txt") + "\n" + long_prompt("omnispatial_re.txt")
    whole = long_prompt("omnispatial_manual_cot_lmms_eval.txt") + "\n" + long_prompt("omnispatial_re.txt") + "\n\n"
    for i in range(n):
        kind = rng.choice(sorted(TYPES))
        sub, options = rng.choice(TYPES[kind]), things(rng, rng.choice([2, 4, 4]))
        answer, id_ = rng.randrange(len(options)), f"{kind}_{i}_0"
        members[f"OmniSpatial-test/{kind}/{i}.png"] = png(rng)
        rows.append({"id": f"{i}_0", "question": f"Which one, {i}?", "options": options, "answer": answer,
                     "task_type": kind, "sub_task_type": sub})
        prompts[id_, "official"] = f"<system>{system}</system>Which one, {i}?\n{lettered(options, '. ')}\n<image>"
        prompts[id_, "lmms-eval"] = f"<image>{whole}Which one, {i}?\n{lettered(options, '. ')}"
        prompts[id_, "easi"] = (f"<image>Which one, {i}?\n{lettered(options, '. ')}\nAnswer directly with the option "
                                "letter from the given choices. ")
        replies = [f"Answer: {c}" for c in LETTERS[:len(options)]]
        questions.append(Question(id_, sub, replies[answer], replies, {"sub": sub, "type": kind}, 1))
    drop = folder.without
    folder.dropped = drop is not None and drop in rows[0]
    members["OmniSpatial-test/data.json"] = json.dumps(
        [{k: v for k, v in row.items() if k != drop} for row in rows]).encode()
    folder.zip("OmniSpatial-test.zip", members)
    return Fixture(questions, prompts=prompts, needs=["id", "question", "answer", "task_type", "sub_task_type"],
                   groupings={"task": count(questions, "sub"), "task_type": count(questions, "type")})
