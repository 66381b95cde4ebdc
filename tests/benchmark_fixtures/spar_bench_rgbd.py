"""SPAR-Bench-RGBD: the same columns and depth, poses and intrinsics."""
from . import spar_bench


def write(folder, n, rng):
    return spar_bench.write(folder, n, rng, rgbd=True)
