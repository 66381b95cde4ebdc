"""What the tests of benchmark runs share: the test server, and a small SPAR-Bench of our own."""
import json
import pathlib
import subprocess

from spine_tools import Failed


class ChatServer:
    """tests/chat_server on a port of its own; it ends with this object."""

    def __init__(self, program, *flags):
        self.process = subprocess.Popen([program, *map(str, flags)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("port "):
            raise Failed(f"the test server said {line!r}")
        self.base = f"http://127.0.0.1:{int(line.split()[1])}"
        self.uri = f"openai:{self.base}/v1#test"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


def lines(path):
    """The JSON values of a file's whole lines; [] if there is no file yet."""
    if not pathlib.Path(path).exists():
        return []
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.endswith("\n")]


SPAR_TASKS = [("depth_prediction_oc", "fill"), ("distance_prediction_oo_mv", "fill"),
              ("spatial_imagination_oc", "select"), ("obj_spatial_relation_oo", "select"),
              ("position_matching", "select")]


def write_spar_bench(spatium, folder, n):
    """`n` questions in SPAR-Bench's columns, on the pictures of a synthetic room."""
    spatium.json("synth", "-o", f"{folder}_src", "--rooms", 1, "--frames", 6, "--size", "160x120",
                 "--seed", 3, "--format", "posed_rgbd")
    pictures = sorted((spatium.work / f"{folder}_src").glob("**/*.jpg"))[:6]
    target = spatium.work / folder
    target.mkdir()
    for i, picture in enumerate(pictures):
        (target / f"{i}.jpg").write_bytes(picture.read_bytes())
    rows = []
    for i in range(n):
        task, kind = SPAR_TASKS[i % len(SPAR_TASKS)]
        options = "\nA. one\nB. two\nC. three\nD. four" if kind == "select" else ""
        rows.append({"id": i, "img_type": "multi_view" if task.endswith("_mv") else "single_view",
                     "format_type": kind, "task": task, "source": "synth",
                     "image": [f"{(i + k) % len(pictures)}.jpg" for k in range(1 + i % 2)],
                     "question": f"Question {i} of {task}?{options}",
                     "answer": "ABCD"[i * 7 % 4] if kind == "select" else f"{1 + i % 9 / 10}"})
    (target / "test.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
