"""Small copies of each benchmark's official files, with what a baseline must score on them.

One module per benchmark (its name on the command line with "_" for "-", "b_" in front of a digit)
defines `write(folder, n, rng)`: it writes about n questions in the official schema into `folder`
(common.Folder) and returns a common.Fixture: what it wrote, and the strict rule and the aggregate
in Python, written without looking at the program.
"""
import importlib


def module_of(name):
    stem = name.replace("-", "_")
    return importlib.import_module("benchmark_fixtures." + ("b_" + stem if stem[0].isdigit() else stem))
