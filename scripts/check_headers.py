#!/usr/bin/env python3
"""Each header under SRC_DIR compiles alone and includes no third-party header but Eigen's.

usage: check_headers.py SRC_DIR CACHE_FILE COMPILER FLAG...
A header that is the first include of its own x.cc or x_test.cc has been compiled alone by the build;
the others are compiled here. CACHE_FILE remembers those, what they included and when that changed.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

src, cache_path, command = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
# Wraps a library for a few .cc files of its own layer; not installed.
INTERNAL = {"spatium/render/embree.h"}
# Ours, Eigen's, the standard library's (no dot), the system's.
ALLOWED = re.compile(r'"spatium/|<Eigen/|<[a-z_0-9]+>|<(unistd|fcntl|sys/\w+)\.h>')
TEST_ONLY = re.compile(r"(_test(_\w+)?|/test_\w+)\.h$")

headers = [p.relative_to(src).as_posix() for p in sorted(src.rglob("*.h"))]
key = " ".join(command)
try:
    cache = json.loads(cache_path.read_text())
    cache = cache["headers"] if cache["key"] == key else {}
except (OSError, ValueError, KeyError):
    cache = {}


def includes(path):
    return re.findall(r'^\s*#\s*include\s*(["<][^">]+[">])', path.read_text(), re.M)


def compiled_by_the_build(header):
    for other in (header[:-2] + ".cc", header[:-2] + "_test.cc"):
        if (src / other).exists() and includes(src / other)[:1] == [f'"{header}"']:
            return True
    return False


def unchanged(header):
    try:
        return all(os.stat(f).st_mtime_ns == t for f, t in cache[header].items())
    except (KeyError, OSError):
        return False


def compile_alone(header):
    """What is wrong with a header, and its own files' times."""
    with tempfile.TemporaryDirectory() as folder:
        main, deps = pathlib.Path(folder, "alone.cc"), pathlib.Path(folder, "deps")
        main.write_text(f'#include "{header}"\n#include "{header}"\n')
        run = subprocess.run([*command, f"-I{src}", "-fsyntax-only", "-MD", "-MF", str(deps), str(main)],
                             capture_output=True, text=True)
        if run.returncode != 0:
            return f"{header} does not compile alone:\n{run.stderr[:1500]}", None
        files = deps.read_text().replace("\\\n", " ").split()[2:]
    return None, {f: os.stat(f).st_mtime_ns for f in files if f.startswith(str(src))}


wrong = 0
for header in headers:
    foreign = [i for i in includes(src / header) if not ALLOWED.match(i)]
    if foreign and header not in INTERNAL and not TEST_ONLY.search(header):
        print(f"{header} lets its readers see {foreign[0]}")
        wrong += 1
alone = [h for h in headers if not compiled_by_the_build(h)]
todo = [h for h in alone if not unchanged(h)]
done = {h: cache[h] for h in alone if h not in todo}
with concurrent.futures.ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
    for header, (problem, own) in zip(todo, pool.map(compile_alone, todo)):
        if problem:
            print(problem)
            wrong += 1
        else:
            done[header] = own
cache_path.write_text(json.dumps({"key": key, "headers": done}))
print(f"{len(headers)} headers, {len(headers) - len(alone)} compiled alone by the build, {len(todo)} here, {wrong} wrong")
sys.exit(1 if wrong or not headers else 0)
