#!/usr/bin/env python3
"""Fails if clang-format 19 would change a tracked source file; exit 77 (skipped) without it.

usage: check_format.py ROOT
"""
import pathlib
import shutil
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
tool = shutil.which("clang-format-19")
if not tool:
    print("skipped: clang-format-19 is not installed (./run setup installs it)")
    sys.exit(77)
listed = subprocess.run(["git", "-C", str(root), "ls-files", "*.h", "*.cc"], capture_output=True, text=True)
files = listed.stdout.split()
if not files:  # no repository: a source archive
    files = [p.relative_to(root).as_posix() for d in ("src", "tests", "fuzz", "bench")
             for p in sorted((root / d).rglob("*")) if p.suffix in (".h", ".cc")]
run = subprocess.run([tool, "--dry-run", "-Werror", *[f for f in files if (root / f).exists()]],
                     cwd=root, capture_output=True, text=True)
print("\n".join(line for line in run.stderr.splitlines() if "error:" in line)[:4000])
print(f"{len(files)} files; ./run format mends them" if run.returncode else f"{len(files)} files, all formatted")
sys.exit(1 if run.returncode else 0)
