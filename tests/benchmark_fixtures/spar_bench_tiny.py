"""SPAR-Bench-Tiny: the same columns."""
from . import spar_bench


def write(folder, n, rng):
    return spar_bench.write(folder, n, rng)
