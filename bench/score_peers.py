#!/usr/bin/env python3
"""Scoring prediction files as whole processes, beside the published Python code on the same files.

usage: score_peers.py SPATIUM [PREDICTIONS]                                            (1,000,000)

Peers: lmms-eval's own scoring functions of vsibench and sparbench (pip install --no-deps lmms-eval;
numpy, pandas, pyyaml and loguru beside it). Each reads the same JSON Lines and prints its score, which
is compared with ours before anything is timed (bench/peers.py).
"""
import functools
import json
import pathlib
import random
import sys
import tempfile

from peers import compare, header, need, timed_run

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


def same_score(spatium, name, path):
    def check(_ours, peer):
        # The default report has the official and the strict rule; the peer has its own.
        report = timed_run([spatium, "bench", "score", name, "--predictions", path, "--profile", "lmms-eval",
                            "--json"])[3]
        mine = json.loads(report)["profiles"]["lmms-eval"]["score"]
        theirs = json.loads(peer)
        if abs(mine - theirs) > 1e-4:  # the peer rounds
            sys.exit(f"{name}: {mine} is not the peer's {theirs}")
        return f"both {mine:.4f}"
    return check


def main():
    need(("lmms_eval", "numpy", "pandas", "yaml", "loguru"),
         "pip install --no-deps lmms-eval==0.7.3; pip install numpy pandas pyyaml loguru")
    spatium = sys.argv[1]
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    header()
    with tempfile.TemporaryDirectory() as folder:
        for benchmark in ("vsi-bench", "spar-bench"):
            path = pathlib.Path(folder) / f"{benchmark}.jsonl"
            write_rows(path, benchmark, n)
            compare(f"{n:,} predictions, {benchmark}",
                    [spatium, "bench", "score", benchmark, "--predictions", path, "--json"],
                    [sys.executable, __file__, "--peer", benchmark, path], same_score(spatium, benchmark, path))


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        peer_bench(sys.argv[2], sys.argv[3])
    else:
        main()
