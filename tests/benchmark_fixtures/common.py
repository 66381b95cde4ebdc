"""What the fixtures share: writing files as the Hub ships them, questions, expectations."""
import csv
import io
import json
import math
import pathlib
import statistics
import tarfile
import tempfile
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import Callable, Optional

import cv2
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq


class Folder:
    """Where a fixture writes. `without` is a field that is left out of every row."""

    def __init__(self, path, without=None):
        self.path = pathlib.Path(path)
        self.without = without
        self.dropped = False

    def _rows(self, rows):
        if self.without is None:
            return rows
        self.dropped = self.dropped or any(self.without in row for row in rows)
        return [{k: v for k, v in row.items() if k != self.without} for row in rows]

    def file(self, name, data):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    def parquet(self, name, rows, schema=None):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_pylist(self._rows(rows), schema=schema), path)

    def json(self, name, rows):
        self.file(name, json.dumps(self._rows(rows) if isinstance(rows, list) else rows))

    def json_questions(self, name, rows):
        """CLEVR's form."""
        self.file(name, json.dumps({"info": {"split": "val"}, "questions": self._rows(rows)}))

    def jsonl(self, name, rows):
        self.file(name, "".join(json.dumps(row) + "\n" for row in self._rows(rows)))

    def csv(self, name, rows, delimiter=","):
        rows = self._rows(rows)
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        self.file(name, out.getvalue())

    def zip(self, name, members):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members.items():
                archive.writestr(member, data)
        return self.file(name, out.getvalue())

    def tar(self, name, members, mode="w:gz"):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=mode) as archive:
            for member, data in members.items():
                info = tarfile.TarInfo(member)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        return self.file(name, out.getvalue())


def png(rng, width=8, height=6):
    pixels = np.frombuffer(rng.randbytes(width * height * 3), np.uint8).reshape(height, width, 3)
    return cv2.imencode(".png", pixels)[1].tobytes()


def jpeg(rng, width=8, height=6):
    pixels = np.frombuffer(rng.randbytes(width * height * 3), np.uint8).reshape(height, width, 3)
    return cv2.imencode(".jpg", pixels)[1].tobytes()


def picture(rng, path=None, encode=png):
    """A picture as the Hub embeds it."""
    return {"bytes": encode(rng), "path": path}


def mp4(rng, frames=6, width=32, height=24, fps=5):
    with tempfile.TemporaryDirectory() as folder:
        name = folder + "/v.mp4"
        video = cv2.VideoWriter(name, cv2.VideoWriter_fourcc(*"mp4v"), fps, (width, height))
        for _ in range(frames):
            video.write(np.full((height, width, 3), rng.randrange(256), np.uint8))
        video.release()
        return pathlib.Path(name).read_bytes()


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def long_prompt(name):
    """A prompt that is too long to write again: the text that the program embeds."""
    path = pathlib.Path(__file__).parents[2] / "src/spatium/metrics/prompts" / name
    return path.read_text(encoding="utf-8")


def lettered(options, between):
    """One line "A. x" for each option."""
    return "\n".join(f"{LETTERS[i]}{between}{o}" for i, o in enumerate(options))


def things(rng, n):
    """n different option texts."""
    return [f"thing {k}" for k in rng.sample(range(1000), n)]


@dataclass
class Question:
    id: str
    task: str
    answer: str                  # a reply that the strict rule scores 1
    choices: Optional[list] = None  # what baseline:random draws from; None: the task's answers
    group: dict = field(default_factory=dict)  # what the aggregate and breakdowns need
    pictures: Optional[int] = None  # in its prompt; None: not checked
    judged: bool = False         # needs a language model: skipped without one


def equal(reply, question):
    return float(reply == question.answer)


def percent(scores, _questions):
    return 100 * sum(scores) / len(scores)


def fraction(scores, _questions):
    return sum(scores) / len(scores)


def mean_of_groups(*keys):
    """Percent; the mean of the means of group[keys[0]], each the mean of those of keys[1], ..."""

    def mean(pairs, keys):
        if not keys:
            return sum(s for s, _ in pairs) / len(pairs)
        groups = {}
        for pair in pairs:
            groups.setdefault(pair[1].group[keys[0]], []).append(pair)
        return sum(mean(g, keys[1:]) for g in groups.values()) / len(groups)

    return lambda scores, questions: 100 * mean(list(zip(scores, questions)), keys)


@dataclass
class Fixture:
    questions: list
    score: Callable = equal          # (reply, question) -> the strict score, 0..1
    aggregate: Callable = percent    # (scores, questions) -> the overall score in its unit
    oracle: float = 100.0
    needs: list = field(default_factory=list)      # fields whose absence must be an error
    prompts: dict = field(default_factory=dict)    # (id, profile[, form]) -> text, <image> for a picture
    groupings: dict = field(default_factory=dict)  # grouping -> {key: number of questions}
    data: str = "."                  # what --data names, inside the folder
    arguments: list = field(default_factory=list)  # further arguments of bench run and score
    judge: list = field(default_factory=list)  # the judge's answers: {"contains", "reply"}, first match

    def scored(self):
        return [q for q in self.questions if not q.judged]

    def answers(self, task):
        return [q.answer for q in self.questions if q.task == task]

    def random_scores(self, question):
        """The scores that baseline:random may get, all equally likely."""
        pool = question.choices or self.answers(question.task)
        return [self.score(reply, question) for reply in pool]

    def frequency_score(self, question):
        """The task's most frequent answer; of numbers the (upper) median."""
        answers = self.answers(question.task)
        try:
            reply = sorted(answers, key=float)[len(answers) // 2]
        except ValueError:
            counts = Counter(a for a in answers if not question.choices or a in question.choices)
            reply = max(sorted(counts), key=lambda a: counts[a])
        return self.score(reply, question)

    def random_interval(self, rng, rounds=200):
        """Expectation of the overall score under baseline:random, and its standard deviation."""
        questions = self.scored()
        pools = [self.random_scores(q) for q in questions]
        values = [self.aggregate([rng.choice(p) for p in pools], questions) for _ in range(rounds)]
        return statistics.fmean(values), statistics.pstdev(values)


def count(questions, key):
    return dict(Counter(q.group[key] for q in questions))


def mra(prediction, gold):
    """Mean relative accuracy (VSI-Bench)."""
    error = abs(prediction - gold) / gold
    return float(np.mean([error <= 1 - t for t in np.linspace(.5, .95, 10)]))


def spar_mra(prediction, gold):
    error = abs(prediction - gold) if gold == 0 else abs((prediction - gold) / gold)
    return float(np.mean([error <= 1 - t for t in np.linspace(.5, .95, 10)]))


def close(a, b, tolerance=1e-9):
    return math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance)
