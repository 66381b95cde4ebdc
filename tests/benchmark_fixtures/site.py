"""franky-veteran/SITE-Bench: a table of pictures, a table of videos, zip archives."""
from .common import LETTERS, Fixture, Question, count, jpeg, lettered, mp4, things

CATEGORIES = ["counting & existence", "object localization & positioning", "3d information understanding",
              "multi-view & cross-image reasoning", "spatial relationship reasoning",
              "movement prediction & navigation"]
POST = "\nGive me the answer letter directly. The best answer is:"
VIDEO = ("Select the best answer to the following multiple-choice question based on the video. Respond with only the "
         "letter of the correct option.\n")


def write(folder, n, rng):
    tables, questions, prompts, images = {"image": [], "video": []}, [], {}, {}
    for i in range(n):
        kind = "video" if i % 4 == 3 else "image"
        size, category = rng.randint(2, 6), rng.choice(CATEGORIES)
        options, answer = things(rng, size), rng.randrange(size)
        id_, names = f"{kind}_{len(tables[kind])}", ["data/SetV/videos/v.mp4"]
        question, pictures = f"How many of {i}?", 6
        if kind == "image":
            pictures = rng.randint(1, 3)
            names = [f"data/SetA/images/{i % 9}_{k}.jpg" for k in range(pictures)]
            images.update({name: jpeg(rng) for name in names})
            if i % 2:
                question = f"Of {i}: <image>" + " and <image>" * (pictures - 1) + ", how many?"
        text = f"Question: {question}\nOptions:\n" + lettered(options, ": ") + POST
        if kind == "video":
            prompts[id_, "official"] = "<image>" + VIDEO + text
        elif "<image>" in question:
            prompts[id_, "official"] = text
        else:
            prompts[id_, "official"] = "<image>" * pictures + "\n" + text
            prompts[id_, "lmms-eval"] = "<image>" * pictures + text
        tables[kind].append({"question": question, "options": options, "answer": LETTERS[answer], "category": category,
                             "dataset": rng.choice(["SetA", "SetB"]), "visual": names})
        questions.append(Question(id_, category, LETTERS[answer], list(LETTERS[:size]), {"task": category, "size": size}, pictures))
    folder.jsonl("image_test.jsonl", tables["image"])
    folder.jsonl("video_test.jsonl", tables["video"])
    folder.zip("data_chunked_01.zip", images)
    folder.zip("data_chunked_02.zip", {"data/SetV/videos/v.mp4": mp4(rng)})

    def aggregate(scores, asked):
        over = sum(s - 1 / q.group["size"] for s, q in zip(scores, asked))
        return round(100 * over / sum(1 - 1 / q.group["size"] for q in asked), 5)

    return Fixture(questions, aggregate=aggregate, prompts=prompts,
                   needs=["question", "options", "answer", "category", "visual"],
                   groupings={"category": count(questions, "task")})
