"""ScanRefer_filtered_val.json of the authors: several descriptions of each object."""
from .common import Fixture, Question

COLORS, THINGS, PLACES = ["brown", "white", "small"], ["chair", "table", "lamp"], ["door", "window", "bed"]


def normalise(caption):
    return "sos " + caption.replace(".", " . ").replace(",", " , ").lower() + " eos"


def lcs(a, b):
    row = [0] * (len(b) + 1)
    for x in a:
        last = 0
        for j, y in enumerate(b):
            last, row[j + 1] = row[j + 1], last + 1 if x == y else max(row[j], row[j + 1])
    return row[-1]


def rouge(reply, references):
    """ROUGE-L of coco-caption: the best precision and the best recall, beta 1.2."""
    said = normalise(reply).split(" ")
    refs = [normalise(r).split(" ") for r in references]
    p = max(lcs(said, r) / len(said) for r in refs)
    r = max(lcs(said, r) / len(r) for r in refs)
    return (1 + 1.2**2) * p * r / (r + 1.2**2 * p) if p and r else 0.0


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    for i in range(n):
        scene, name = f"scene{i % 3:04d}_00", rng.choice(THINGS)
        texts = [f"This is a {rng.choice(COLORS)} {name}, it is by the {rng.choice(PLACES)}."
                 for _ in range(rng.randint(1, 3))]
        for k, text in enumerate(texts):
            tokens = text.lower().replace(",", " ,").replace(".", " .").split()
            rows.append({"scene_id": scene, "object_id": str(i), "object_name": name, "ann_id": str(k),
                         "description": text, "token": tokens})
        id_ = f"{scene}|{i}|{name}"
        prompts[id_, "official"] = " Given an object located at <coord> , describe the object in detail."
        questions.append(Question(id_, "scan2cap", texts[0], None, {"texts": texts}))
    folder.json("ScanRefer_filtered_val.json", rows)
    return Fixture(questions, lambda reply, q: rouge(reply, q.group["texts"]), prompts=prompts,
                   needs=["scene_id", "object_id", "description"])
