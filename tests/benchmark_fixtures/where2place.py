"""wentao-yuan/where2place: point_questions.jsonl, images/NN.jpg, masks/NN.jpg by line."""
from .common import Fixture, Question, count, jpeg
from .points import GRID, TUPLES, Mask, share_in


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    for i in range(n):
        # JPEG keeps what is made of whole blocks.
        mask = Mask(rng, block=8)
        text, task = f"Point to the free space by thing {i}.", ["seen", "unseen"][i % 2]
        rows.append({"question_id": 500 + i, "image": f"{i:02d}.jpg", "text": f"{text} {TUPLES}", "category": task})
        folder.file(f"images/{i:02d}.jpg", jpeg(rng))
        folder.file(f"masks/{i:02d}.jpg", mask.file(".jpg"))
        prompts[str(500 + i), "official"] = f"<image>{text} {TUPLES}"
        prompts[str(500 + i), "lmms-eval"] = (
            f"<image>{text} {TUPLES} Return only list of tuples, don't add anything else.")
        prompts[str(500 + i), "lmms-eval", "0_999"] = (
            f"<image>{text} {GRID.format('[(x1, y1), (x2, y2), ...]')} Return only list of tuples, don't add anything "
            "else.")
        prompts[str(500 + i), "lmms-eval", "json"] = (
            f"<image>{text} Your answer should be JSON format. The coordinates should be between 0 and 1000, "
            "indicating the normalized pixel locations of the points in the image.")
        questions.append(Question(str(500 + i), task, mask.answer(), None, {"mask": mask, "task": task}, 1))
    folder.jsonl("point_questions.jsonl", rows)
    return Fixture(questions, lambda reply, q: share_in(reply, q.group["mask"]), prompts=prompts,
                   needs=["question_id", "text"], groupings={"task": count(questions, "task")})
