#!/usr/bin/env python3
"""The official OpenAI client's requests beside ours, and lmms-eval's samples files, as they are.

usage: peer_formats.py SPATIUM WORK_FOLDER CHAT_SERVER

The client is the Python package `openai`; the samples are written by lmms-eval's own writer from what
its own scoring functions made of the replies. Where a package is missing, its part is skipped.
"""
import base64
import importlib.util
import json
import sys
from unittest.mock import MagicMock

from bench_tools import ChatServer, lines, write_spar_bench
from spine_tools import Spatium, expect, run_steps

spatium = Spatium(sys.argv[1], sys.argv[2])
server_program = sys.argv[3]
work = spatium.work
skipped = []


def has(package):
    if importlib.util.find_spec(package) is not None:
        return True
    skipped.append(package)
    print(f"skipped: no Python package {package}; ./run setup installs it", flush=True)
    return False


def the_official_client_sends_what_we_send():
    if not has("openai"):
        return None
    from openai import OpenAI
    write_spar_bench(spatium, "spar", 4)
    bodies = work / "bodies.jsonl"
    with ChatServer(server_program, "--bodies", bodies) as server:
        spatium.text("bench", "run", "spar-bench", "--data", "spar", "--model", server.uri, "-o", "out",
                     "--concurrency", 1, "--threads", 1)
        ours = lines(bodies)
        bodies.write_text("")
        client = OpenAI(base_url=f"{server.base}/v1", api_key="none", max_retries=0)
        rows = lines(work / "spar/test.jsonl")
        for row in rows:
            prompt = spatium.json("bench", "prompt", "spar-bench", "--data", "spar", "--id", row["id"],
                                  "--profile", "official")
            pictures = iter(row["image"])
            content = []
            for part in prompt["messages"][-1]["content"]:
                if part["type"] == "text":
                    content.append({"type": "text", "text": part["text"]})
                else:
                    data = base64.b64encode((work / "spar" / next(pictures)).read_bytes()).decode()
                    content.append({"type": "image_url",
                                    "image_url": {"url": f"data:image/jpeg;base64,{data}"}})
            sampling = prompt["sampling"]
            completion = client.chat.completions.create(
                model="test", messages=[{"role": "user", "content": content}],
                temperature=sampling["temperature"], max_tokens=sampling["max_tokens"])
            recorded = next(r for r in lines(work / "out/spar-bench/replies.jsonl")
                            if r["id"] == str(row["id"]))
            expect(completion.choices[0].message.content == recorded["reply"], "another answer")
            expect(completion.usage.prompt_tokens == recorded["tokens"]["in"], "other tokens")
        theirs = lines(bodies)
    expect(len(ours) == len(theirs) == 4, f"{len(ours)} and {len(theirs)} requests")
    for a, b in zip(ours, theirs):
        expect(a == b, f"our request has {sorted(a)}, the client's {sorted(b)}")
    return f"{len(ours)} requests equal"


# What lmms-eval imports at the top of these files and the functions used here do not touch.
UNUSED = ("datasets", "datasets.utils", "datasets.utils.metadata", "huggingface_hub", "huggingface_hub.utils",
          "torch", "transformers", "pytz", "jinja2", "yaml", "loguru", "pandas")


def lmms_file(path):
    """One file of lmms-eval as a module, without the package's registries and the large packages."""
    for other in UNUSED:
        sys.modules.setdefault(other, MagicMock())
    folder = importlib.util.find_spec("lmms_eval").submodule_search_locations[0]
    spec = importlib.util.spec_from_file_location(path.replace("/", "_").removesuffix(".py"), f"{folder}/{path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


VSI = [("object_counting", None, "4"), ("room_size_estimation", None, "21.5"),
       ("object_abs_distance", None, "1.8"), ("object_size_estimation", None, "120"),
       ("route_planning", ["A. left", "B. right", "C. back"], "B"),
       ("object_rel_distance", ["A. sofa", "B. bed", "C. tv", "D. lamp"], "D"),
       ("obj_appearance_order", ["A. x", "B. y"], "A"),
       ("object_rel_direction_easy", ["A. left", "B. right"], "A"),
       ("object_rel_direction_medium", ["A. left", "B. right"], "B"),
       ("object_rel_direction_hard", ["A. left", "B. right"], "A")]
REPLIES = ["4", "about 20 square metres", "two", "B.", "B", "D", "", "A. left", "(B)", "a"]


def samples_of_lmms_eval_score_as_there():
    if not has("lmms_eval"):
        return None
    utils = lmms_file("tasks/vsibench/utils.py")
    tracker = lmms_file("loggers/evaluation_tracker.py").EvaluationTracker(output_path=str(work / "lmms"))
    tracker.general_config_tracker.model_name_sanitized = "model"
    tracker.date_id = "20260101_000000"
    samples, expected, data = [], {}, []
    for i in range(60):
        kind, options, gold = VSI[i % len(VSI)]
        reply = REPLIES[(i * 7 + i // 10) % len(REPLIES)]
        if i == 33:
            reply = "[LMMS_EVAL_REQUEST_FAILED after 5 retries] timed out"
        doc = {"id": 1000 + i, "dataset": "scannet", "scene_name": "scene0000_00", "question_type": kind,
               "question": f"Question {i}?", "options": options, "ground_truth": gold}
        data.append(dict(doc))
        metrics = utils.vsibench_process_results(dict(doc), [reply])
        scored = metrics["vsibench_overall"]
        if i != 33:
            expected[str(doc["id"])] = scored.get("accuracy", scored.get("MRA:.5:.95:.05"))
        samples.append({"doc_id": i, "doc": doc, "target": gold, "arguments": ["the prompt", {}],
                        "resps": [[reply]], "filtered_resps": [reply], "token_counts": [None],
                        "doc_hash": "0", **metrics})
    tracker.save_results_samples("vsibench", samples)
    (file,) = (work / "lmms").glob("**/*_samples_vsibench.jsonl")
    keys = set(json.loads(file.read_text().splitlines()[0]))
    (work / "vsi").mkdir()
    (work / "vsi/test.jsonl").write_text("".join(json.dumps(d) + "\n" for d in data))
    for more in ([], ["--data", "vsi"]):
        report = spatium.json("bench", "score", "vsi-bench", "--predictions", file, "--format", "lmms-eval",
                              "--profile", "lmms-eval", "--per-item", "rows.jsonl", *more)
        outcomes = report["profiles"]["lmms-eval"]["outcomes"]
        expect(outcomes["failed"] == 1 and report["n"] == 60, outcomes)
        got = {r["id"]: r["score"] for r in lines(work / "rows.jsonl")
               if r["profile"] == "lmms-eval" and r["outcome"] == "scored"}
        expect(got.keys() == expected.keys(), f"ids {sorted(got)[:5]}, {sorted(expected)[:5]}")
        for key, score in expected.items():
            expect(abs(got[key] - score) < 1e-12, f"{key}: {got[key]}, lmms-eval says {score}")
    return f"60 samples with {', '.join(sorted(keys))[:120]} ..."


run_steps([the_official_client_sends_what_we_send, samples_of_lmms_eval_score_as_there])
