#!/usr/bin/env python3
"""What a sample of `bench run` costs besides the model: 64 requests in flight against a server that
answers at once (tests/chat_server), questions without pictures and with one JPEG of 1296 x 968.

usage: run_engine.py SPATIUM [ITEMS]      (5,000)

CPU seconds of our process (start, prompts, keys, JSON, base64, HTTP, journal, scoring, report) and of the
server, per sample; the wall time holds both, on the same cores.
"""
import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time


def write_data(folder, n, picture):
    folder.mkdir()
    if picture:
        (folder / "picture.jpg").write_bytes(picture)
    with open(folder / "test.jsonl", "w", encoding="utf-8") as out:
        for i in range(n):
            out.write(json.dumps({
                "id": i, "img_type": "single_view", "format_type": "select", "task": "obj_spatial_relation_oo",
                "source": "bench", "image": ["picture.jpg"] if picture else [], "answer": "ABCD"[i % 4],
                "question": f"Question {i}: where is the chair (red bbox) from the table (blue bbox)?\n"
                            "A. left\nB. right\nC. above\nD. below"}) + "\n")


def photograph(size=220_000):
    """Bytes of a JPEG as large as a photograph's; what is sent is what is read."""
    try:
        import io

        import numpy
        from PIL import Image
    except ImportError:
        return None
    rng = numpy.random.default_rng(1)
    rough = rng.integers(0, 255, (121, 162, 3), dtype="uint8")
    image = Image.fromarray(rough).resize((1296, 968), Image.Resampling.BICUBIC)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def measure(spatium, server_program, folder, work, n, name):
    server = subprocess.Popen([server_program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port = server.stdout.readline().split()[1]
    out = work / f"out_{name}_{random.random()}"
    start = time.monotonic()
    process = subprocess.Popen(
        [spatium, "bench", "run", "spar-bench", "--data", folder, "--model",
         f"openai:http://127.0.0.1:{port}/v1#test", "-o", out, "--concurrency", "64", "--pictures", "0",
         "--quiet"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    server.stdin.close()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    server.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode != 0:
        sys.exit(f"bench run: exit code {process.returncode}")
    ours = usage.ru_utime + usage.ru_stime
    theirs = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"| {name} | {n:,} | {1e6 * ours / n:.0f} µs | {1e6 * theirs / n:.0f} µs | {n / wall:,.0f}/s | "
          f"{usage.ru_maxrss / 1024:.0f} MB |", flush=True)


def main():
    spatium = pathlib.Path(sys.argv[1]).resolve()
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    server_program = spatium.parent / "tests/chat_server/chat_server"
    print(f"{os.cpu_count()} cores, 64 in flight\n\n| questions | n | CPU a sample, ours | the server's | "
          "samples, both on these cores | our peak memory |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for name, picture in (("text", None), ("one JPEG", photograph())):
            if name == "one JPEG" and picture is None:
                continue
            label = name if picture is None else f"{name}, {len(picture) // 1024} kB"
            write_data(work / name.replace(" ", "_"), n, picture)
            measure(spatium, server_program, work / name.replace(" ", "_"), work, n, label)


if __name__ == "__main__":
    main()
