#!/usr/bin/env python3
"""A run whose judge is asked over a server with faults, killed twenty times while it judges.

usage: judge_faults.py SPATIUM WORK_FOLDER CHAT_SERVER

No verdict that was recorded is asked for again (the server counts), the report is that of an
undisturbed run, and it says who judged. `bench score --report` keeps verdicts the same way.
"""
import json
import random
import sys

from bench_tools import ChatServer, KilledRun, bodies, lines, write_spar_bench
from spine_tools import Spatium, expect, run_steps

ITEMS = 250
KILLS = 20
KINDS = "429,500,hangup,slow,malformed,type"
spatium = Spatium(sys.argv[1], sys.argv[2])
server_program = sys.argv[3]
work = spatium.work


def write_spatialrgpt(folder):
    """SpatialRGPT-Bench's one file, qualitative questions on a few pictures."""
    write_spar_bench(spatium, folder, 1)
    rows = [{"id": f"q_{i}", "text_q": f"Question {i}: is Region [0] left of Region [1]?",
             "image_info": {"file_path": f"{i % 6}.jpg", "width": 160, "height": 120},
             "bbox": [[4, 4, 40, 60], [60, 20, 120, 88]],
             "conversations": [{"from": "human", "value": "<image>"},
                               {"from": "gpt", "value": "Yes." if i % 3 else "No."}],
             "qa_info": {"type": "qualitative", "category": "left_predicate"}} for i in range(ITEMS)]
    (work / folder / "SpatialRGPT-Bench_v1.json").write_text(json.dumps(rows))
    # The judge is strict with every question whose number holds a 7.
    answers = [{"contains": "7", "reply": '{"your_mark": 0}'}, {"contains": "", "reply": '{"your_mark": 1}'}]
    (work / "answers.jsonl").write_text("".join(json.dumps(a) + "\n" for a in answers))


def judge(log, *flags):
    return ChatServer(server_program, "--answers", work / "answers.jsonl", "--log", work / log, *flags)


def run_args(server, out, *more):
    return ["bench", "run", "spatialrgpt-bench", "--data", "bench", "--model", "baseline:random",
            "--judge", server.uri, "-o", out, "--json", "--pictures", 0, *more]


def undisturbed():
    write_spatialrgpt("bench")
    with judge("calm.log") as server:
        report = json.loads(spatium.text(*run_args(server, "calm", "--concurrency", 1, "--threads", 1)))
    asked = len(lines(work / "calm.log"))
    expect(asked > ITEMS // 4, f"{asked} questions for the judge")
    expect(report["judge"]["calls"] == asked and report["judge"]["failed"] == 0, report["judge"])
    saved = json.loads((work / "calm/spatialrgpt-bench/report.json").read_text())
    expect(saved["judge"] == report["judge"], "report.json does not say who judged")
    return f"{asked} verdicts"


def killed_while_judging(start, journal, log, kills):
    rng = random.Random(2)
    known = bodies(work / "calm/spatialrgpt-bench/judge.jsonl", work / "calm.log")
    run = KilledRun(start, work / journal, work / log, known)
    for _ in range(kills):
        run.kill(rng.randint(5, 9))
    expect(run.kills == kills, f"{run.kills} runs were killed, the others had ended")
    expect(not run.asked_again, f"{len(run.asked_again)} recorded verdicts were asked for again")
    left = len(known) - len(run.recorded)
    expect(0 < left < len(known) - kills, f"{left} of {len(known)} left for the last run")
    process = start()
    out, err = process.communicate()
    expect(process.returncode == 0, err[-500:])
    run.note()
    expect(not run.asked_again, f"{len(run.asked_again)} recorded verdicts were asked for again")
    expect(len(run.recorded) == len(known), f"{len(run.recorded)} verdicts")
    start().communicate()
    expect(len(lines(work / log)) == run.seen, "a finished run asked again")
    return json.loads(out), left


def a_run():
    with judge("run.log", "--faults", 0.05, "--kinds", KINDS, "--delay-ms", 15) as server:
        args = run_args(server, "killed", "--concurrency", 4)
        report, left = killed_while_judging(lambda: spatium.popen(*args),
                                            "killed/spatialrgpt-bench/judge.jsonl", "run.log", KILLS)
    expect(report["judge"]["failed"] == 0, report["judge"])
    for name in ("report.md", "items.jsonl"):
        calm, killed = ((work / out / "spatialrgpt-bench" / name).read_bytes() for out in ("calm", "killed"))
        expect(calm == killed, f"{name} differs")
    return f"{left} verdicts left for the last run"


def a_prediction_file():
    replies = lines(work / "calm/spatialrgpt-bench/replies.jsonl")
    (work / "predictions.jsonl").write_text(
        "".join(json.dumps({"id": r["id"], "prediction": r["reply"]}) + "\n" for r in replies))
    with judge("score.log", "--faults", 0.05, "--kinds", KINDS, "--delay-ms", 15) as server:
        args = ["bench", "score", "spatialrgpt-bench", "--data", "bench", "--predictions",
                "predictions.jsonl", "--judge", server.uri, "--report", "scored", "--concurrency", 4, "--json"]
        report, left = killed_while_judging(lambda: spatium.popen(*args), "scored/judge.jsonl",
                                            "score.log", KILLS // 4)
    calm = json.loads((work / "calm/spatialrgpt-bench/report.json").read_text())
    expect(report["profiles"] == calm["profiles"], "the scores differ")
    return f"{left} verdicts left for the last run"


run_steps([undisturbed, a_run, a_prediction_file])
