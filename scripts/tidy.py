#!/usr/bin/env python3
"""clang-tidy over the given files, the smallest first, as many as fit in SPATIUM_TIDY_SECONDS,
SPATIUM_JOBS at once.

usage: tidy.py BUILD_DIR FILE...        exit 1 on any finding; files left out are named
"""
import concurrent.futures as futures
import os
import pathlib
import shutil
import subprocess
import sys
import time

build, files = sys.argv[1], sys.argv[2:]
tidy = shutil.which("clang-tidy-19") or shutil.which("clang-tidy")
if not tidy:
    sys.exit("clang-tidy is not installed")
deadline = time.monotonic() + float(os.environ.get("SPATIUM_TIDY_SECONDS", "600"))
files = sorted((f for f in files if pathlib.Path(f).exists()), key=lambda f: pathlib.Path(f).stat().st_size)


def check(path):
    left = deadline - time.monotonic()
    if left < 5:
        return path, None, ""
    try:
        run = subprocess.run([tidy, "-p", build, "--quiet", path], capture_output=True, text=True, timeout=left)
    except subprocess.TimeoutExpired:
        return path, None, ""
    return path, run.returncode, run.stdout


bad, late = 0, []
with futures.ThreadPoolExecutor(int(os.environ.get("SPATIUM_JOBS", os.cpu_count()))) as pool:
    for path, code, text in pool.map(check, files):
        if code is None:
            late.append(path)
        elif code != 0:
            bad += 1
            print(text)
print(f"clang-tidy: {len(files) - len(late)} files checked, {bad} with findings, {len(late)} left out for want of time")
for path in late:
    print("left out:", path)
sys.exit(1 if bad else 0)
