#!/usr/bin/env python3
"""Scoring prediction files as whole processes, beside the published Python code on the same files.

usage: score_peers.py SPATIUM [PREDICTIONS] [CAPTIONS]      (1,000,000 and 30,000)

Peers: lmms-eval's own scoring functions of vsibench and sparbench (pip install --no-deps lmms-eval;
numpy, pandas, pyyaml and loguru beside it), and pycocoevalcap with its Java tokenizer. Each reads the
same JSON Lines and prints its score, which is compared with ours before anything is timed. Both sides run
in turn; a figure is the median of the runs, and a ratio the median of the ratios of neighbours, in CPU
seconds of the process and its children (and wall time): other work on the machine moves both alike.
"""
import functools
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("SPATIUM_BENCH_ROUNDS", "3"))
LETTERS = "ABCD"


# --- the same rows for both sides -------------------------------------------------------------------

def number_reply(rng, gold):
    value = round(gold * rng.choice([1, 1, 0.9, 0.7, 1.3, 2]), 1)
    return rng.choice([f"{value}", f"{value}", f"{value} meters", f"about {value}", "I cannot tell"])


def letter_reply(rng, options):
    letter = rng.choice(LETTERS[:options])
    return rng.choice([letter, letter, f"{letter}.", f"({letter})", f"{letter}. the chair", f"The answer is {letter}."])


VSI_NUMBER = ["object_counting", "object_abs_distance", "object_size_estimation", "room_size_estimation"]
VSI_CHOICE = ["object_rel_distance", "object_rel_direction_easy", "object_rel_direction_medium",
              "object_rel_direction_hard", "route_planning", "obj_appearance_order"]
SPAR_NUMBER = [f"{kind}_prediction_{pair}{views}" for kind in ("depth", "distance") for pair in ("oc", "oo")
               for views in ("", "_mv")]
SPAR_CHOICE = ["distance_infer_center_oo", "distance_infer_center_oo_mv", "obj_spatial_relation_oo",
               "obj_spatial_relation_oc_mv", "obj_spatial_relation_oo_mv", "spatial_imagination_oc",
               "spatial_imagination_oo", "spatial_imagination_oc_mv", "spatial_imagination_oo_mv",
               "position_matching", "camera_motion_infer"]


def moves(rng):
    return ",".join(f"{a}:{rng.randint(0, 9) / 2}" for a in (
        "move_right", "move_up", "move_forward", "rotate_down", "rotate_left"))


def write_rows(path, benchmark, n):
    rng = random.Random(5)
    numbers, choices = (VSI_NUMBER, VSI_CHOICE) if benchmark == "vsi-bench" else (SPAR_NUMBER, SPAR_CHOICE)
    tasks = numbers + choices + ([] if benchmark == "vsi-bench" else ["view_change_infer"])
    with open(path, "w", encoding="utf-8") as out:
        for i in range(n):
            task = tasks[i % len(tasks)]
            row = {"id": str(i), "task": task}
            if task in numbers:
                gold = round(rng.uniform(0.3, 9), 1)
                row.update(prediction=number_reply(rng, gold), answer=str(gold))
            elif task in choices:
                row.update(prediction=letter_reply(rng, 4), answer=rng.choice(LETTERS),
                           options=["A. chair", "B. table", "C. sofa", "D. lamp"])
            else:
                gold = moves(rng)
                row.update(prediction=rng.choice([gold, moves(rng), "move_left:1"]), answer=gold)
            out.write(json.dumps(row) + "\n")


def caption(rng):
    return (f"This is a {rng.choice(['small', 'tall', 'round', 'low'])}, "
            f"{rng.choice(['brown', 'white', 'grey', 'wooden'])} "
            f"{rng.choice(['chair', 'table', 'sofa', 'desk', 'lamp', 'sink', 'pillow'])}. It's "
            f"{rng.choice(['to the left of', 'next to', 'behind', 'in front of', 'on top of'])} the "
            f"{rng.choice(['bed', 'cabinet', 'door', 'window', 'couch'])}'s corner (near the wall).")


def tokens(text):
    """What the Treebank tokenizer makes of such a caption."""
    for a, b in ((",", ""), (".", ""), ("(", ""), (")", ""), ("'s", " 's")):
        text = text.replace(a, b)
    return text.lower()


def write_captions(folder, n):
    """captions.jsonl: one corpus, tokens; ptb.jsonl: every caption as it was written."""
    rng = random.Random(6)
    predictions = [caption(rng) for _ in range(n)]
    references = [[caption(rng) for _ in range(2)] for _ in range(n)]
    corpus = {"task": "captions/speed", "pred": [tokens(p) for p in predictions],
              "gt": [[tokens(r) for r in pair] for pair in references], "expected": {}}
    (folder / "captions.jsonl").write_text(json.dumps(corpus) + "\n")
    with open(folder / "ptb.jsonl", "w", encoding="utf-8") as out:
        for text in [*predictions, *(r for pair in references for r in pair)]:
            out.write(json.dumps({"task": "ptb_tokenize", "pred": text, "gt": None, "expected": ""}) + "\n")


# --- the peers, each in a process of its own --------------------------------------------------------

def lmms_task(name):
    """The scoring functions of an lmms-eval task, without the rest of the package, which needs torch."""
    import importlib.util
    from unittest.mock import MagicMock
    sys.modules.setdefault("datasets", MagicMock())  # for a type annotation
    package = importlib.util.find_spec("lmms_eval")
    if package is None:
        sys.exit("no lmms-eval: pip install --no-deps lmms-eval==0.7.3; pip install numpy pandas pyyaml loguru")
    path = pathlib.Path(package.submodule_search_locations[0]) / "tasks" / name / "utils.py"
    spec = importlib.util.spec_from_file_location(f"lmms_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def peer_bench(benchmark, path):
    from loguru import logger
    logger.remove()
    if benchmark == "vsi-bench":
        utils = lmms_task("vsibench")
        process, aggregate = utils.vsibench_process_results, utils.vsibench_aggregate_overall
        names, key = ("question_type", "ground_truth"), "vsibench_overall"
    else:
        utils = lmms_task("sparbench")
        utils.partial = functools.partial  # 0.7.3 lost the import: every number then scores 0
        process, aggregate = utils.sparbench_process_results, utils.sparbench_aggregate_results
        names, key = ("task", "answer"), "sparbench_score"
    results = []
    with open(path, encoding="utf-8") as rows:
        for line in rows:
            row = json.loads(line)
            doc = {"id": row["id"], names[0]: row["task"], names[1]: row["answer"]}
            results.append(process(doc, [row["prediction"]])[key])
    score = aggregate(results)
    print(json.dumps(100 * score if benchmark == "vsi-bench" else score))


def read_rows(path):
    with open(path, encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def peer_captions(path):
    from pycocoevalcap.bleu.bleu import Bleu
    from pycocoevalcap.cider.cider import Cider
    from pycocoevalcap.rouge.rouge import Rouge
    (row,) = read_rows(path)
    gts, res = dict(enumerate(row["gt"])), {i: [p] for i, p in enumerate(row["pred"])}
    print(json.dumps({"BLEU": Bleu(4).compute_score(gts, res, verbose=0)[0],
                      "CIDEr": float(Cider().compute_score(gts, res)[0]),
                      "ROUGE_L": float(Rouge().compute_score(gts, res)[0])}))


def peer_ptb(path):
    from pycocoevalcap.tokenizer.ptbtokenizer import PTBTokenizer
    texts = {i: [{"caption": row["pred"]}] for i, row in enumerate(read_rows(path))}
    for text in PTBTokenizer().tokenize(texts).values():
        print(text[0])


# --- timing -----------------------------------------------------------------------------------------

def timed_run(command):
    """(CPU seconds, wall seconds, peak MB, stdout)."""
    with tempfile.TemporaryFile("w+") as out:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        if process.returncode != 0:
            sys.exit(f"{command}: exit code {process.returncode}")
        return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, out.read()


def compare(name, ours, peer, check):
    check(timed_run(ours)[3], timed_run(peer)[3])
    a, b = [], []
    for _ in range(ROUNDS):
        a.append(timed_run(ours))
        b.append(timed_run(peer))
    def median(runs, k):
        return statistics.median(run[k] for run in runs)
    def ratio(k):
        return statistics.median(y[k] / x[k] for x, y in zip(a, b))
    print(f"| {name} | {median(a, 0):.2f} / {median(a, 1):.2f} s, {median(a, 2):.0f} MB | "
          f"{median(b, 0):.2f} / {median(b, 1):.2f} s, {median(b, 2):.0f} MB | "
          f"{ratio(0):.0f} / {ratio(1):.0f} |", flush=True)
    return b


def same_score(spatium, name, path):
    def check(_ours, peer):
        # The default report has the official and the strict rule; the peer has its own.
        report = timed_run([spatium, "bench", "score", name, "--predictions", path, "--profile", "lmms-eval",
                            "--json"])[3]
        mine = json.loads(report)["profiles"]["lmms-eval"]["score"]
        theirs = json.loads(peer)
        if abs(mine - theirs) > 1e-3:
            sys.exit(f"{name}: {mine} is not the peer's {theirs}")
    return check


def main():
    import importlib.util
    missing = [name for name in ("lmms_eval", "numpy", "pandas", "yaml", "loguru", "pycocoevalcap")
               if importlib.util.find_spec(name) is None]
    if missing:
        print(f"skipped: no {', '.join(missing)} in {sys.executable} (pip install --no-deps lmms-eval==0.7.3 "
              "pycocoevalcap==1.2; pip install numpy pandas pyyaml loguru)")
        return
    spatium = sys.argv[1]
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    num_captions = int(sys.argv[3]) if len(sys.argv) > 3 else 30_000
    print(f"{os.cpu_count()} cores; CPU / wall seconds and peak memory, median of {ROUNDS}; ratio peer / ours, "
          "CPU / wall\n\n| work | Spatium | peer | ratio |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for benchmark in ("vsi-bench", "spar-bench"):
            path = work / f"{benchmark}.jsonl"
            write_rows(path, benchmark, n)
            compare(f"{n:,} predictions, {benchmark}",
                    [spatium, "bench", "score", benchmark, "--predictions", path, "--json"],
                    [sys.executable, __file__, "--peer", benchmark, path], same_score(spatium, benchmark, path))
        write_captions(work, num_captions)

        def same_captions(ours, peer):
            mine, theirs = json.loads(ours)["value"], json.loads(peer)
            for name in ("CIDEr", "ROUGE_L"):
                if abs(mine[name] - theirs[name]) > 1e-9:
                    sys.exit(f"{name}: {mine[name]} is not the peer's {theirs[name]}")

        def same_tokens(ours, peer):
            mine = [json.loads(line)["value"] for line in ours.splitlines()]
            if mine != peer.splitlines():
                sys.exit("other tokens than the peer's")

        for name, file, check in (
                (f"PTB tokens of {3 * num_captions:,} captions", "ptb", same_tokens),
                (f"BLEU, CIDEr, ROUGE-L of {num_captions:,} captions; ours METEOR too", "captions",
                 same_captions)):
            path = work / f"{file}.jsonl"
            compare(name, [spatium, "metric", "eval", path], [sys.executable, __file__, "--peer", file, path],
                    check)


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        {"captions": peer_captions, "ptb": peer_ptb}.get(
            sys.argv[2], lambda path: peer_bench(sys.argv[2], path))(sys.argv[3])
    else:
        main()
