"""BAAI/RefSpatial-Bench: location and placement as Parquet, unseen as the raw folder."""
from .common import Fixture, Question, count, picture, png
from .points import EASI, GRID, TUPLES, Mask, share_in

ONLY = "Return only list of tuples, don't add anything else."


def write(folder, n, rng):
    questions, prompts, tables, raw = [], {}, {"location": [], "placement": []}, []
    for i in range(n):
        split = ["location", "placement", "unseen"][i % 3]
        mask, number, step = Mask(rng), i // 3, rng.randint(1, 3)
        text = f"Please point to thing {i}."
        row = {"id": number, "object": f"thing {i}", "prompt": text, "suffix": TUPLES, "step": step}
        if split == "unseen":
            folder.file(f"Unseen/image/{number}.png", png(rng))
            folder.file(f"Unseen/mask/{number}.png", mask.file())
            raw.append(row | {"rgb_path": f"image/{number}.png", "mask_path": f"mask/{number}.png",
                              "category": "unseen"})
        else:
            tables[split].append(row | {"image": picture(rng), "mask": {"bytes": mask.file(), "path": None}})
        id_ = f"{split}/{number}"
        prompts[id_, "official"] = f"<image>{text} {TUPLES}"
        prompts[id_, "lmms-eval"] = f"<image>{text} {TUPLES} {ONLY}"
        prompts[id_, "lmms-eval", "0_999"] = f"<image>{text} {GRID.format('[(x1, y1)]')}  {ONLY}"
        prompts[id_, "lmms-eval", "json"] = (
            f"<image>Locate thing {i} in this image and output the point coordinates in JSON format.")
        prompts[id_, "easi"] = f"<image>{text}{EASI}"
        questions.append(Question(id_, split, mask.answer(), None, {"mask": mask, "task": split, "step": str(step)}, 1))
    for split, rows in tables.items():
        folder.parquet(f"data/{split}-00000-of-00001.parquet", rows)
    folder.json("Unseen/question.json", raw)
    return Fixture(questions, lambda reply, q: share_in(reply, q.group["mask"]), prompts=prompts,
                   needs=["id", "prompt", "mask"],
                   groupings={"task": count(questions, "task"), "step": count(questions, "step")})
