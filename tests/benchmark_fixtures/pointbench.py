"""PointArena/pointarena-data: data.json and two archives."""
import json

from .common import Fixture, Question, count, png
from .points import TUPLES, Mask

GRID = ("Your answer should be formatted as a list of tuples, i.e. [(x1, y1), (x2, y2), ...], where each tuple "
        "contains the x and y coordinates of a point satisfying the conditions above. The coordinates should be "
        "integers between 0 and 999, representing the pixel locations scaled to a 1000x1000 grid. Return only list "
        "of tuples, do not add anything else.")


def score(reply, question):
    """All points in the mask and, for counting, as many as expected; elsewhere the first point."""
    points = [p["point"] for p in json.loads(reply)]
    if question.task != "counting":
        return float(question.group["mask"].holds(*points[0]))
    return float(len(points) == question.group["count"] and all(question.group["mask"].holds(*p) for p in points))


def write(folder, n, rng):
    rows, questions, prompts, images, masks = [], [], {}, {}, {}
    for i in range(n):
        task = ["affordance", "counting", "reasoning", "spatial", "steerable"][i % 5]
        mask = Mask(rng)
        number = rng.randint(1, 3) if task == "counting" else 1
        text = f"Point to thing {i}"
        row = {"image_filename": f"{i}.png", "category": task, "user_input": text, "mask_filename": f"m{i}.png"}
        if task == "counting":
            row["count"] = number
        rows.append(row)
        images[f"selected_images/{task}/{i}.png"] = png(rng)
        masks[f"selected_masks/m{i}.png"] = mask.file()
        answer = json.dumps([{"point": list(mask.middle())}] * number, separators=(",", ":"))
        prompts[str(i), "lmms-eval"] = f"<image>{text} {GRID}"
        prompts[str(i), "lmms-eval", "original"] = (
            f"<image>{text} {TUPLES} Return only list of tuples, do not add anything else.")
        counting = ", You should point to all the objects in the image that are mentioned in the question."
        prompts[str(i), "lmms-eval", "json"] = (
            f"<image>pointing: {text}{counting if task == 'counting' else ''}\n"
            "Return points in JSON format and normalized to the range [0, 1000].")
        questions.append(Question(str(i), task, answer, None, {"mask": mask, "count": number, "task": task}, 1))
    folder.json("data.json", rows)
    folder.csv("pixmo_metadata.csv", [{"image_filename": "4.png", "points": json.dumps([{"x": 50.0, "y": 25.0}])}])
    steered = questions[4].group["mask"]
    prompts["4", "official"] = (
        "<system>You are a helpful assistant that can identify objects in images and provide their coordinates."
        f"</system>\n        Point to thing 4.\n        The image dimensions are width={steered.width}px, "
        f"height={steered.height}px.\nThe image contains an existing original point at pixel coordinates: "
        f"[{steered.width * .5:.1f}, {steered.height * .25:.1f}].\nThe query refers to this existing point.\n"
        '        The answer should follow the json format: [{"point": <point>}]. \n        IMPORTANT: Return EXACTLY '
        "ONE POINT. The point MUST be in [x, y] format where x is the horizontal position (left-to-right) and y is "
        "the vertical position (top-to-bottom) in PIXEL COORDINATES (not normalized).\n        Example: For a point "
        "in the center of the image, return [width/2, height/2].\n            <image>")
    folder.zip("selected_images.zip", images)
    folder.zip("selected_masks.zip", masks)
    return Fixture(questions, score, prompts=prompts, needs=["category", "user_input", "image_filename"],
                   groupings={"task": count(questions, "task")})
