"""3DSRBench with its variants, as oscarqjh/3DSRBench_lmmseval ships it: 3dsr_circular/test-*.parquet."""
from .common import LETTERS, Fixture, Question, count, picture, things

TYPES = ["height_higher", "location_above", "location_next_to", "orientation_viewpoint", "multi_object_facing"]


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    for base in range(n // 4):
        name, kind, size = f"Q{base:07d}", TYPES[base % 5], 2 if base % 2 else 4
        options, right = things(rng, size), rng.randrange(size)
        for k, qid in enumerate([name, f"{name}-1", f"{name}-flip", f"{name}-flip-1"]):
            turned = [options[(j + k) % size] for j in range(size)]
            answer = LETTERS[turned.index(options[right])]
            columns = dict(zip("ABCD", turned + [None] * (4 - size)))
            rows.append({"index": len(rows), "qid": qid, "question": f"Is it higher ({qid})?", **columns,
                         "answer": answer, "category": kind, "image": picture(rng, "x.jpg")})
            lines = "".join(f"{c}. {o}\n" for c, o in columns.items() if o)
            prompts[qid, "official"] = (f"<image>Question: Is it higher ({qid})?\nOptions:\n{lines}"
                                        "Please select the correct answer from the options above. \n")
            questions.append(Question(qid, kind, answer, list(LETTERS[:size]), {"task": kind, "base": name}, 1))
    folder.parquet("3dsr_circular/test-00000-of-00001.parquet", rows)

    def aggregate(scores, asked):
        right = {}
        for s, q in zip(scores, asked):
            right[q.group["base"]] = right.get(q.group["base"], True) and s == 1
        return 100 * sum(right.values()) / len(right)

    return Fixture(questions, aggregate=aggregate, prompts=prompts, needs=["category", "question", "answer"],
                   groupings={"task": count(questions, "task")})
