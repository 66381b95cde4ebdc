#!/usr/bin/env python3
"""Compiles FILE as it stands (must pass), then with BAD defined: each case must be an error.

usage: run.py FILE COMPILER FLAG...
A case is the lines from `// CASE what it shows: pattern` to the next case or `#endif`; one of the
compiler's errors must lie on its lines and match the pattern.
"""
import concurrent.futures
import pathlib
import re
import subprocess
import sys

path, command = pathlib.Path(sys.argv[1]), sys.argv[2:]


def errors_of(flags):
    run = subprocess.run([*command, "-fsyntax-only", *flags, str(path)],
                         capture_output=True, text=True)
    found = re.findall(rf"{re.escape(path.name)}:(\d+):\d+: error: (.*)", run.stderr)
    return [(int(line), text) for line, text in found], run.stderr, run.returncode


with concurrent.futures.ThreadPoolExecutor(2) as pool:
    good, bad = pool.map(errors_of, ([], ["-DBAD"]))
wrong = 0
if good[2] != 0:
    print(f"{path}: does not compile as it stands\n{good[1]}")
    wrong += 1
cases = []  # what, pattern, first line, last line
for number, line in enumerate(path.read_text().splitlines(), 1):
    if match := re.match(r"// CASE (.*?): (.*)$", line):
        cases.append([match[1], match[2], number, number])
    elif line.startswith("#endif"):
        break
    elif cases:
        cases[-1][3] = number
for what, pattern, first, last in cases:
    texts = [text for line, text in bad[0] if first <= line <= last]
    if not any(re.search(pattern, text) for text in texts):
        print(f"{path}:{first}: {what}: expected an error like '{pattern}', found {texts or 'none'}")
        wrong += 1
print(f"{path.name}: {len(cases)} cases, {wrong} wrong")
sys.exit(1 if wrong or not cases else 0)
