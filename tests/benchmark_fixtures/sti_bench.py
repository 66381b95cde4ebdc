"""MINT-SJTU/STI-Bench: qa.parquet and video.zip."""
import json

from .common import LETTERS, Fixture, Question, count, mp4, things

TASKS = ["Dimensional Measurement", "Spatial Relation", "3D Video Grounding", "Displacement & Path Length",
         "Speed & Acceleration", "Ego-Centric Orientation", "Trajectory Description", "Pose Estimation"]
VIDEOS = {"scene0000_00.mp4": "indoor", "000123.mp4": "desktop", "segment-camera-7.mp4": "outdoor"}


def write(folder, n, rng):
    rows, questions, prompts = [], [], {}
    for i in range(n):
        video, task = rng.choice(sorted(VIDEOS)), TASKS[i % 8]
        options, answer, start, end = things(rng, 5), rng.randrange(5), float(i % 4), i % 4 + 2.5
        rows.append({"Video": video, "Source": "ScanNet", "Task": task, "QType": "x", "Question": f"How far is {i}?",
                     "Prompt": "", "time_start": start, "time_end": end,
                     "Candidates": json.dumps(dict(zip(LETTERS, options))), "Answer": LETTERS[answer],
                     "Answer Detail": options[answer], "ID": i})
        id_ = f"{video}_{i}"
        lines = "\n".join(f"({LETTERS[k]}) {o}" for k, o in enumerate(options))
        prompts[id_, "official"] = (f"<image>From {start} s to {end} s. How far is {i}?\n{lines}\n"
                                    "Please output only the option letter!")
        questions.append(Question(id_, task, LETTERS[answer], list("ABCDE"), {"task": task, "scene": VIDEOS[video]}, 30))
    folder.parquet("qa.parquet", rows)
    folder.zip("video.zip", {f"video/{name}": mp4(rng, frames=40) for name in VIDEOS})
    return Fixture(questions, prompts=prompts, needs=["Video", "ID", "Task", "Question", "Answer", "Candidates"],
                   groupings={"task": count(questions, "task"), "scene": count(questions, "scene")})
