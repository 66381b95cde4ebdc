"""What the tests of benchmark runs share: the test server, and a small SPAR-Bench of our own."""
import json
import pathlib
import subprocess
import time

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


def bodies(journal, log):
    """id -> request of a run without faults that asked one thing at a time: the n-th request of the
    log is the n-th record of the journal."""
    records, requests = lines(journal), lines(log)
    if len(records) != len(requests) or any(r["reply"] is None for r in records):
        raise Failed(f"{len(records)} records of {len(requests)} requests")
    return {r["id"]: q["request"] for r, q in zip(records, requests)}


class KilledRun:
    """A run that is killed again and again, and what its server and its journal say of it.

    start() starts it; `journal` is where its replies are kept and `log` the server's log. body_of:
    id of a journal's record -> hash of its request's body, as the log has it.
    """

    def __init__(self, start, journal, log, body_of):
        self.start, self.journal, self.log, self.body_of = start, journal, log, body_of
        self.recorded = set()  # requests whose replies the journal holds
        self.asked_again = set()
        self.kills = self.seen = 0

    def note(self):
        """Takes in what the server has logged and the journal recorded since the last time."""
        log = lines(self.log)
        self.asked_again |= {r["request"] for r in log[self.seen:] if r["request"] in self.recorded}
        self.recorded |= {self.body_of[r["id"]] for r in lines(self.journal)
                          if r["reply"] is not None}
        self.seen = len(log)

    def kill(self, more_requests):
        """Starts it and kills it once the server has seen so many requests more."""
        process = self.start()
        goal = self.seen + more_requests
        while process.poll() is None and len(lines(self.log)) < goal:
            time.sleep(0.002)
        self.kills += process.poll() is None
        process.kill()
        process.communicate()
        time.sleep(0.05)  # the server may still be writing what was in flight
        self.note()


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
