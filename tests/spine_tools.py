"""What the acceptance scripts share: running the program, reading trees of questions."""
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys


class Failed(Exception):
    pass


def expect(condition, text):
    if not condition:
        raise Failed(text)


class Spatium:
    """The program under test; every call is checked for its exit code."""

    def __init__(self, binary, work):
        self.binary = str(pathlib.Path(binary).resolve())
        self.work = pathlib.Path(work).resolve()
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)

    def popen(self, *args, env=None, stdin=False):
        return subprocess.Popen([self.binary, *map(str, args)], cwd=self.work,
                                env={**os.environ, **(env or {})}, stdout=subprocess.PIPE,
                                stdin=subprocess.PIPE if stdin else None,
                                stderr=subprocess.PIPE, text=True)

    def text(self, *args, rc=0, env=None):
        process = self.popen(*args, env=env)
        out, err = process.communicate()
        expect(process.returncode == rc,
               f"{' '.join(map(str, args))}: exit code {process.returncode}, not {rc}\n"
               f"{out[-1500:]}\n{err[-1500:]}")
        return out

    def json(self, *args, rc=0, env=None):
        out = self.text(*args, "--json", rc=rc, env=env)
        try:
            return json.loads(out)
        except ValueError:
            raise Failed(f"{' '.join(map(str, args))}: stdout is not one JSON value: {out[:500]}")

    def room(self, name, frames=8, size="320x240", seed=7):
        """A synthetic room as a store that came through a .sens file."""
        made = self.json("synth", "-o", f"{name}_src", "--rooms", 1, "--frames", frames, "--size",
                         size, "--seed", seed, "--format", "scannet")
        scene = made["scenes"][0]
        self.json("scene", "import", "scannet", f"{name}_src/{scene}", "-o", name)
        return scene


def tree_hashes(folder):
    """Name -> hash of every file of a tree's questions."""
    folder = pathlib.Path(folder)
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.glob("spar/*/qa_jsonl/**/*")) if p.is_file()}


def records(folder):
    """(task, format, record) of every question of a tree."""
    for path in sorted(pathlib.Path(folder).glob("spar/*/qa_jsonl/*/*/*/*.jsonl")):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                yield path.parts[-3], path.parts[-2], json.loads(line)


def run_steps(steps):
    """Runs each step, says how it went, and exits with 1 if one failed."""
    failed = 0
    for step in steps:
        try:
            note = step()
            print(f"ok      {step.__name__}: {note or ''}", flush=True)
        except Failed as e:
            failed += 1
            print(f"FAILED  {step.__name__}: {e}", flush=True)
    sys.exit(1 if failed else 0)
